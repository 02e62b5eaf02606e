import type { Instant } from '../words.ts';
import { type CheckSample, usualGap } from './check-series.ts';

/** When the check itself failed, to the sample. What was not seen is absent. */
export interface Outage {
  /** The last look that passed before it. */
  lastPass?: Instant;
  firstFailure: Instant;
  /** The first look that passed after the last that failed. */
  recovery?: Instant;
}

interface Stretch {
  from: Instant;
  to: Instant;
  places: Set<string>;
}

/** Failing looks belong together when no more of a period lies between them: looks are not quite on time. */
const JOINED = 1.5;

/**
 * The failing of a check that belongs to an incident. It counts when at least half of the places saw it, since one
 * place that cannot reach a host says little of its users. Of several that touch the incident's own time it is the
 * longest, and of equal ones the first. `looks` are those of one check, by time.
 */
export function outageOf(
  looks: readonly CheckSample[],
  incident: { from: Instant; to: Instant },
): Outage | undefined {
  const period = usualGap(looks);
  const places = new Set(looks.map(({ place }) => place)).size;
  const [longest] = failingStretches(looks, period * JOINED)
    .filter((stretch) => stretch.places.size * 2 >= places)
    .filter(({ from, to }) => from <= incident.to && to + period >= incident.from)
    .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  if (!longest) return undefined;
  const passes = looks.filter(({ passed }) => passed);
  const lastPass = passes.findLast(({ at }) => at < longest.from)?.at;
  const recovery = passes.find(({ at }) => at > longest.to)?.at;
  return {
    ...(lastPass === undefined ? {} : { lastPass }),
    firstFailure: longest.from,
    ...(recovery === undefined ? {} : { recovery }),
  };
}

function failingStretches(looks: readonly CheckSample[], joinedMs: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { at, passed, place } of looks) {
    if (passed) continue;
    const last = stretches.at(-1);
    if (last && at - last.to <= joinedMs) {
      last.to = at;
      last.places.add(place);
    } else {
      stretches.push({ from: at, to: at, places: new Set([place]) });
    }
  }
  return stretches;
}
