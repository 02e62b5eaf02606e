import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import { showProposals } from './impact-proposals.ts';
import type { Incident } from './incident.ts';
import { isOpen, objection } from './permitted.ts';
import { LESSONS_AFTER_MS } from './remind-of-lessons.ts';
import { stageOf } from './retrospective.ts';
import { offerMessages, reliefMessages } from './roles.ts';
import { asTyped } from './sentence.ts';
import { askForCheck } from './uptime/read-check.ts';
import {
  type Actor,
  type Instant,
  incidentName,
  type Moment,
  SEVERITIES,
  type SeverityName,
  STATUSES,
  type Status,
} from './words.ts';

/** Messages that show the state, brought up to date after every change of it. */
const REDRAW: Effect[] = [
  { do: 'show', message: 'card' },
  { do: 'show', message: 'announcement' },
];

/** Statuses that `/incident status` sets by itself; the others have verbs of their own with more to do. */
const WORKING: readonly Status[] = ['investigating', 'identified', 'monitoring'];

export function changeStatus(incident: Incident, word: string, by: Actor, now: Instant): Decision {
  const to = STATUSES.find((status) => status === word.toLowerCase());
  if (to === 'resolved') return resolve(incident, by, now);
  if (to === 'closed') return close(incident, by, now);
  if (to === 'cancelled') return cancel(incident, by, now);
  if (!to || !WORKING.includes(to)) {
    return refuse(
      `“${asTyped(word)}” is no status. One of: ${WORKING.join(', ')}, resolved, closed, cancelled.`,
    );
  }
  const against = objection(incident, 'status');
  if (against) return refuse(against);
  if (incident.status === to) return nothing(`${incidentName(incident.number)} is already ${to}.`);
  return moved(incident, to, by, now, [], `Status: ${incident.status} → ${to}.`);
}

/** It is over. Words with it say how it was fixed; of a retrospective a time says when, as far as anybody knows. */
export function resolve(
  incident: Incident,
  by: Actor,
  now: Instant,
  { how = '', happenedAt }: { how?: string; happenedAt?: Instant } = {},
): Decision {
  if (incident.status === 'resolved') {
    return nothing(`${incidentName(incident.number)} is already resolved.`);
  }
  const against = objection(incident, 'resolve') ?? notThen(incident, happenedAt, now);
  if (against) return refuse(against);
  const pages = Object.values(incident.pages).map(
    (page): Effect => ({ do: 'settle-in-pagerduty', page: page.id }),
  );
  const direct = Object.values(incident.pages)
    .filter((page) => page.state === 'waiting')
    .map((page): Effect => ({ do: 'show', message: `page:${page.id}` }));
  const resolved = moved(
    incident,
    'resolved',
    by,
    now,
    [...pages, ...direct, { do: 'make-report' }, remindLater(now), ...askForCheck(now)],
    `${incidentName(incident.number)} is resolved. The report comes into the channel.`,
    happenedAt,
  );
  const resolution = how.trim();
  if (!resolution) return resolved;
  return { ...resolved, facts: [...resolved.facts, { type: 'summary-written', resolution, by, at: now }] };
}

/** A live incident is resolved now; a retrospective after it began and before now. */
function notThen(incident: Incident, at: Instant | undefined, now: Instant): string | undefined {
  if (at === undefined) return undefined;
  if (!incident.retrospective) {
    return 'It is resolved now, not at another time. When users were no longer hurt: `/incident impact end <when>`.';
  }
  if (at > now) return 'That time is still to come. Say when it was resolved, or leave the time out.';
  const { start } = incident.impact;
  if (start === undefined || at >= start.at) return undefined;
  return 'It cannot have been resolved before users were first hurt. Mend the start first: `/incident impact start <when>`.';
}

function remindLater(resolvedAt: Instant): Effect {
  return { do: 'remind-of-lessons', resolvedAt, at: resolvedAt + LESSONS_AFTER_MS };
}

export function reopen(incident: Incident, by: Actor, now: Instant): Decision {
  if (isOpen(incident))
    return nothing(`${incidentName(incident.number)} is ${incident.status}, so there is nothing to reopen.`);
  const against = objection(incident, 'reopen');
  if (against) return refuse(against);
  return moved(incident, 'investigating', by, now, [], `${incidentName(incident.number)} is open again.`);
}

export function close(incident: Incident, by: Actor, now: Instant): Decision {
  if (isOpen(incident)) {
    return refuse(
      `${incidentName(incident.number)} is still ${stageOf(incident)}. Type \`/incident resolve\` first.`,
    );
  }
  if (incident.status === 'closed') return nothing(`${incidentName(incident.number)} is already closed.`);
  const against = objection(incident, 'close');
  if (against) return refuse(against);
  return moved(incident, 'closed', by, now, [], `${incidentName(incident.number)} is closed.`);
}

export function cancel(incident: Incident, by: Actor, now: Instant): Decision {
  if (incident.status === 'cancelled') {
    return nothing(`${incidentName(incident.number)} is already cancelled.`);
  }
  const against = objection(incident, 'cancel');
  if (against) return refuse(against);
  const pages = Object.values(incident.pages).flatMap((page): Effect[] => [
    { do: 'settle-in-pagerduty', page: page.id },
    { do: 'show', message: `page:${page.id}` },
  ]);
  return moved(
    incident,
    'cancelled',
    by,
    now,
    pages,
    `${incidentName(incident.number)} is cancelled: a false alarm.`,
  );
}

