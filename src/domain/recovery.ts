import { type Changes, type Effect, nothing } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { counted } from './sentence.ts';
import type { Entry } from './timeline.ts';
import type { Actor, Instant } from './words.ts';

/** What reading a channel again brought about and nobody was told of yet. */
export interface Recovered {
  /** Entries that came into the timeline. */
  entries: number;
  edited: number;
  /** Entries whose last reaction was taken away. */
  removed: number;
  /** Entries whose message was deleted. */
  deleted: number;
}

const NOTHING_RECOVERED: Recovered = { entries: 0, edited: 0, removed: 0, deleted: 0 };

const BY: Actor = { kind: 'daywatch' };

/** What changed to the eye, entry by entry. */
export function recoveredBy(
  changes: readonly { before: Entry | undefined; after: Entry | undefined }[],
): Recovered {
  const count = { ...NOTHING_RECOVERED };
  for (const { before, after } of changes) {
    const [was, is] = [isThere(before), isThere(after)];
    if (!was && is) count.entries += 1;
    if (was && !is) count.removed += 1;
    if (was && is && before?.content.text !== after?.content.text) count.edited += 1;
    if (was && is && !before?.sourceDeleted && after?.sourceDeleted) count.deleted += 1;
  }
  return count;
}

function isThere(entry: Entry | undefined): boolean {
  return entry !== undefined && !entry.removed;
}

export function addRecovered(a: Recovered = NOTHING_RECOVERED, b: Recovered = NOTHING_RECOVERED): Recovered {
  return {
    entries: a.entries + b.entries,
    edited: a.edited + b.edited,
    removed: a.removed + b.removed,
    deleted: a.deleted + b.deleted,
  };
}

/** The counts are kept with the changes themselves, so that whoever goes on after a crash tells of all of them once. */
export function countRecovered(recovered: Recovered, now: Instant): NewFact[] {
  const any = Object.values(recovered).some((count) => count > 0);
  return any ? [{ type: 'recovered', ...recovered, by: BY, at: now }] : [];
}

/** One line for the channel when something was missed; nothing when nothing was. */
export function tellRecovered(incident: Incident, run: string, now: Instant): Changes {
  const { recovered } = incident;
  if (!recovered) return nothing();
  const said: Effect = { do: 'say', notice: `recovered:${run}`, text: recoveredWords(recovered) };
  return { facts: [{ type: 'recovery-told', by: BY, at: now }], effects: [said] };
}

export function recoveredWords({ entries, edited, removed, deleted }: Recovered): string {
  const others = [
    edited > 0 ? `${edited} edited` : undefined,
    removed > 0 ? `${removed} taken out` : undefined,
    deleted > 0 ? `${deleted} whose message was deleted` : undefined,
  ].filter((part) => part !== undefined);
  const also = others.join(', ');
  if (entries > 0) {
    return `Recovered ${counted(entries, 'entry', 'entries')} from while I was away${also ? `; also ${also}` : ''}. \`/incident timeline\` shows the timeline.`;
  }
  return `Recovered changes to entries from while I was away: ${also}. \`/incident timeline\` shows the timeline.`;
}
