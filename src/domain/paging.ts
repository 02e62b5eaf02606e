import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { exhaust } from './ladder-exhausted.ts';
import type { Ladder, Page } from './paging-state.ts';
import { isOpen, objection } from './permitted.ts';
import { mention } from './sentence.ts';
import type { Actor, Instant, PersonId } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** Who should be asked now, as the on-duty rule sees it for those not asked yet. `sign`: what Slack shows of them, for those who read along. */
export type NextStep =
  | { kind: 'page'; person: PersonId; localTime: string; reason: string; round?: number; sign?: string }
  | { kind: 'wait'; person: PersonId; from: Instant; reason: string; sign?: string }
  /** `later`: of those not asked, who comes on first. */
  | { kind: 'exhausted'; reason: string; later?: { person: PersonId; from: Instant } };

export interface LadderLimits {
  /** From the severity: how long one page waits for an answer. Absent: for ever. */
  acknowledgeWithinMs?: number;
  /** Telephone numbers of those asked, for when nobody answered. */
  phones: string[];
  /** The roster has an escalation policy in PagerDuty as its last step. */
  policy: boolean;
}

export function askPage(
  incident: Incident,
  asked: { roster?: string; person?: PersonId; by: Actor },
  now: Instant,
): Decision {
  const against = objection(incident, 'page');
  if (against) return refuse(against);
  const standing = standingPage(incident, asked);
  if (standing) {
    return nothing(
      `${mention(standing.person)} was paged already and has not answered yet; ${nextStepWords(standing, now)}`,
    );
  }
  const waiting = waitingLadder(incident, asked);
  const ladder = waiting?.id ?? `${Object.keys(incident.ladders).length + 1}`;
  const { roster, person, by } = asked;
  return {
    facts: [
      {
        type: 'page-asked',
        ladder,
        ...(roster === undefined ? {} : { roster }),
        ...(person === undefined ? {} : { person }),
        by,
        at: now,
      },
    ],
    effects: [{ do: 'climb', ladder }],
    answer: waiting?.awaited
      ? `${mention(waiting.awaited)} is paged when their day starts, as the channel was told. I look whether anybody can be asked sooner; if so, the channel sees it.`
      : person
        ? `Paging ${mention(person)}. The channel sees who answers.`
        : `Paging the ${roster} whose day it is. The channel sees who it is, and who answers.`,
  };
}

function standingPage(incident: Incident, asked: { roster?: string; person?: PersonId }): Page | undefined {
  return Object.values(incident.pages).find((page) => {
    const ladder = incident.ladders[page.ladder];
    if (page.state !== 'waiting' || ladder?.state !== 'climbing') return false;
    return asked.person ? page.person === asked.person : ladder.roster === asked.roster;
  });
}

/** Asked twice in one night, a roster is not paged twice in the morning. */
function waitingLadder(
  { ladders }: Incident,
  asked: { roster?: string; person?: PersonId },
): Ladder | undefined {
  if (asked.person !== undefined) return undefined;
  return Object.values(ladders).find(({ state, roster }) => state === 'waiting' && roster === asked.roster);
}

function nextStepWords(page: Page, now: Instant): string {
  if (page.dueAt === undefined) return 'the page stands.';
  const minutes = Math.max(1, Math.ceil((page.dueAt - now) / 60_000));
  return `the next step is in ${minutes} min.`;
}

/** The people already asked this time round: nobody is asked twice in one round. */
export function alreadyAsked(incident: Incident, ladder: Ladder): PersonId[] {
  const round = roundOf(incident, ladder);
  const pages = ladder.pages.flatMap((id) => incident.pages[id] ?? []);
  return pages.filter((page) => (page.round ?? 1) === round).map((page) => page.person);
}

/** How often the ladder goes round now; the first time is 1. */
export function roundOf(incident: Incident, ladder: Ladder): number {
  return lastPage(incident, ladder)?.round ?? 1;
}

/** Whether the ladder has a step to take now: asked, declined, or silent past its limit; not answered, not over. */
export function needsStep(incident: Incident, ladder: Ladder | undefined, now: Instant): boolean {
  if (!ladder || !isOpen(incident)) return false;
  if (ladder.state === 'acknowledged' || ladder.state === 'stopped') return false;
  if (ladder.state === 'waiting') return now >= (ladder.waitsUntil ?? now);
  if (ladder.state === 'exhausted') return ladder.waitsUntil !== undefined && now >= ladder.waitsUntil;
  const last = lastPage(incident, ladder);
  if (last?.state !== 'waiting') return true;
  return last.dueAt !== undefined && now >= last.dueAt;
}

