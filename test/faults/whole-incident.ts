import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Outside } from '../../src/stand-ins/outside.ts';
import { factsOf } from '../../src/store/incidents.ts';
import { incidentOfRow } from '../../src/store/rows.ts';
import { wordsOf } from '../harness/scenario.ts';
import { slugOf } from './points.ts';

/** Said where PagerDuty seemed to fail, and took it back; true, and no part of every declare. */
const OF_TROUBLE = /^notice:page-(failed|reached):/;

/** All that a declared sev1 with a page has outside is there, and there once. Throws what is amiss. */
export function expectDeclaredOnce(outside: Outside, title: string, declarer = 'U0BEN'): void {
  const { slack, pagerduty } = outside;
  const id = onlyChannel(outside, title);
  const holders = declarer === '' ? [] : [declarer];
  expect(slack.members(id), title).toEqual(expect.arrayContaining(['UDAYWATCH', ...holders]));
  expect(slack.members(id).length, title).toBe(2);
  expect(slack.channel(id).topic, title).toContain(title);
  const bookmarks = slack.bookmarks(id).map((bookmark) => bookmark.title);
  expect(bookmarks.toSorted(), title).toEqual(['Incident card', 'PagerDuty page 1']);
  expect(slack.pins(id).map(markerOf), title).toEqual(['card']);
  const messages = ownMessages(outside, id);
  expect(new Set(messages).size, `${title}: ${messages}`).toBe(messages.length);
  const standing = messages.filter((message) => !OF_TROUBLE.test(message));
  expect(standing.toSorted(), title).toEqual(['card', 'notice:paged:1']);
  expect(ownMessages(outside, 'incidents', title), title).toEqual(['announcement']);
  expect(ownMessages(outside, slack.directChannel('U0ANA'), title), title).toEqual(['page:1']);
  const pages = pagerduty.incidents().filter((booked) => booked.title.includes(title));
  expect(
    pages.map(({ assignees, status }) => ({ assignees, status })),
    title,
  ).toEqual([{ assignees: ['PANA01'], status: 'triggered' }]);
}

/** Nobody has ever heard of an incident of this title. */
export function expectNothing({ slack, pagerduty }: Outside, title: string): void {
  expect(slack.channels().filter(({ name }) => name.includes(slugOf(title)))).toEqual([]);
  expect(slack.messages('incidents').map(wordsOf).join('\n')).not.toContain(title);
  expect(slack.directMessages('U0ANA').map(wordsOf).join('\n')).not.toContain(title);
  expect(
    pagerduty
      .incidents()
      .map((booked) => booked.title)
      .join('\n'),
  ).not.toContain(title);
}

/** The id of the one channel of the incident of this title; its name bears no second suffix. */
export function onlyChannel({ slack }: Outside, title: string): string {
  const channels = slack.channels().filter(({ name }) => name.includes(slugOf(title)));
  expect(
    channels.map(({ name }) => name.replace(/^inc-\d+-/, '')),
    title,
  ).toEqual([slugOf(title)]);
  return channels[0]?.id ?? '';
}

/** The channel once its declarer is in it: from then on the bot knows it for the incident's. */
export function openedChannel(outside: Outside, title: string, declarer = 'U0BEN'): string {
  const id = onlyChannel(outside, title);
  expect(outside.slack.members(id), title).toContain(declarer);
  return id;
}

/** What the bot's messages in a channel stand for, oldest first; with words, only those that hold them. */
export function ownMessages({ slack }: Outside, channel: string, words = ''): string[] {
  return slack
    .messages(channel)
    .filter((message) => wordsOf(message).includes(words))
    .flatMap((message) => markerOf(message) ?? []);
}

function markerOf(message: { metadata?: { event_payload: Record<string, unknown> } }): string | undefined {
  const marker = message.metadata?.event_payload.message;
  return typeof marker === 'string' ? marker : undefined;
}

/** What the database says of every incident, by number; without what PagerDuty says when it happens to be asked. */
export async function timelinesOf(app: App): Promise<{ number: number; title: string; types: string[] }[]> {
  const { prisma } = app.core.store.database;
  const rows = await prisma.incident.findMany({ orderBy: { number: 'asc' }, select: { state: true } });
  const told = [];
  for (const row of rows) {
    const { number, title } = incidentOfRow(row);
    const facts = await factsOf(prisma, number);
    told.push({
      number,
      title,
      types: facts.map(({ type }) => type).filter((type) => type !== 'page-delivered'),
    });
  }
  return told;
}
