import { type Changes, type Effect, nothing } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { lastPage, needsStep } from './paging.ts';
import type { Ladder, Page } from './paging-state.ts';
import { isOpen } from './permitted.ts';
import { mention } from './sentence.ts';
import type { Actor, Instant } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };
/** A step that is later than this has been forgotten; before, it is on its way. */
const GRACE_MS = 60_000;

/** What the auditor says and mends in an incident; nothing where every ladder is where it should be. */
export function mendLadders(incident: Incident, now: Instant): Changes {
  if (!isOpen(incident)) return nothing();
  const changes = Object.values(incident.ladders).map((ladder) => mendLadder(incident, ladder, now));
  return {
    facts: changes.flatMap(({ facts }) => facts),
    effects: changes.flatMap(({ effects }) => effects),
  };
}

function mendLadder(incident: Incident, ladder: Ladder, now: Instant): Changes {
  const page = lastPage(incident, ladder);
  if (page && isOfTheFuture(ladder, page, now)) return retime(ladder, page, now);
  const dueAt = dueTime(incident, ladder);
  if (dueAt === undefined || now - dueAt <= GRACE_MS || !needsStep(incident, ladder, now)) return nothing();
  // With its own time this one waits behind no earlier job of the ladder.
  const climb: Effect = { do: 'climb', ladder: ladder.id, at: now };
  if (ladder.overdueSince === dueAt) return { facts: [], effects: [climb] };
  const minutes = Math.floor((now - dueAt) / 60_000);
  return {
    facts: [
      {
        type: 'step-overdue',
        ladder: ladder.id,
        dueAt,
        by: DAYWATCH,
        at: now,
        key: `overdue:${ladder.id}:${dueAt}`,
      },
    ],
    effects: [
      climb,
      {
        do: 'say',
        notice: `overdue:${ladder.id}:${dueAt}`,
        text: `⏰ The next step of ${whose(ladder, page)} was overdue by ${minutes} min; I take it now.`,
      },
    ],
  };
}

/** When the ladder's next step is due; `undefined` when it has none to come. */
function dueTime(incident: Incident, ladder: Ladder): Instant | undefined {
  if (ladder.state === 'acknowledged' || ladder.state === 'stopped') return undefined;
  if (ladder.state !== 'climbing') return ladder.waitsUntil;
  const page = lastPage(incident, ladder);
  if (!page) return ladder.askedAt;
  return page.state === 'waiting' ? page.dueAt : page.settledAt;
}

function whose(ladder: Ladder, page: Page | undefined): string {
  if (page) return `the page for ${mention(page.person)}`;
  return ladder.person === undefined ? 'this page' : `the page for ${mention(ladder.person)}`;
}

/** It was sent before the clock was set back, and would be waited for too long. */
function isOfTheFuture(ladder: Ladder, page: Page, now: Instant): boolean {
  const waits = ladder.state === 'climbing' && page.state === 'waiting';
  return waits && page.pagedAt - now > GRACE_MS;
}

function retime(ladder: Ladder, page: Page, now: Instant): Changes {
  if (page.dueAt === undefined) return nothing();
  const dueAt = now + (page.dueAt - page.pagedAt);
  const fact: NewFact = { type: 'page-retimed', page: page.id, dueAt, by: DAYWATCH, at: now };
  return { facts: [fact], effects: [{ do: 'climb', ladder: ladder.id, at: dueAt }] };
}