function moved(
  incident: Incident,
  to: Status,
  by: Actor,
  now: Instant,
  effects: Effect[],
  answer: string,
  happenedAt?: Instant,
): Changes {
  const told = happenedAt === undefined ? {} : { happenedAt };
  return {
    facts: [{ type: 'status-changed', from: incident.status, to, ...told, by, at: now }],
    effects: [...REDRAW, { do: 'set-topic' }, ...questions(incident, to), ...effects],
    answer,
  };
}

/** What is offered and asked about roles shows that it is over. */
function questions(incident: Incident, to: Status): Effect[] {
  if (WORKING.includes(to)) return [];
  const offered = Object.values(incident.handoffs).filter(({ state }) => state === 'offered');
  const asked = Object.keys(incident.roles).flatMap((role) => reliefMessages(incident, role));
  return [...offered.flatMap(({ id }) => offerMessages(id)), ...asked];
}

export function changeSeverity(incident: Incident, word: string, by: Actor, now: Instant): Decision {
  const to = readSeverity(word);
  if (!to) return refuse(`“${asTyped(word)}” is no severity. One of: ${SEVERITIES.join(', ')}.`);
  const against = objection(incident, 'severity');
  if (against) return refuse(against);
  if (incident.severity === to) return nothing(`${incidentName(incident.number)} is already ${to}.`);
  return {
    facts: [{ type: 'severity-changed', from: incident.severity, to, by, at: now }],
    effects: [...REDRAW, { do: 'set-topic' }],
    answer: `Severity: ${incident.severity} → ${to}.${pagesNobody(incident, to) ? ' That pages nobody by itself: `/incident page` does.' : ''}`,
  };
}

/** What is wrong with a leading word that was meant as a severity and is none: `sev9`. */
export function whyNoSeverity(text: string): string | undefined {
  const word = /^(?:private\s+)?(sev-?\d+)(?=\s|$)/i.exec(text.trim())?.[1];
  if (word === undefined || readSeverity(word)) return undefined;
  return `“${word}” is no severity, so nothing was declared. One of: ${SEVERITIES.join(', ')}; \`/incident declare sev1 LEAP hub is down\`.`;
}

/** It has become graver, and nobody was asked to come yet. */
function pagesNobody(incident: Incident, to: SeverityName): boolean {
  const isGraver = SEVERITIES.indexOf(to) < SEVERITIES.indexOf(incident.severity);
  return isGraver && Object.keys(incident.ladders).length === 0 && !objection(incident, 'page');
}

/** `sev1`, `SEV-1`, `1`, `p1` all mean sev1; PagerDuty's P5 is the least of ours. */
export function readSeverity(word: string): SeverityName | undefined {
  const digit = /^(?:sev-?|p)?([1-5])$/i.exec(word.trim())?.[1];
  if (!digit || (digit === '5' && !/^p/i.test(word.trim()))) return undefined;
  return SEVERITIES[Math.min(Number(digit), SEVERITIES.length) - 1];
}

export function rename(incident: Incident, title: string, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'rename');
  if (against) return refuse(against);
  const to = title.replaceAll(/\s+/g, ' ').trim();
  if (!to || [...to].length > 200)
    return refuse('A title has 1 to 200 characters: `/incident rename LEAP hub outage`.');
  return {
    facts: [{ type: 'renamed', from: incident.title, to, by, at: now }],
    effects: [...REDRAW, { do: 'set-topic' }],
    answer: `It is now called “${asTyped(to)}”.`,
  };
}

/** When users were hurt, apart from declared and resolved; it may be approximate. `when` is the moment in words. */
export function setImpact(
  incident: Incident,
  impactOf: { edge: 'start' | 'end'; moment: Moment; when: string },
  by: Actor,
  now: Instant,
): Decision {
  const { edge, moment, when } = impactOf;
  const against = objection(incident, 'impact');
  if (against) return refuse(against);
  const impact: Incident['impact'] = { ...incident.impact, [edge]: moment };
  const { start, end } = impact;
  if (start && end && end.at < start.at) {
    return refuse(
      'The impact cannot end before it started. If both are wrong, set the other first with `/incident impact start|end <when>`.',
    );
  }
  return {
    facts: [{ type: 'impact-set', edge, moment, by, at: now }],
    effects: [{ do: 'show', message: 'card' }, ...showProposals(incident, edge)],
    answer: `Noted: users were hurt ${edge === 'start' ? 'from' : 'until'} ${when}.`,
  };
}

export function writeSummary(
  incident: Incident,
  words: { summary?: string; resolution?: string },
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'summary');
  if (against) return refuse(against);
  const summary = words.summary?.trim();
  const resolution = words.resolution?.trim();
  if (!summary && !resolution) return nothing('Nothing was written, so nothing changed.');
  return {
    facts: [
      {
        type: 'summary-written',
        ...(summary ? { summary } : {}),
        ...(resolution ? { resolution } : {}),
        by,
        at: now,
      },
    ],
    effects: [],
    answer: 'Saved. The report carries it.',
  };
}
