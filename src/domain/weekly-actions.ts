import type { ActionItem } from './action-items.ts';
import { localDate } from './clock-words.ts';
import { parseMarkdown, wordsOf } from './markdown.ts';
import { asTyped, counted } from './sentence.ts';
import { type Instant, incidentName, type PersonId } from './words.ts';
import { DAY_MS } from './zone-offsets.ts';

/** An open action item as the weekly list tells it. */
export interface ListedItem {
  incident: number;
  title: string;
  item: ActionItem;
  addedAt: Instant;
}

const SHOWN = 40;
const WORDS_MAX = 120;

/** The open action items by age, the oldest first; nothing where there are none. Markdown. */
export function weeklyActions(
  items: readonly ListedItem[],
  zone: string,
  now: Instant,
  call: (person: PersonId) => string,
): string | undefined {
  if (items.length === 0) return undefined;
  const today = localDate(now, zone);
  const oldestFirst = items.toSorted((a, b) => a.addedAt - b.addedAt || a.incident - b.incident);
  const late = items.filter(({ item }) => item.due !== undefined && item.due < today).length;
  const free = items.filter(({ item }) => item.owner === undefined).length;
  const notes = [
    late > 0 ? `${late} past ${late === 1 ? 'its' : 'their'} day` : undefined,
    free > 0 ? `${free} without an owner` : undefined,
  ].filter((note) => note !== undefined);
  const more = items.length - SHOWN;
  return [
    `🔨 **${counted(items.length, 'open action item')}, by age**${notes.length > 0 ? `: ${notes.join(', ')}` : ''}`,
    ...paragraphs(oldestFirst.slice(0, SHOWN).map((listed) => `• ${lineOf(listed, today, now, call)}`)),
    ...(more > 0 ? [`… and ${more} younger ones.`] : []),
  ].join('\n\n');
}

/** A message is cut between these. */
function paragraphs(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (let start = 0; start < lines.length; start += 10)
    found.push(lines.slice(start, start + 10).join('\n'));
  return found;
}

function lineOf(
  { incident, title, item, addedAt }: ListedItem,
  today: string,
  now: Instant,
  call: (person: PersonId) => string,
): string {
  const words = wordsOf(parseMarkdown(item.title)).replaceAll(/\s+/g, ' ').trim();
  const short = [...words].length > WORDS_MAX ? `${[...words].slice(0, WORDS_MAX - 1).join('')}…` : words;
  const what = item.url === undefined ? asTyped(short) : `[${asTyped(short)}](${item.url})`;
  const due = item.due === undefined ? undefined : `due ${item.due}${item.due < today ? ', **late**' : ''}`;
  const parts = [
    `**${ageWords(now - addedAt)}** ${what}`,
    item.owner === undefined ? 'nobody yet' : asTyped(call(item.owner)),
    due,
    item.url === undefined ? 'no issue' : undefined,
    `${incidentName(incident)} ${asTyped(title)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** `today`, `6 days`, `5 weeks`, `2 years` */
function ageWords(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days < 1) return 'today';
  if (days < 14) return counted(days, 'day');
  if (days < 70) return counted(Math.floor(days / 7), 'week');
  return days < 730 ? counted(Math.floor(days / 30), 'month') : counted(Math.floor(days / 365), 'year');
}
