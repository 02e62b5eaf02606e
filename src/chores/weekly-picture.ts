import type { Core } from '../core.ts';
import { localDate } from '../domain/clock-words.ts';
import { coverageOf } from '../domain/on-duty/coverage.ts';
import { stretchWords } from '../domain/on-duty/coverage-words.ts';
import { daysFrom, lastOccurrence, midnightBefore } from '../domain/on-duty/weeks.ts';
import { asTyped } from '../domain/sentence.ts';
import { HOUR_MS, MINUTE_MS, wallClock } from '../domain/zone-offsets.ts';
import { pngOf } from '../picture/png.ts';
import { drawWeekStrip } from '../picture/week-strip.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember } from '../store/remembered.ts';

interface Kept {
  /** Local date of the picture's first day. */
  day: string;
  /** Refused: Slack will not have it before somebody does something. */
  state: 'posting' | 'posted' | 'refused';
}

/** Slack's clock may be behind ours by this much. */
const CLOCKS_MS = 10 * MINUTE_MS;
/** How long a refusal is believed. */
const REFUSED_MS = HOUR_MS;

/** Posts the picture of the seven days that began with the configured day, once; late when it could not be on time. */
export async function postWeeklyPicture(core: Core, now: Date): Promise<void> {
  const { team } = core;
  const wanted = team.weeklyPicture;
  if (!wanted || !team.announcements) return;
  const zone = team.timezone;
  const due = lastOccurrence(zone, wanted.day, wanted.minute, now.getTime());
  const day = localDate(due, zone);
  const key = `weekly-picture:${wanted.roster}`;
  const recalled = await recall<Kept>(core.store, key);
  const kept = recalled?.body;
  // A clock that was set back asks for no older picture.
  if (kept && (kept.day > day || (kept.day === day && kept.state === 'posted'))) return;
  const refusedFor = recalled ? now.getTime() - recalled.at.getTime() : REFUSED_MS;
  if (kept?.state === 'refused' && kept.day === day && Math.abs(refusedFor) < REFUSED_MS) return;
  // What is kept as being posted may stand there already: the process that began it ended.
  const first = kept?.day !== day;
  await remember(core.store, key, { day, state: 'posting' } satisfies Kept);
  const week = daysFrom(zone, midnightBefore(wallClock(zone, due)), 7);
  const coverage = coverageOf(team, wanted.roster, new Date(week.from), new Date(week.to));
  const head = `${wanted.roster}, this week:`;
  const file = {
    name: `${wanted.roster}-week-of-${day}.png`.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-'),
    bytes: () => pngOf(drawWeekStrip(team, wanted.roster, week)),
    alt: `${head} ${stretchWords(coverage, week, zone, (name) => name)}`,
    text: `**${asTyped(head)}** ${stretchWords(coverage, week, zone, asTyped)}`,
  };
  try {
    await core.world.chat.announceFile(file, { first, since: new Date(due - CLOCKS_MS) });
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    core.log.warn(
      { error: error.message },
      'the picture of the week is not taken; it is tried again in an hour',
    );
    await remember(core.store, key, { day, state: 'refused' } satisfies Kept);
    return;
  }
  await remember(core.store, key, { day, state: 'posted' } satisfies Kept);
}
