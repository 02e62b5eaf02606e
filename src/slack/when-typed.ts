import { profileOfPerson } from '../actions/profiles.ts';
import { isoWithOffset } from '../domain/clock-words.ts';
import type { Incident } from '../domain/incident.ts';
import { memberById } from '../domain/people.ts';
import { present } from '../domain/present.ts';
import { storyOf } from '../domain/retrospective.ts';
import { readTimeToCome } from '../domain/time-to-come.ts';
import { readWhen, type When } from '../domain/when.ts';
import type { Moment } from '../domain/words.ts';
import type { Gesture } from './gesture.ts';

export type ReadTime =
  /** No moment: there is no time at the front of the text. */
  { moment?: Moment; rest: string; zone: string } | Doubt;

/** What cannot be read as one time. `choices`: the readings of one that is doubtful. */
export interface Doubt {
  say: string;
  choices?: { label: string; moment: Moment }[];
  rest?: string;
}

/**
 * Takes a time off the front of what somebody typed, in their own Slack zone. A doubtful one is asked about.
 * @param incident the one that it is a time of: one of a retrospective is near its impact start
 */
export async function whenOf(
  gesture: Pick<Gesture, 'core' | 'person'>,
  text: string,
  incident?: Incident,
): Promise<ReadTime> {
  const zone = await zoneOf(gesture);
  const now = gesture.core.store.now();
  const [, word = '', after = ''] = /^(now)\b\s*([\s\S]*)$/i.exec(text) ?? [];
  if (word) return { moment: { at: now.getTime() }, rest: after, zone };
  const context = {
    now,
    zone,
    teamZone: gesture.core.team.timezone,
    ...present({ story: storyOf(incident) }),
  };
  return asked(readWhen(text, context), text, zone);
}

/** The same for a time that lies ahead: `19:15`, `in 2h`, `tomorrow 09:00`. */
export async function timeToComeOf(
  gesture: Pick<Gesture, 'core' | 'person'>,
  text: string,
): Promise<ReadTime> {
  const zone = await zoneOf(gesture);
  const context = { now: gesture.core.store.now(), zone, teamZone: gesture.core.team.timezone };
  return asked(readTimeToCome(text, context), text, zone);
}

function asked(read: When, text: string, zone: string): ReadTime {
  if ('question' in read) {
    const readings = read.options.map(({ label, at }) => `\`${typedExactly(at, zone)}\` (${label})`);
    const choices = read.options.map(({ label, at, until }) => ({
      label,
      moment: {
        at: at.getTime(),
        ...(until ? { until: until.getTime() } : {}),
        ...(read.approximate ? { approximate: true } : {}),
      },
    }));
    return { say: `${read.question} Type it as ${readings.join(' or ')}.`, choices, rest: read.rest };
  }
  if ('problem' in read) return { say: `${read.problem}.` };
  if ('none' in read) return { rest: text, zone };
  const moment: Moment = {
    at: read.at.getTime(),
    ...(read.until ? { until: read.until.getTime() } : {}),
    ...(read.approximate ? { approximate: true } : {}),
  };
  return { moment, rest: read.rest, zone };
}

/** The zone that Slack has for the person, else the team's file, else the team's. */
export async function zoneOf({ core, person }: Pick<Gesture, 'core' | 'person'>): Promise<string> {
  const profile = await profileOfPerson(core, person);
  return profile?.timezone ?? memberById(core.team, person)?.timezone ?? core.team.timezone;
}

/** `2025-10-26 01:30 +01:00`: with its offset a time means one instant only. */
function typedExactly(at: Date, zone: string): string {
  const iso = isoWithOffset(at, zone);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} ${iso.slice(19)}`;
}
