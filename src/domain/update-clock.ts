import { clockTime, dayAndTime, duration, localDate } from './clock-words.ts';
import { type Changes, type Effect, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { inHours } from './on-duty/duty.ts';
import { memberById, personIdOf } from './people.ts';
import { isLive } from './permitted.ts';
import { mention } from './sentence.ts';
import type { Person, Team } from './team.ts';
import { markedUpdates } from './updates.ts';
import { type Instant, incidentName, type PersonId, type SeverityName } from './words.ts';
import { MINUTE_MS } from './zone-offsets.ts';

/** The part of the team's file that the clock reads. */
export type ClockTeam = Pick<Team, 'people' | 'timezone' | 'roles' | 'rosters'> & {
  severities: Record<SeverityName, Pick<Team['severities'][SeverityName], 'firstUpdateMs' | 'updateEveryMs'>>;
};

/** When the next word to those outside is due, and why then. */
export interface UpdateDue {
  dueAt: Instant;
  /** `first`: nothing went out yet. `promised`: the last update named the time. `rhythm`: the severity's. */
  kind: 'first' | 'promised' | 'rhythm' | 'snoozed';
  lastAt?: Instant;
}

/** Somebody is told this long before, or a third of the time earlier where that is less. */
const AHEAD_MS = 10 * MINUTE_MS;
const SNOOZE_MS = 30 * MINUTE_MS;
/** What goes out within the minute is not late. */
const GRACE_MS = MINUTE_MS;
/** Clocks of two machines differ by less. */
const SLACK_MS = 1_000;

/** The first update is due 15 minutes after declaring, then every two hours, by severity, or as was promised. */
export function nextUpdateDue(incident: Incident, team: ClockTeam): UpdateDue | undefined {
  const due = isLive(incident) ? dueByRule(incident, team) : undefined;
  const { snoozed } = incident.updates;
  if (!due || snoozed?.dueAt !== due.dueAt) return due;
  return { ...due, dueAt: snoozed.until, kind: 'snoozed' };
}

function dueByRule(incident: Incident, team: ClockTeam): UpdateDue | undefined {
  const { firstUpdateMs, updateEveryMs } = team.severities[incident.severity];
  const { reopenedAt, written } = incident.updates;
  const begin = reopenedAt ?? incident.declaredAt;
  const lastAt = lastUpdateAt(incident);
  const told = lastAt !== undefined && lastAt >= begin;
  const latest = written?.at(-1);
  // Nobody is urged to speak of a private incident; what was promised of it is kept all the same.
  if (told && latest?.at === lastAt && latest.nextAt !== undefined)
    return { dueAt: latest.nextAt, kind: 'promised', lastAt };
  if (incident.private) return undefined;
  if (!told) return { dueAt: begin + firstUpdateMs, kind: 'first' };
  return { dueAt: lastAt + updateEveryMs, kind: 'rhythm', lastAt };
}

/** When the last update was written, or the last message marked as one was. */
function lastUpdateAt({ updates }: Incident): Instant | undefined {
  const at = [...markedUpdates(updates), ...(updates.written ?? [])].map((told) => told.at);
  return at.length > 0 ? Math.max(...at) : undefined;
}

/** When somebody is told that it will be due; nothing where a snooze has just said so. */
function remindAt(incident: Incident, due: UpdateDue): Instant | undefined {
  if (due.kind === 'snoozed') return undefined;
  const begin = due.lastAt ?? incident.updates.reopenedAt ?? incident.declaredAt;
  return due.dueAt - Math.min(AHEAD_MS, Math.max(0, Math.floor((due.dueAt - begin) / 3)));
}

/** What a change of the due time calls for: jobs at its times, and messages that speak of the former one. */
export function followClock(before: Incident | undefined, after: Incident, team: ClockTeam): Effect[] {
  const due = nextUpdateDue(after, team);
  const was = before && nextUpdateDue(before, team);
  if (was?.dueAt === due?.dueAt && was?.kind === due?.kind) return [];
  const said = reminderEffects(after);
  return due ? [...said, ...timesOf(after, due)] : said;
}

function timesOf(after: Incident, due: UpdateDue): Effect[] {
  const { dueAt } = due;
  const soon = remindAt(after, due);
  return [
    ...(soon === undefined ? [] : [{ do: 'remind-of-update', dueAt, stage: 'soon', at: soon } as const]),
    { do: 'remind-of-update', dueAt, stage: 'late', at: dueAt + GRACE_MS },
  ];
}

/**
 * Whether and whom to remind, now. `soon` goes to one person who is awake; `late` is said in the channel. Each once
 * for a due time; what is no longer due is not spoken of.
 */
export function remindOfUpdate(
  incident: Incident,
  team: ClockTeam,
  { dueAt, stage }: { dueAt: Instant; stage: 'soon' | 'late' },
  now: Instant,
): Changes {
  const due = nextUpdateDue(incident, team);
  if (due?.dueAt !== dueAt || incident.updates.reminded?.[dueAt]?.[stage]) return nothing();
  const at = stage === 'late' ? dueAt + GRACE_MS : (remindAt(incident, due) ?? dueAt);
  // The clock was set back after the job was sent: it comes again in time.
  if (now < at - SLACK_MS) return { facts: [], effects: [{ do: 'remind-of-update', dueAt, stage, at }] };
  // Told only now, it is late, and the channel is told so.
  if (stage === 'soon' && now >= dueAt) return nothing();
  const person = whomToRemind(incident, team, now);
  if (stage === 'soon' && person === undefined) return nothing();
  return {
    facts: [
      {
        type: 'update-reminded',
        dueAt,
        stage,
        ...(person === undefined ? {} : { person }),
        by: { kind: 'daywatch' },
        at: now,
        key: `update-reminded:${dueAt}:${stage}`,
      },
    ],
    effects: [{ do: 'show', message: `reminder:${stage}:${dueAt}` }],
  };
}

/**
 * The holder of communications if they are awake; else whoever fits and is: the responder, others who are in it, and,
 * where everybody may know of it, the team in the file's order. Nobody is woken for this.
 */
export function whomToRemind(incident: Incident, team: ClockTeam, now: Instant): PersonId | undefined {
  const { communications, responder } = incident.roles;
  const there = [communications, responder, ...incident.people].filter((id) => id !== undefined);
  const others = incident.private ? [] : team.people.map(personIdOf);
  return [...there, ...others].find((id) => isAwake(team, id, now, there.slice(0, 2).includes(id)));
}

/** Whose hours the team's file does not know is awake as long as they hold the role. */
function isAwake(team: ClockTeam, id: PersonId, now: Instant, holds: boolean): boolean {
  const member: Person | undefined = memberById(team, id);
  if (id.startsWith('name:')) return false;
  const overrides = Object.values(team.rosters).flatMap((roster) => roster.overrides);
  return member ? inHours(member, new Date(now), overrides) : holds;
}

/** `Next update due 19:15 BST`, for the card and the brief; nothing when none is. */
export function dueWords(incident: Incident, team: ClockTeam): string | undefined {
  const due = nextUpdateDue(incident, team);
  if (!due) return undefined;
  const near = due.lastAt ?? incident.declaredAt;
  const zone = team.timezone;
  const sameDay = localDate(near, zone) === localDate(due.dueAt, zone);
  const when = sameDay ? clockTime(due.dueAt, zone) : dayAndTime(due.dueAt, zone);
  const why = { first: '', promised: ', as promised', rhythm: '', snoozed: ', put off' }[due.kind];
  return `${due.kind === 'first' ? 'First' : 'Next'} update due ${when}${why}`;
}

/** What the reminder of a due time says, in the reader's zone. Markdown. */
export function reminderWords(
  incident: Incident,
  team: ClockTeam,
  { dueAt, stage }: { dueAt: Instant; stage: 'soon' | 'late' },
): string {
  const person = incident.updates.reminded?.[dueAt]?.[stage]?.person;
  const zone = (person && memberById(team, person)?.timezone) || team.timezone;
  const when = clockTime(dueAt, stage === 'soon' ? zone : team.timezone);
  const last = lastUpdateAt(incident);
  const name = incidentName(incident.number);
  if (last !== undefined && last > dueAt) {
    const what = stage === 'soon' ? `An update of ${name}` : 'An update';
    return `📣 ${what} was due at **${when}**; one went out at ${clockTime(last, stage === 'soon' ? zone : team.timezone)}.`;
  }
  const since =
    last === undefined
      ? `nothing has gone out since it was declared ${duration(dueAt - incident.declaredAt)} before`
      : `the last one went out ${duration(dueAt - last)} before`;
  if (stage === 'soon') {
    const whose = incident.roles.communications === person ? '' : ` ${standIn(incident, team)}`;
    return `📣 An update of ${name} is due at **${when}**; ${since}.${whose}`;
  }
  const call = person === undefined ? 'Nobody who could is in hours now.' : `${mention(person)}, can you?`;
  return `📣 An update was due at **${when}**; ${since}. ${call}`;
}

function standIn({ roles }: Incident, team: ClockTeam): string {
  const label = team.roles.communications.label;
  return roles.communications === undefined
    ? `Nobody holds ${label}, so I ask you.`
    : `${mention(roles.communications)} holds ${label} and is not in hours, so I ask you.`;
}

/** Nobody hears of this due time for half an hour. */
export function snoozeUpdate(
  incident: Incident,
  team: ClockTeam,
  by: PersonId,
  now: Instant,
): { facts: Changes['facts']; effects: Changes['effects']; answer: string } {
  const due = nextUpdateDue(incident, team);
  if (!due) return { ...nothing(), answer: `No update of ${incidentName(incident.number)} is due.` };
  const rule = dueByRule(incident, team)?.dueAt ?? due.dueAt;
  const until = Math.max(now, rule) + SNOOZE_MS;
  return {
    facts: [{ type: 'update-snoozed', dueAt: rule, until, by: { kind: 'person', id: by }, at: now }],
    effects: [{ do: 'show', message: 'card' }],
    answer: `I come back to it at ${clockTime(until, team.timezone)}. Those outside were told another time; \`/incident update next in 1h …\` tells them.`,
  };
}

/** The reminders that stand are drawn anew: what they ask for was done, or put off. */
function reminderEffects({ placed }: Pick<Incident, 'placed'>): Effect[] {
  return Object.keys(placed)
    .filter((name): name is `reminder:${string}` => name.startsWith('reminder:'))
    .slice(-4)
    .map((message) => ({ do: 'show', message }));
}
