import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerAboutDeleted } from '../../src/domain/deleted-source.ts';
import { entryOfMessage, type Mark } from '../../src/domain/entries.ts';
import { followMessage } from '../../src/domain/follow.ts';
import { followMade } from '../../src/domain/follow-made.ts';
import { type HeardMessage, type HeardReaction, markOf } from '../../src/domain/heard.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import { recoveredBy, recoveredWords } from '../../src/domain/recovery.ts';
import { DECLARED, entriesOf, given, ID, NOW, numbered } from './given.ts';

const CHANNEL = 'C1';
const T = (micros: number) => `1755014400.${String(micros).padStart(6, '0')}`;
const PEOPLE = ['U0ANA', 'U0BEN', 'U0CHI'];
const MARKS: Mark[] = ['timeline', 'action_item', 'lesson', 'update'];

/** What happens in a channel, in the order in which it happens. Indices wrap around what there is. */
type Act =
  | { do: 'say' }
  | { do: 'edit'; message: number }
  | { do: 'delete'; message: number }
  | { do: 'put' | 'take'; message: number; person: number; mark: number };

/** What is told of it. */
type News = { ts: string } & (
  | { words: string; version: string }
  | { gone: true; words: string; version: string }
  | { mark: Mark; person: string; putAt?: string; goneAt?: string }
);

interface Written {
  ts: string;
  text: string;
  deleted: boolean;
  reactions: Set<string>;
}

const act = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'say' }) },
  fc.record({ do: fc.constant('edit' as const), message: fc.nat(5) }),
  fc.record({ do: fc.constant('delete' as const), message: fc.nat(5) }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('put' as const, 'put' as const, 'take' as const),
      message: fc.nat(5),
      person: fc.nat(PEOPLE.length - 1),
      mark: fc.nat(MARKS.length - 1),
    }),
  },
);

/** Lets the acts happen: the channel at the end, and the news in their true order. */
function happen(acts: readonly Act[]): { channel: Written[]; news: News[] } {
  const channel: Written[] = [];
  const news: News[] = [];
  let clock = 0;
  const tick = () => {
    clock += 1;
    return T(clock);
  };
  for (const one of acts) {
    const at = tick();
    if (one.do === 'say') {
      channel.push({ ts: at, text: `said ${at}`, deleted: false, reactions: new Set() });
      news.push({ ts: at, words: `said ${at}`, version: `${at} ${at}` });
      continue;
    }
    const message = channel[one.message % Math.max(1, channel.length)];
    if (!message || message.deleted) continue;
    const { ts } = message;
    if (one.do === 'edit') {
      message.text = `edited ${at}`;
      news.push({ ts, words: message.text, version: `${at} ${at}` });
    } else if (one.do === 'delete') {
      message.deleted = true;
      news.push({ ts, gone: true, words: message.text, version: `${at} ${at}` });
    } else {
      const [mark, person] = [MARKS[one.mark] ?? 'timeline', PEOPLE[one.person] ?? 'U0ANA'];
      const key = `${mark} ${person}`;
      if ((one.do === 'put') === message.reactions.has(key)) continue;
      if (one.do === 'put') message.reactions.add(key);
      else message.reactions.delete(key);
      news.push({ ts, mark, person, ...(one.do === 'put' ? { putAt: at } : { goneAt: at }) });
    }
  }
  return { channel, news };
}

/** A bot that hears news in any order: what it heard, by the rules of its store, and the log that it writes. */
function listener() {
  const words = new Map<string, { text: string; version: string }>();
  const gone = new Set<string>();
  const reactions = new Map<string, HeardReaction & { ts: string }>();
  let story = given();
  const later = (a: string | undefined, b: string | undefined) => ((a ?? '') > (b ?? '') ? a : b);

  function keep(one: News): void {
    if ('words' in one) {
      const known = words.get(one.ts);
      if (!known || known.version < one.version) words.set(one.ts, { text: one.words, version: one.version });
      if ('gone' in one) gone.add(one.ts);
      return;
    }
    const key = `${one.ts} ${one.mark} ${one.person}`;
    const known = reactions.get(key);
    const [putAt, goneAt] = [later(known?.putAt, one.putAt), later(known?.goneAt, one.goneAt)];
    const { ts, mark, person } = one;
    reactions.set(key, { ts, mark, person, ...(putAt ? { putAt } : {}), ...(goneAt ? { goneAt } : {}) });
  }

  function heard(ts: string): HeardMessage {
    const source = { channel: CHANNEL, ts };
    const known = words.get(ts);
    return {
      source,
      ...(known
        ? {
            message: {
              source,
              at: NOW,
              author: 'U0ANA',
              content: { text: known.text, quote: true },
              version: known.version,
            },
          }
        : {}),
      deleted: gone.has(ts),
      reactions: [...reactions.values()].filter((reaction) => reaction.ts === ts),
    };
  }

  return {
    hears(one: News) {
      keep(one);
      const { ts } = one;
      const { facts } = story
        .when((incident, entry) =>
          followMessage(incident, entry(entryOfMessage({ channel: CHANNEL, ts })), heard(ts), NOW),
        )
        .next();
      // Decided on what is heard until now, not on what will be.
      story = given(...facts.slice(1));
    },
    get story() {
      return story;
    },
  };
}

