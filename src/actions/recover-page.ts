import type { Core } from '../core.ts';
import { historyRead } from '../domain/adopt.ts';
import type { Effect } from '../domain/decision.ts';
import { followMessages } from '../domain/follow.ts';
import { markOf } from '../domain/heard.ts';
import type { Incident } from '../domain/incident.ts';
import { countRecovered, recoveredBy } from '../domain/recovery.ts';
import type { Instant, PersonId } from '../domain/words.ts';
import {
  absentFrom,
  keepDeletions,
  keepReactions,
  keepWords,
  type ReactionHeard,
  type SeenMessage,
} from '../store/heard.ts';
import type { PastMessage } from '../world.ts';
import { changeIncident } from './change.ts';
import { readFollowed } from './follow-messages.ts';

/** Where a page of history stands, and which stretch of it the page covers without a gap. */
export interface Stretch {
  channel: string;
  /** The thread that was read; absent where it was the channel itself. */
  parent?: string;
  /** Chat times; nothing outside is judged by this page. */
  after: string;
  before: string;
}

/** What is read was so a little before it was read: the clocks of two machines differ. */
const CLOCKS_DIFFER_MS = 5_000;
/** Entries changed in one transaction. */
const AT_ONCE = 20;
/** ✅ are put on as slowly as Slack allows them, and those of people who wait come in between. */
const BETWEEN_MARKS_MS = 2_000;
const MARKS_AT_ONCE = 10;

/**
 * Keeps what a page of history shows as if it had been heard, and lets the entries follow. What the channel shows is
 * the truth about texts, reactions and deletions. Doing it twice changes nothing.
 * @returns when the last ✅ of it is put on
 */
export async function recoverPage(
  core: Core,
  incident: Incident,
  run: string,
  page: readonly PastMessage[],
  stretch: Stretch,
  lastMark: Instant,
): Promise<Instant> {
  const { prisma } = core.store.database;
  const { chat } = core.world;
  const { channel } = stretch;
  const seenAt = chat.timeOf(core.store.now().getTime() - CLOCKS_DIFFER_MS);
  const before = stretch.before < seenAt ? stretch.before : seenAt;
  const found = page.map(({ ts }) => ts);
  const absent = await absentFrom(prisma, stretch, { after: stretch.after, before }, found);
  const gone = [...absent, ...page.filter(({ kind }) => kind === 'gone').map(({ ts }) => ts)];
  const telling = page.filter((message) => isTelling(core, message));
  await chat.learnNames(telling.map(({ body }) => body));
  const words = telling.map(({ body }) => ({
    message: body as SeenMessage,
    version: chat.version(body, seenAt),
  }));
  const awaited = [
    ...(await keepWords(prisma, channel, words)),
    ...(await keepDeletions(prisma, channel, gone, seenAt)),
  ];
  const reactions = await reactionsOn(core, channel, telling, awaited, seenAt);
  await keepReactions(prisma, channel, reactions);
  const touched = [...new Set([...awaited, ...reactions.map(({ ts }) => ts)])].sort();
  const adopting = incident.history !== undefined && !incident.history.done;
  let entries = 0;
  let marked = lastMark;
  for (let from = 0; from < touched.length; from += AT_ONCE) {
    const sources = touched.slice(from, from + AT_ONCE).map((ts) => ({ channel, ts }));
    await changeIncident(core.store, { number: incident.number }, async (now, reads) => {
      const at = core.store.now().getTime();
      const messages = await readFollowed(core, reads, sources);
      const followed = followMessages(now, messages, at, ({ recordedBy }) =>
        recordedBy.kind === 'person' ? `${run}-${recordedBy.id}` : run,
      );
      const paced = slowly(followed.effects, marked, at);
      marked = paced.lastMark;
      const recovered = recoveredBy(followed.entries);
      entries += recovered.entries;
      return {
        // What an adopted channel held before is no news of a time without the bot.
        facts: [...followed.facts, ...(adopting ? [] : countRecovered(recovered, at))],
        effects: paced.effects,
      };
    });
  }
  if (adopting) {
    const read = { messages: words.length, entries, done: false };
    await changeIncident(core.store, { number: incident.number }, (now) =>
      historyRead(now, read, core.store.now().getTime()),
    );
  }
  return marked;
}

/** People's words; the bot's own only where somebody reacted to them. */
function isTelling(core: Core, { kind, reactions }: PastMessage): boolean {
  if (kind === 'words') return true;
  return kind === 'own' && reactions.some(({ emoji }) => markOf(core.team.reactions, emoji));
}

/** Those that stand there, in the order in which the chat lists them, and those that were known and do not. */
async function reactionsOn(
  core: Core,
  channel: string,
  messages: readonly PastMessage[],
  awaited: readonly string[],
  seenAt: string,
): Promise<ReactionHeard[]> {
  const heard: ReactionHeard[] = [];
  const known = await core.store.database.prisma.reaction.findMany({
    where: { channelId: channel, ts: { in: [...awaited] } },
  });
  for (const message of messages) {
    const { ts } = message;
    const standing = (await allReactions(core, channel, message)).flatMap(({ emoji, people }) =>
      people.map((person) => ({ ts, person, emoji })),
    );
    const isStanding = ({ person, emoji }: { person: PersonId; emoji: string }) =>
      standing.some((one) => one.person === person && one.emoji === emoji);
    heard.push(...standing.map((reaction, index) => ({ ...reaction, putAt: laterBy(seenAt, index) })));
    for (const { person, emoji } of known.filter((one) => one.ts === ts && !isStanding(one)))
      heard.push({ ts, person, emoji, goneAt: seenAt });
  }
  return heard;
}

/** Only reactions that mean something; the few messages where the history names some of the people are asked about. */
async function allReactions(core: Core, channel: string, { ts, reactions }: PastMessage) {
  const telling = reactions.filter(({ emoji }) => markOf(core.team.reactions, emoji));
  if (telling.every(({ whole }) => whole)) return telling;
  const all = await core.world.chat.reactions({ channel, ts });
  return all.filter(({ emoji }) => markOf(core.team.reactions, emoji));
}

/** Keeps the order of a list in times of the chat, which count millionths of a second. */
function laterBy(time: string, index: number): string {
  const [seconds = '', fraction = ''] = time.split('.');
  return `${seconds}.${String(Number(fraction) + index).padStart(6, '0')}`;
}

/** ✅ one after the other, from where the last one was planned. */
export function slowly(
  effects: readonly Effect[],
  lastMark: Instant,
  now: Instant,
): { effects: Effect[]; lastMark: Instant } {
  let last = Math.max(lastMark, now - MARKS_AT_ONCE * BETWEEN_MARKS_MS);
  const paced = effects.map((effect) => {
    if (effect.do !== 'mark-message') return effect;
    last += BETWEEN_MARKS_MS;
    return last <= now ? effect : { ...effect, at: last };
  });
  return { effects: paced, lastMark: last };
}
