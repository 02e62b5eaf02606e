import { dayWords, zoneAbbreviation, zonePlace } from './clock-words.ts';
import type { TypedZone } from './typed-zone.ts';
import { instantsOfWallClock, offsetsAround } from './zone-offsets.ts';

/** The instants that a clock reading may mean. With a question there are several, and none may be assumed. */
export interface Reading {
  instants: number[];
  question?: string;
  /** In whose clocks the instants are shown. */
  zone: string;
}

/** `wall` is the clock's reading as if it were UTC, `said` what was typed; years are named that are not that of `near`. */
export function readingsOf(wall: number, zone: TypedZone, said: string, near: number): Reading {
  if (zone.kind === 'offset') return { instants: [wall - zone.offset], zone: 'UTC' };
  if (zone.kind === 'abbreviation') return readingsOfAbbreviation(wall, zone, said, near);
  const instants = instantsOfWallClock(zone.zone, wall);
  if (instants.length === 1) return { instants, zone: zone.zone };
  const where = `on ${dayWords(wall, 'UTC', near)} in ${zonePlace(zone.zone)}`;
  if (instants.length > 1) {
    return {
      instants,
      zone: zone.zone,
      question: `${said} came twice ${where}, where the clocks went back; which one?`,
    };
  }
  return {
    instants: readingsInGap(wall, zone.zone),
    zone: zone.zone,
    question: `${said} did not exist ${where}, where the clocks went forward; which time do you mean?`,
  };
}

function readingsInGap(wall: number, zone: string): number[] {
  const [before, after] = offsetsAround(zone, wall);
  return [wall - after, wall - before].sort((a, b) => a - b);
}

/** "PST" in August is asked about: the offset says one thing, the clocks of the place another. */
function readingsOfAbbreviation(
  wall: number,
  { abbreviation, offset, zone }: TypedZone & { kind: 'abbreviation' },
  said: string,
  near: number,
): Reading {
  const literal = wall - offset;
  if (abbreviation === 'UTC' || abbreviation === 'GMT') return { instants: [literal], zone: 'UTC' };
  const inUse = zoneAbbreviation(literal, zone);
  if (inUse === abbreviation) return { instants: [literal], zone };
  const [local] = instantsOfWallClock(zone, wall);
  const instants = local === undefined ? readingsInGap(wall, zone) : [local, literal];
  const question = `${zonePlace(zone)} has ${inUse} on ${dayWords(wall, 'UTC', near)}, not ${abbreviation}; is ${said} by the clock there, or really ${abbreviation}?`;
  return { instants: [...new Set(instants)].sort((a, b) => a - b), question, zone };
}
