import { localDate } from '../domain/clock-words.ts';
import { coverageOf } from '../domain/on-duty/coverage.ts';
import { stretchWords } from '../domain/on-duty/coverage-words.ts';
import { daysFrom, lastOccurrence, midnightBefore } from '../domain/on-duty/weeks.ts';
import { asTyped } from '../domain/sentence.ts';
import { MINUTE_MS, wallClock } from '../domain/zone-offsets.ts';
import type { Core } from '../jobs/context.ts';
import { pngOf } from '../picture/png.ts';
import { drawWeekStrip } from '../picture/week-strip.ts';
import { recall, remember } from '../store/remembered.ts';

interface Kept {
  /** Local date of the picture's first day. */
  day: string;
  state: 'posting' | 'posted';
}

/** Slack's clock may be behind ours by this much. */
const CLOCKS_MS = 10 * MINUTE_MS;

/** Posts the picture of the seven days that began with the configured day, once; late when it could not be on time. */
export async function postWeeklyPicture(core: Core, now: Date): Promise<void> {
  const { team } = core;
  const wanted = team.weeklyPicture;
  if (!wanted || !team.announcements) return;
  const zone = team.timezone;
  const due = lastOccurrence(zone, wanted.day, wanted.minute, now.getTime());
  const day = localDate(due, zone);
  const key = `weekly-picture:${wanted.roster}`;
  const kept = (await recall<Kept>(core.store, key))?.body;
  // A clock that was set back asks for no older picture.
  if (kept && (kept.day > day || (kept.day === day && kept.state === 'posted'))) return;
  // What is kept as being posted may stand there already: the process that began it ended.
  const first = kept?.day !== day;
  await remember(core.store, key, { day, state: 'posting' } satisfies Kept);
  const week = daysFrom(zone, midnightBefore(wallClock(zone, due)), 7);
  const coverage = coverageOf(team, wanted.roster, new Date(week.from), new Date(week.to));
  const head = `${wanted.roster}, this week:`;
  await core.world.chat.announceFile(
    {
      name: `${wanted.roster}-week-of-${day}.png`.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-'),
      bytes: () => pngOf(drawWeekStrip(team, wanted.roster, week)),
      alt: `${head} ${stretchWords(coverage, week, zone, (name) => name)}`,
      text: `**${asTyped(head)}** ${stretchWords(coverage, week, zone, asTyped)}`,
    },
    { first, since: new Date(due - CLOCKS_MS) },
  );
  await remember(core.store, key, { day, state: 'posted' } satisfies Kept);
}
