import { excerptLine } from './excerpt.ts';
import type { Incident } from './incident.ts';
import { momentWords } from './moment-words.ts';
import { stageOf } from './retrospective.ts';
import { asTyped, mention } from './sentence.ts';
import type { Entry } from './timeline.ts';
import { type EntryKind, type Instant, incidentName, type MessageRef, type PersonId } from './words.ts';

/** How somebody's last look is known: it is said with the time. */
export type SinceWhen = 'asked' | 'looked' | 'wrote' | 'declared';

export interface CatchUp {
  since: Instant;
  why: SinceWhen;
  reader: PersonId;
  /** The reader's zone. */
  zone: string;
  now: Instant;
  /** Lines a kind, at most. */
  lines: number;
  link(source: MessageRef): string | undefined;
}

const KINDS: readonly { title: string; kinds: readonly EntryKind[] }[] = [
  { title: 'State', kinds: ['status'] },
  { title: 'Pages', kinds: ['page'] },
  { title: 'Roles', kinds: ['role'] },
  { title: 'Alerts and reports of users', kinds: ['alert', 'report'] },
  { title: 'Updates that went out', kinds: ['update'] },
  { title: 'What people wrote', kinds: ['message', 'note'] },
  { title: 'Action items', kinds: ['action'] },
];

const LINE_MAX = 160;

const WHY: Record<SinceWhen, string> = {
  asked: '',
  looked: ', when you last looked',
  wrote: ', when you last wrote',
  declared: ', when it was declared',
};

/** What came into the timeline since then, others' doing only: short, by kind, the newest of each. Markdown. */
export function catchUp(incident: Incident, entries: readonly Entry[], asked: CatchUp): string {
  const { since, why, zone, now } = asked;
  const name = incidentName(incident.number);
  const when = `${momentWords({ at: since }, zone, now)}${WHY[why]}`;
  const fresh = missedBy(entries, asked);
  if (fresh.length === 0)
    return `**${name}**: nothing has happened since ${when}. Now: ${standing(incident)}.`;
  const groups = KINDS.flatMap(({ title, kinds }) => {
    const some = fresh.filter(({ kind }) => kinds.includes(kind));
    return some.length > 0 ? [groupOf(title, some, asked)] : [];
  });
  const head = `**${name} ${asTyped(incident.title)}** since ${when}. Now: ${standing(incident)}.`;
  return [head, ...groups].join('\n');
}

/** Whether anything is new to the reader. */
export function missedBy(
  entries: readonly Entry[],
  { since, reader }: Pick<CatchUp, 'since' | 'reader'>,
): Entry[] {
  return entries.filter(({ recordedAt, recordedBy, removed }) => {
    const own = recordedBy.kind === 'person' && recordedBy.id === reader;
    return !removed && !own && recordedAt > since;
  });
}

function standing(incident: Incident): string {
  const { severity, roles } = incident;
  return `${stageOf(incident)}, ${severity}${roles.responder ? `; ${mention(roles.responder)} leads` : ''}`;
}

function groupOf(title: string, entries: readonly Entry[], { zone, now, lines, link }: CatchUp): string {
  const shown = entries.slice(-lines);
  const earlier = entries.length - shown.length;
  const rows = shown.map(({ moment, content, author, origin, kind, source }) => {
    const who = origin === 'daywatch' || kind === 'alert' ? '' : speaker(author, source);
    const url = source && link(source);
    const where = url ? ` ([message](${url}))` : '';
    return `• ${momentWords(moment, zone, now)} ${who}${wordsIn(content)}${where}`;
  });
  const more = earlier > 0 ? [`• … and ${earlier} earlier: \`/incident timeline\``] : [];
  return [`**${title}**`, ...more, ...rows].join('\n');
}

function speaker(author: Entry['author'], source: MessageRef | undefined): string {
  if (author.kind === 'person') return `${mention(author.id)}: `;
  return author.kind === 'service' && source ? `${asTyped(author.name)}: ` : '';
}

function wordsIn({ text, files = [] }: Entry['content']): string {
  const names = files.map(({ name }) => asTyped(name)).join(', ');
  return `${excerptLine(text, LINE_MAX)}${names ? ` 📎 ${names}` : ''}`;
}
