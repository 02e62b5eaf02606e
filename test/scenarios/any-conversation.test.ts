import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../src/stand-ins/slack/types.ts';
import { entriesOf } from '../faults/entries.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared } from './eyes.ts';

const PEOPLE = ['U0BEN', 'U0ANA', 'U0DORA'] as const;
const EMOJI = ['pushpin', 'hammer', 'bulb', 'mega', 'eyes'] as const;
const MEANT: readonly string[] = EMOJI.slice(0, 4);

let s: Scenario;
beforeAll(async () => {
  s = await startScenario();
});
afterAll(() => s[Symbol.asyncDispose]());

const act = fc.record({
  do: fc.constantFrom('say', 'reply', 'edit', 'delete', 'put', 'put', 'put', 'take'),
  which: fc.nat(30),
  person: fc.nat(2),
  emoji: fc.nat(4),
});
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** One event is lost, one comes twice, all of them in any order. */
const fate = fc.record({ lost: fc.boolean(), twice: fc.boolean(), place: fc.nat(1_000) });

/** Lets people do it in the channel; what cannot be done is left out. */
function happens(channel: string, acts: readonly Act[]): void {
  const said: { ts: string; author: string; parent?: string }[] = [];
  for (const { do: what, which, person, emoji } of acts) {
    const who = PEOPLE[person] ?? 'U0BEN';
    const message = said[which % Math.max(1, said.length)];
    try {
      if (what === 'say' || (what === 'reply' && !message)) {
        said.push({ ts: s.slack.say(who, channel, `Words ${said.length}`).ts, author: who });
      } else if (!message) continue;
      else if (what === 'reply') {
        const parent = message.parent ?? message.ts;
        const { ts } = s.slack.say(who, channel, `Words ${said.length}`, { threadTs: parent });
        said.push({ ts, author: who, parent });
      } else if (what === 'edit') {
        s.slack.edit(message.author, channel, message.ts, `Edited by ${message.author}, ${which}`);
      } else if (what === 'delete') s.slack.remove(message.author, channel, message.ts);
      else if (what === 'put') s.slack.react(who, channel, message.ts, EMOJI[emoji] ?? 'eyes');
      else s.slack.unreact(who, channel, message.ts, EMOJI[emoji] ?? 'eyes');
    } catch {
      // It was deleted, or reacted to so already.
    }
  }
}

/** The words of what stands in the channel at the end with a reaction that means something; a tombstone is nobody's. */
function calledFor(channel: string): string[] {
  const inChannel = s.slack.messages(channel);
  const all = [...inChannel, ...inChannel.flatMap(({ ts }) => s.slack.replies(channel, ts))];
  const meant = all.filter(
    ({ user, subtype, reactions }) =>
      user !== 'UDAYWATCH' &&
      subtype !== 'tombstone' &&
      (reactions ?? []).some(({ name }) => MEANT.includes(name)),
  );
  return [...new Map(meant.map(({ ts, text }) => [ts, text])).values()].sort();
}

test('any conversation, heard in any order with losses and repeats and cut by a restart, ends as the channel does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 20, maxLength: 60 }),
      fc.array(fate, { minLength: 10, maxLength: 40 }),
      async (acts, fates) => {
        const channel = await declared(s, 'U0BEN', `sev3 Any talk ${randomUUID()}`);
        const { name } = s.slack.channel(channel);
        for (const person of PEOPLE)
          if (!s.slack.members(channel).includes(person)) s.slack.join(person, name);
        await s.quiet();
        s.slack.hold(() => true);
        happens(channel, acts);
        s.slack.release((held) => delivered(held, fates));
        await s.quiet();
        // Half of them go on talking while nobody listens.
        await s.awayWhile(2, 0, () => happens(channel, acts.toReversed()));
        await s.pass(1);
        const entries = (await entriesOf(s, channel)).filter(({ removed }) => !removed);
        const standing = entries.filter(({ sourceDeleted }) => !sourceDeleted);
        expect(standing.map(({ content }) => content.text).sort()).toEqual(calledFor(channel));
        const keys = entries.map(({ id }) => id);
        expect(new Set(keys).size).toBe(keys.length);
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
  expect(s.slack.problems).toEqual([]);
}, 120_000);

function delivered(held: Json[], fates: readonly { lost: boolean; twice: boolean; place: number }[]): Json[] {
  const fateOf = (index: number) => fates[index % fates.length] ?? { lost: false, twice: false, place: 0 };
  return held
    .flatMap((body, index) => {
      const { lost, twice, place } = fateOf(index);
      if (lost && index % 3 === 0) return [];
      return [{ body, place }, ...(twice ? [{ body, place: place * 7 }] : [])];
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ body }) => body);
}