/** What the channel's end calls for, message by message. */
function calledFor(channel: readonly Written[]) {
  return channel
    .filter(({ reactions }) => reactions.size > 0)
    .map(({ ts, text, deleted, reactions }) => ({
      id: entryOfMessage({ channel: CHANNEL, ts }),
      text,
      deleted,
      marks: [...reactions].sort(),
      update: [...reactions].some((key) => key.startsWith('update')),
    }));
}

function standing(story: ReturnType<typeof given>) {
  return entriesOf(story.facts)
    .filter(({ removed }) => !removed)
    .map(({ id, content, kind, marks, sourceDeleted = false }) => ({
      id,
      text: content.text,
      deleted: sourceDeleted,
      marks: marks.map(({ mark, person }) => `${mark} ${person}`).sort(),
      update: kind === 'update',
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the messages say that bear this mark in the end: so do the action items and lessons made of them. */
function wordsMarked(channel: readonly Written[], mark: Mark): string[] {
  const marked = channel.filter(({ reactions }) => [...reactions].some((key) => key.startsWith(mark)));
  return marked.map(({ text }) => text).sort();
}

function standingWords(made: readonly { text: string; withdrawn: boolean }[]): string[] {
  return made
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ text }) => text)
    .sort();
}

/** Any order, and some of it more than once. */
const anyDelivery = fc.array(act, { maxLength: 30 }).chain((acts) => {
  const { channel, news } = happen(acts);
  const order = fc.shuffledSubarray(
    [...news, ...news].map((_, index) => index),
    { minLength: news.length * 2 },
  );
  return order.map((indices) => ({
    channel,
    news,
    delivered: indices.map((index) => news[index % news.length]).filter((one) => one !== undefined),
  }));
});

describe('a conversation heard in any order, with repeats', () => {
  test('ends as the timeline that the channel’s end calls for', () => {
    fc.assert(
      fc.property(anyDelivery, ({ channel, delivered }) => {
        const bot = listener();
        for (const one of delivered) bot.hears(one);
        expect(standing(bot.story)).toEqual(calledFor(channel));
        const { actions, lessons } = bot.story.incident;
        expect(standingWords(actions.map(({ title, ...item }) => ({ ...item, text: title })))).toEqual(
          wordsMarked(channel, 'action_item'),
        );
        expect(standingWords(lessons)).toEqual(wordsMarked(channel, 'lesson'));
      }),
      { numRuns: 1_000 },
    );
  });

  test('ends as if heard in its own order, with what can be restored', () => {
    fc.assert(
      fc.property(anyDelivery, ({ news, delivered }) => {
        const [inOrder, anyhow] = [listener(), listener()];
        for (const one of news) inOrder.hears(one);
        for (const one of delivered) anyhow.hears(one);
        const restorable = (bot: ReturnType<typeof listener>) =>
          entriesOf(bot.story.facts)
            .map(({ id, removed }) => `${id} ${removed}`)
            .sort();
        expect(restorable(anyhow)).toEqual(restorable(inOrder));
      }),
      { numRuns: 500 },
    );
  });

  test('is one log: read from the beginning after any restart it is the same incident, each thing recorded once', () => {
    fc.assert(
      fc.property(anyDelivery, ({ delivered }) => {
        const bot = listener();
        for (const one of delivered) bot.hears(one);
        const { facts, incident } = bot.story;
        const keys = facts.flatMap(({ key }) => key ?? []);
        expect(new Set(keys).size).toBe(keys.length);
        expect(foldIncident(ID, numbered([DECLARED, ...facts.slice(1)]))).toEqual(incident);
      }),
    );
  });
});

const SAID: News = { ts: T(1), words: 'said', version: `${T(1)} ${T(1)}` };
const PINNED: News = { ts: T(1), mark: 'timeline', person: 'U0BEN', putAt: T(2) };

describe('a message that is in the timeline', () => {
  test('is edited: the entry says the new words and keeps the former ones', () => {
    const bot = listener();
    for (const one of [SAID, PINNED]) bot.hears(one);
    bot.hears({ ts: T(1), words: 'said better', version: `${T(3)} ${T(3)}` });
    expect(entriesOf(bot.story.facts)).toMatchObject([
      { content: { text: 'said better' }, formerTexts: ['said'], removed: false },
    ]);
  });

  const HAMMER: News = { ts: T(1), mark: 'action_item', person: 'U0BEN', putAt: T(2) };
  const BETTER: News = { ts: T(1), words: 'said better', version: `${T(3)} ${T(3)}` };

  test('is edited: an action item made of it keeps the words that somebody gave it, and an issue its own', () => {
    const bot = listener();
    for (const one of [SAID, HAMMER]) bot.hears(one);
    const id = entryOfMessage({ channel: CHANNEL, ts: T(1) });
    const follow = (...facts: Parameters<typeof given>) =>
      followMade(
        given(...bot.story.facts.slice(1), ...facts).incident,
        id,
        { before: 'said', after: 'said better' },
        NOW,
      );
    const by = { kind: 'person', id: 'U0BEN' } as const;
    expect(follow().facts).toMatchObject([{ type: 'action-changed', action: '1', title: 'said better' }]);
    expect(follow({ type: 'action-changed', action: '1', title: 'Rotate it', by, at: NOW })).toEqual({
      facts: [],
      effects: [],
    });
    const url = 'https://github.com/o/r/issues/1';
    expect(follow({ type: 'action-linked', action: '1', url, by, at: NOW })).toMatchObject({
      facts: [],
      effects: [{ do: 'say', text: expect.stringContaining(`[its issue](${url}) keeps the former words`) }],
    });
    bot.hears(BETTER);
    expect(bot.story.incident.actions).toMatchObject([{ title: 'said better' }]);
  });

  test('is deleted: it stays, marked, and whoever recorded it is asked once', () => {
    const bot = listener();
    for (const one of [SAID, PINNED]) bot.hears(one);
    const gone: News = { ts: T(1), gone: true, words: 'said', version: `${T(1)} ${T(4)}` };
    bot.hears(gone);
    bot.hears(gone);
    expect(entriesOf(bot.story.facts)).toMatchObject([{ sourceDeleted: true, removed: false }]);
    const id = entryOfMessage({ channel: CHANNEL, ts: T(1) });
    const { asked } = bot.story.incident;
    expect(asked).toEqual({
      [id]: { person: 'U0BEN', entries: [{ entry: id, at: NOW, author: 'U0ANA', words: 'said' }] },
    });
    const answered = (person: string, keep: boolean) =>
      bot.story.when((incident, entry) => answerAboutDeleted(incident, entry(id), { person, keep }, NOW));
    answered('U0ANA', false).refused(/for somebody else/);
    expect(answered('U0BEN', true).next().incident.asked?.[id]?.entries[0]?.answer).toBe('kept');
    const out = answered('U0BEN', false).next();
    expect(out.incident.asked?.[id]?.entries[0]?.answer).toBe('removed');
    expect(entriesOf(out.facts)).toMatchObject([{ removed: true, content: { text: 'said' } }]);
  });

  test('changes nothing once the incident is closed', () => {
    const closed = given({
      type: 'status-changed',
      from: 'resolved',
      to: 'closed',
      by: { kind: 'daywatch' },
      at: NOW,
    });
    const source = { channel: CHANNEL, ts: T(1) };
    const reactions = [{ mark: 'timeline' as const, person: 'U0BEN', putAt: T(2) }];
    const message = { source, at: NOW, content: { text: 'late' } };
    const late = followMessage(
      closed.incident,
      undefined,
      { source, message, deleted: false, reactions },
      NOW,
    );
    expect(late.facts).toEqual([]);
  });
});

test('two emoji of one meaning count as one mark, and skin tones as none', () => {
  const reactions = { timeline: ['pushpin', 'thumbsup'], actionItem: [], lesson: [], update: [] };
  expect(markOf(reactions, 'thumbsup::skin-tone-3')).toBe('timeline');
  expect(markOf(reactions, 'eyes')).toBeUndefined();
});

describe('what was recovered', () => {
  test('is counted as it looks', () => {
    const bot = listener();
    bot.hears(SAID);
    const before = entriesOf(bot.story.facts)[0];
    bot.hears(PINNED);
    const pinned = entriesOf(bot.story.facts)[0];
    bot.hears({ ts: T(1), words: 'other', version: `${T(3)} ${T(3)}` });
    const edited = entriesOf(bot.story.facts)[0];
    expect(recoveredBy([{ before, after: pinned }])).toMatchObject({ entries: 1, edited: 0 });
    expect(recoveredBy([{ before: pinned, after: edited }])).toMatchObject({ entries: 0, edited: 1 });
    expect(recoveredBy([{ before: edited, after: edited }])).toMatchObject({ entries: 0, edited: 0 });
  });

  test.each([
    [{ entries: 7, edited: 0, removed: 0, deleted: 0 }, 'Recovered 7 entries from while I was away. '],
    [
      { entries: 1, edited: 2, removed: 1, deleted: 3 },
      'Recovered 1 entry from while I was away; also 2 edited, 1 taken out, 3 whose message was deleted. ',
    ],
    [
      { entries: 0, edited: 1, removed: 0, deleted: 0 },
      'Recovered changes to entries from while I was away: 1 edited. ',
    ],
  ])('%j is said in one line', (recovered, words) => {
    expect(recoveredWords(recovered)).toBe(`${words}\`/incident timeline\` shows the timeline.`);
  });
});
