/** An uptime check and when its host was down; what it saw follows from that. */
export interface UptimeCheck {
  project: string;
  host: string;
  checkId: string;
  periodSeconds: number;
  /** Where it looks from, and how far into each period. */
  places: { name: string; offsetSeconds: number }[];
  /** Times in which the host did not answer; without an end it still does not. */
  down: { from: Date; to?: Date }[];
  /** Places that cannot reach the host in a time of their own, and holes without any look. */
  blind: { place: string; from: Date; to: Date }[];
  missing: { from: Date; to: Date }[];
}

export interface Look {
  /** Epoch seconds. */
  at: number;
  passed: boolean;
}

/** The looks from one place up to now, newest first, as Google lists points. */
export function looksFrom(
  check: UptimeCheck,
  place: UptimeCheck['places'][number],
  interval: { from: number; to: number },
): Look[] {
  const { periodSeconds } = check;
  const looks: Look[] = [];
  const first = Math.ceil((interval.from - place.offsetSeconds) / periodSeconds);
  for (let count = first; ; count += 1) {
    const at = count * periodSeconds + place.offsetSeconds;
    if (at > interval.to) break;
    if (!check.missing.some((hole) => isIn(at, hole)))
      looks.push({ at, passed: passes(check, place.name, at) });
  }
  return looks.reverse();
}

function passes({ down, blind }: UptimeCheck, place: string, at: number): boolean {
  return (
    !down.some((time) => isIn(at, time)) && !blind.some((time) => time.place === place && isIn(at, time))
  );
}

function isIn(at: number, { from, to }: { from: Date; to?: Date }): boolean {
  return at * 1000 >= from.getTime() && (to === undefined || at * 1000 < to.getTime());
}
