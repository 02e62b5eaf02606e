import { declaredInstant, saysDeclared } from './case/facts-of-case.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './permitted.ts';
import { present } from './present.ts';
import { isStory } from './report/is-story.ts';
import type { Entry } from './timeline.ts';
import type { Instant, Moment } from './words.ts';

/**
 * The incident as its report tells it. When a retrospective was written down is no part of that: it begins with the
 * first that is on record, and was resolved when somebody says so, by nobody in particular. Any other is told as it is.
 */
export function asTold(incident: Incident, entries: readonly Entry[]): Incident {
  if (!incident.retrospective) return incident;
  const { resolvedAt: _at, resolvedBy: _by, ...rest } = incident;
  const { overAt, impact } = incident;
  return {
    ...rest,
    declaredAt: declaredInstant(lines(entries, impact.start?.at, overAt)) ?? incident.declaredAt,
    ...(overAt === undefined ? {} : { resolvedAt: overAt }),
  };
}

/** When it was declared; of a retrospective only where a line of its story says so. */
export function declaredInStory(incident: Incident, entries: readonly Entry[]): Instant | undefined {
  if (!incident.retrospective) return incident.declaredAt;
  return entries.filter(isStory).find(({ kind, content }) => kind === 'status' && saysDeclared(content.text))
    ?.moment.at;
}

function lines(entries: readonly Entry[], startedAt: Instant | undefined, resolvedAt: Instant | undefined) {
  const story = entries.filter(isStory).map(({ kind, moment, content }) => ({
    kind,
    at: moment.at,
    text: content.text,
  }));
  return { entries: story, startedAt, resolvedAt };
}

/** Nothing of a retrospective happened while it was written down: a time was left out, or a message kept its own. */
export function isTimeOfWriting(
  { retrospective, declaredAt }: Pick<Incident, 'retrospective' | 'declaredAt'>,
  { at }: Moment,
): boolean {
  return retrospective === true && at >= declaredAt;
}

/** From when to when it went on, as far as the incident alone tells: a retrospective has no times but its impact's. */
export function spanOf(incident: Incident): { from: Instant; to?: Instant } {
  const { declaredAt, resolvedAt, retrospective, overAt, impact } = incident;
  const to = retrospective ? (overAt ?? impact.end?.at) : resolvedAt;
  return { from: (retrospective ? storyOf(incident) : undefined) ?? declaredAt, ...present({ to }) };
}

/** The instant near which a time without a day lies: of a retrospective its own day, and not today. */
export function storyOf(incident: Incident | undefined): Instant | undefined {
  return incident?.retrospective ? incident.impact.start?.at : undefined;
}

/** The day that need not be said with a time: today, and none where each time is of another day than its writing. */
export function daySaid({ retrospective }: Pick<Incident, 'retrospective'>, today: Instant): Instant {
  return retrospective ? 0 : today;
}

/** `INC-12 is …`, while it is open. */
export function stageOf({ status, retrospective }: Pick<Incident, 'status' | 'retrospective'>): string {
  return retrospective && isOpen({ status }) ? 'being written down' : status;
}

/** Its status as people read it: a retrospective is not investigated, it is written down. */
export function stateOf({ status, retrospective }: Pick<Incident, 'status' | 'retrospective'>): string {
  if (!retrospective) return status;
  return isOpen({ status }) ? 'retrospective' : `retrospective, ${status}`;
}