/** The page that was sent last; what the ladder does next depends on it. */
export function lastPage(incident: Incident, ladder: Ladder): Page | undefined {
  const id = ladder.pages.at(-1);
  return id === undefined ? undefined : incident.pages[id];
}

/** Takes the next step of a ladder, or none when it has been answered meanwhile. */
export function climb(
  incident: Incident,
  id: string,
  next: NextStep,
  limits: LadderLimits,
  now: Instant,
): Decision {
  const ladder = incident.ladders[id];
  if (!ladder || !needsStep(incident, ladder, now)) return nothing();
  const silent = unanswered(incident, ladder, now);
  const step = takeStep(incident, ladder, next, limits, now);
  return { facts: [...silent.facts, ...step.facts], effects: [...silent.effects, ...step.effects] };
}

function unanswered(incident: Incident, ladder: Ladder, now: Instant): Changes {
  const last = lastPage(incident, ladder);
  if (last?.state !== 'waiting') return nothing();
  return {
    facts: [{ type: 'page-unanswered', page: last.id, afterMs: now - last.pagedAt, by: DAYWATCH, at: now }],
    effects: [{ do: 'show', message: `page:${last.id}` }],
  };
}

function takeStep(
  incident: Incident,
  ladder: Ladder,
  next: NextStep,
  limits: LadderLimits,
  now: Instant,
): Changes {
  switch (next.kind) {
    case 'page':
      return pagePerson(incident, ladder, next, limits, now);
    case 'wait':
      return {
        facts: [
          {
            type: 'ladder-waits',
            ladder: ladder.id,
            person: next.person,
            from: next.from,
            reason: next.reason,
            by: DAYWATCH,
            at: now,
          },
        ],
        effects: [
          { do: 'climb', ladder: ladder.id, at: next.from },
          ...(wasTold(ladder, next) ? [] : [waitNotice(ladder, next)]),
          { do: 'show', message: 'card' },
        ],
      };
    case 'exhausted':
      return exhaust(incident, ladder, next, limits, now);
  }
}

function wasTold({ waitedFor }: Ladder, { person, from }: NextStep & { kind: 'wait' }): boolean {
  return waitedFor?.person === person && waitedFor.from === from;
}

function waitNotice(ladder: Ladder, { from, reason, sign }: NextStep & { kind: 'wait' }): Effect {
  return {
    do: 'say',
    notice: `ladder-waits:${ladder.id}:${from}`,
    text: `⏳ ${reason}.${sign ? ` Slack shows them ${sign}.` : ''}`,
    loud: true,
  };
}

function pagePerson(
  incident: Incident,
  ladder: Ladder,
  next: NextStep & { kind: 'page' },
  limits: LadderLimits,
  now: Instant,
): Changes {
  const page = `${Object.keys(incident.pages).length + 1}`;
  const { acknowledgeWithinMs } = limits;
  const dueAt = acknowledgeWithinMs === undefined ? undefined : now + acknowledgeWithinMs;
  const paged: NewFact = {
    type: 'paged',
    ladder: ladder.id,
    page,
    person: next.person,
    localTime: next.localTime,
    reason: next.reason,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(next.round === undefined ? {} : { round: next.round }),
    by: DAYWATCH,
    at: now,
    key: `ladder:${ladder.id}:${ladder.pages.length}`,
  };
  const effects: Effect[] = [
    { do: 'show', message: `page:${page}` },
    { do: 'page-by-pagerduty', page },
    { do: 'say', notice: `paged:${page}`, text: pagedWords(ladder, next) },
    { do: 'show', message: 'card' },
  ];
  if (dueAt !== undefined) effects.push({ do: 'climb', ladder: ladder.id, at: dueAt });
  return { facts: [paged], effects };
}

function pagedWords(ladder: Ladder, next: NextStep & { kind: 'page' }): string {
  const what = ladder.roster ? ` (${ladder.roster})` : '';
  const sign = next.sign ? ` (${next.sign})` : '';
  return `📟 Paging ${mention(next.person)}${what}, where it is ${next.localTime}${sign}: ${next.reason}.`;
}
