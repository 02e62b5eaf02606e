import { clockTime, dayWords, hourMinute, zoneAbbreviation } from '../clock-words.ts';
import { DAY_MS, offsetSegments, type Span } from '../zone-offsets.ts';

export interface ClockChange {
  at: number;
  zone: string;
  /** `Sun 26 Oct 02:00 BST → 01:00 GMT` */
  words: string;
}

/** Every change of the clocks of these zones inside `[from, to)`, in order. */
export function clockChanges(zones: Iterable<string>, range: Span): ClockChange[] {
  const changes = [...new Set(zones)].flatMap((zone) => changesOf(zone, range));
  return changes.sort((a, b) => a.at - b.at);
}

function changesOf(zone: string, range: Span): ClockChange[] {
  const changes: ClockChange[] = [];
  const segments = offsetSegments(zone, range.from - DAY_MS, range.to + DAY_MS);
  for (const [index, { from: at, offset }] of segments.entries()) {
    const before = segments[index - 1];
    if (!before || before.offset === offset || at < range.from || at >= range.to) continue;
    // What the clocks would have shown had they not been changed.
    const unchanged = hourMinute(at + before.offset, 'UTC');
    const old = `${dayWords(at + before.offset, 'UTC')} ${unchanged} ${zoneAbbreviation(at - 1, zone)}`;
    changes.push({ at, zone, words: `${old} → ${clockTime(at, zone)}` });
  }
  return changes;
}
