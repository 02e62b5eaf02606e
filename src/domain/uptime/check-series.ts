import type { Instant } from '../words.ts';

/** One look of an uptime check, from one of the places that it looks from. */
export interface CheckSample {
  check: string;
  place: string;
  at: Instant;
  passed: boolean;
}

/** Looks in a row with one answer: the first, the last, and how many. */
export interface CheckRun {
  passed: boolean;
  from: Instant;
  to: Instant;
  count: number;
}

/** What one uptime check saw of a host in a stretch of time, short enough to be kept. */
export interface CheckSeries {
  host: string;
  check: string;
  from: Instant;
  to: Instant;
  /** The usual time between two looks from one place. */
  periodMs: number;
  /** By name. */
  places: { place: string; runs: CheckRun[] }[];
}

/** So much of the period may pass without a look before it counts as a hole. Missing is not failing. */
const HOLE = 2.5;

export interface WantedCheck {
  host: string;
  /** When it is known which of the host's checks is meant. */
  check?: string | undefined;
  from: Instant;
  to: Instant;
}

/**
 * The looks of one check of the host, by time. Without a wanted check it is the one that failed most often, and of
 * those the first by name.
 */
export function looksOf(samples: readonly CheckSample[], wanted: WantedCheck): CheckSample[] {
  const inTime = samples.filter(({ at }) => at >= wanted.from && at <= wanted.to);
  const known = inTime.some(({ check }) => check === wanted.check);
  const check = known ? wanted.check : mostFailing(inTime);
  const ours = inTime.filter((sample) => sample.check === check);
  const once = new Map(ours.map((sample) => [`${sample.at} ${sample.place}`, sample]));
  return [...once.values()].sort((a, b) => a.at - b.at || (a.place < b.place ? -1 : 1));
}

function mostFailing(samples: readonly CheckSample[]): string | undefined {
  const byCheck = [...Map.groupBy(samples, ({ check }) => check)].map(([check, found]) => ({
    check,
    failed: found.filter(({ passed }) => !passed).length,
  }));
  return byCheck.sort((a, b) => b.failed - a.failed || (a.check < b.check ? -1 : 1))[0]?.check;
}

/** Looks of one check as a series. */
export function seriesOf(looks: readonly CheckSample[], { host, from, to }: WantedCheck): CheckSeries {
  const periodMs = usualGap(looks);
  const places = [...Map.groupBy(looks, ({ place }) => place)]
    .map(([place, own]) => ({ place, runs: runsOf(own, periodMs * HOLE) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  return { host, check: looks[0]?.check ?? '', from, to, periodMs, places };
}

const MINUTE_MS = 60_000;

/** The usual time between two looks from one place: the median, so that holes do not count. */
export function usualGap(looks: readonly CheckSample[]): number {
  const gaps = [...Map.groupBy(looks, ({ place }) => place).values()]
    .flatMap((own) => own.slice(1).map(({ at }, index) => at - (own[index]?.at ?? at)))
    .sort((a, b) => a - b);
  return gaps[Math.floor((gaps.length - 1) / 2)] ?? MINUTE_MS;
}

function runsOf(looks: readonly CheckSample[], holeMs: number): CheckRun[] {
  const runs: CheckRun[] = [];
  for (const { at, passed } of looks) {
    const last = runs.at(-1);
    if (last && last.passed === passed && at - last.to <= holeMs) {
      last.to = at;
      last.count += 1;
    } else {
      runs.push({ passed, from: at, to: at, count: 1 });
    }
  }
  return runs;
}
