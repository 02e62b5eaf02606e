import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Ladder, Page } from './paging-state.ts';
import { isOpen, objection } from './permitted.ts';
import { listed, mention } from './sentence.ts';
import type { Actor, Instant, PersonId } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** Who should be asked now, as the on-duty rule sees it for those not asked yet. */
export type NextStep =
  | { kind: 'page'; person: PersonId; localTime: string; reason: string }
  | { kind: 'wait'; person: PersonId; from: Instant; reason: string }
  | { kind: 'exhausted'; reason: string };

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
  const ladder = `${Object.keys(incident.ladders).length + 1}`;
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
    answer: person
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

function nextStepWords(page: Page, now: Instant): string {
  if (page.dueAt === undefined) return 'the page stands.';
  const minutes = Math.max(1, Math.ceil((page.dueAt - now) / 60_000));
  return `the next step is in ${minutes} min.`;
}

/** The people already asked on this ladder: nobody is asked twice by one asking. */
export function alreadyAsked(incident: Incident, ladder: Ladder): PersonId[] {
  return ladder.pages.flatMap((id) => incident.pages[id]?.person ?? []);
}

/** Whether the ladder has a step to take now: asked, declined, or silent past its limit; not answered, not over. */
export function needsStep(incident: Incident, ladder: Ladder | undefined, now: Instant): boolean {
  if (!ladder || !isOpen(incident)) return false;
  if (ladder.state === 'acknowledged') return false;
  if (ladder.state === 'waiting') return now >= (ladder.waitsUntil ?? now);
  if (ladder.state === 'exhausted') return false;
  const last = lastPage(incident, ladder);
  if (last?.state !== 'waiting') return true;
  return last.dueAt !== undefined && now >= last.dueAt;
}

function lastPage(incident: Incident, ladder: Ladder): Page | undefined {
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
          {
            do: 'say',
            notice: `ladder-waits:${ladder.id}:${next.from}`,
            text: `⏳ ${next.reason}.`,
            loud: true,
          },
          { do: 'show', message: 'card' },
        ],
      };
    case 'exhausted':
      return exhaust(incident, ladder, next.reason, limits, now);
  }
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
  return `📟 Paging ${mention(next.person)}${what}, where it is ${next.localTime}: ${next.reason}.`;
}

function exhaust(
  incident: Incident,
  ladder: Ladder,
  reason: string,
  limits: LadderLimits,
  now: Instant,
): Changes {
  const who = askedInVain(incident, ladder);
  const phones = limits.phones.length > 0 ? ` Call: ${limits.phones.join(' · ')}.` : '';
  const policy = limits.policy ? ' PagerDuty’s escalation policy is called now.' : '';
  return {
    facts: [{ type: 'ladder-exhausted', ladder: ladder.id, reason, by: DAYWATCH, at: now }],
    effects: [
      {
        do: 'say',
        notice: `exhausted:${ladder.id}`,
        text: `🚨 **Nobody has answered the page.** ${who}${reason}.${policy}${phones}`,
        loud: true,
      },
      ...(limits.policy ? [{ do: 'call-policy' as const, ladder: ladder.id }] : []),
      { do: 'show', message: 'card' },
    ],
  };
}

/** `Ana declined, Ben did not answer. `, for those whom this ladder asked. */
function askedInVain(incident: Incident, ladder: Ladder): string {
  const pages = ladder.pages.flatMap((id) => incident.pages[id] ?? []);
  const declined = pages.filter((page) => page.state === 'declined').map((page) => mention(page.person));
  const silent = pages.filter((page) => page.state !== 'declined').map((page) => mention(page.person));
  const parts = [
    declined.length > 0 ? `${listed(declined)} cannot take it` : undefined,
    silent.length > 0 ? `${listed(silent)} did not answer` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `${parts.join('; ')}. ` : '';
}
