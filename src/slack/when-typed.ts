import { profileOfPerson } from '../actions/profiles.ts';
import { isoWithOffset } from '../domain/clock-words.ts';
import { memberById } from '../domain/people.ts';
import { readWhen } from '../domain/when.ts';
import type { Moment } from '../domain/words.ts';
import type { Gesture } from './gesture.ts';

export type ReadTime =
  /** No moment: there is no time at the front of the text. */
  { moment?: Moment; rest: string; zone: string } | { say: string };

/** Takes a time off the front of what somebody typed, in their own Slack zone. A doubtful one is asked about. */
export async function whenOf(gesture: Pick<Gesture, 'core' | 'person'>, text: string): Promise<ReadTime> {
  const zone = await zoneOf(gesture);
  const now = gesture.core.store.now();
  const [, word = '', after = ''] = /^(now)\b\s*([\s\S]*)$/i.exec(text) ?? [];
  if (word) return { moment: { at: now.getTime() }, rest: after, zone };
  const read = readWhen(text, { now, zone, teamZone: gesture.core.team.timezone });
  if ('question' in read) {
    const readings = read.options.map(({ label, at }) => `\`${typedExactly(at, zone)}\` (${label})`);
    return { say: `${read.question} Type it as ${readings.join(' or ')}.` };
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
