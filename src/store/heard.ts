import { entryOfMessage } from '../domain/entries.ts';
import type { MessageRef, PersonId } from '../domain/words.ts';
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts';

/** A message as it was seen, in the chat's own shape. */
export type SeenMessage = { ts: string } & Record<string, unknown>;

/** What was heard of one message, however and in whatever order. Times are the chat's own. */
export interface Heard {
  source: MessageRef;
  body?: SeenMessage;
  version?: string;
  deletedAt?: string;
  reactions: { person: PersonId; emoji: string; putAt?: string; goneAt?: string }[];
}

/** Words to keep: the message, and which state of it they are. */
export interface Words {
  message: SeenMessage;
  version: string;
}

/** One person's reaction as it was heard of, put there or taken away. */
export interface ReactionHeard {
  ts: string;
  person: PersonId;
  emoji: string;
  putAt?: string;
  goneAt?: string;
}

type Writer = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>;

/** Of an incident's channel, or somewhere else and in a timeline nevertheless. */
function isOurs(channel: string, ts: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(EXISTS (SELECT 1 FROM incident WHERE channel_id = ${channel})
    OR EXISTS (SELECT 1 FROM fact WHERE entry_id = ${entryPrefix(channel)} || ${ts}))`;
}

function entryPrefix(channel: string): string {
  return entryOfMessage({ channel, ts: '' });
}

/**
 * Keeps words if they are an incident's: one statement for all of them. Of two states of a message the later stays,
 * whichever is heard first; files stay with it where one of the two does not speak of them.
 * @returns those that something is already known of beside the words: a reaction, an entry
 */
export async function keepWords(db: Writer, channel: string, words: readonly Words[]): Promise<string[]> {
  if (words.length === 0) return [];
  const rows = words.map(({ message, version }) => ({ ts: message.ts, version, body: message }));
  const kept = await db.$queryRaw<{ ts: string; awaited: boolean }[]>(Prisma.sql`
    INSERT INTO message (channel_id, ts, body, version)
    SELECT ${channel}::text, said.ts, said.body, said.version
    FROM jsonb_to_recordset(${jsonText(rows)}::jsonb) AS said(ts text, version text, body jsonb)
    WHERE ${isOurs(channel, Prisma.sql`said.ts`)}
    ON CONFLICT (channel_id, ts) DO UPDATE SET
      body = CASE WHEN message.version > excluded.version
        THEN ${withFiles('message', 'excluded')} ELSE ${withFiles('excluded', 'message')} END,
      version = greatest(message.version, excluded.version)
    RETURNING ts, ${isAwaited(channel)} AS awaited`);
  return kept.filter(({ awaited }) => awaited).map(({ ts }) => ts);
}

function withFiles(one: 'message' | 'excluded', other: 'message' | 'excluded'): Prisma.Sql {
  const [a, b] = [Prisma.raw(`${one}.body`), Prisma.raw(`${other}.body`)];
  return Prisma.sql`CASE WHEN jsonb_exists(${a}, 'files') OR NOT jsonb_exists(${b}, 'files') THEN ${a}
    ELSE ${a} || jsonb_build_object('files', ${b}->'files') END`;
}

/** Keeps that messages are gone. @returns those that something else is known of: a reaction, an entry */
export async function keepDeletions(
  db: Writer,
  channel: string,
  gone: readonly string[],
  at: string,
): Promise<string[]> {
  if (gone.length === 0) return [];
  const kept = await db.$queryRaw<{ ts: string; awaited: boolean }[]>(Prisma.sql`
    INSERT INTO message (channel_id, ts, body, deleted_at)
    SELECT ${channel}::text, gone.ts, '{}'::jsonb, ${at}::text
    FROM jsonb_array_elements_text(${jsonText(gone)}::jsonb) AS gone(ts)
    WHERE ${isOurs(channel, Prisma.sql`gone.ts`)}
    ON CONFLICT (channel_id, ts) DO UPDATE SET deleted_at = coalesce(message.deleted_at, excluded.deleted_at)
    RETURNING ts, ${isAwaited(channel)} AS awaited`);
  return kept.filter(({ awaited }) => awaited).map(({ ts }) => ts);
}

/** Something is known of the message beside its words. */
function isAwaited(channel: string): Prisma.Sql {
  return Prisma.sql`(EXISTS (SELECT 1 FROM reaction r WHERE r.channel_id = message.channel_id AND r.ts = message.ts)
    OR EXISTS (SELECT 1 FROM fact WHERE entry_id = ${entryPrefix(channel)} || message.ts))`;
}

/** Messages seen in a stretch of a channel, or of one of its threads, that whoever reads it now does not find there. */
export async function absentFrom(
  db: Writer,
  place: { channel: string; parent?: string },
  stretch: { after: string; before: string },
  found: readonly string[],
): Promise<string[]> {
  const { channel, parent } = place;
  const inPlace =
    parent === undefined
      ? Prisma.sql`(parent IS NULL OR parent = ts OR body->>'subtype' = 'thread_broadcast')`
      : Prisma.sql`parent = ${parent} AND ts <> ${parent}`;
  const rows = await db.$queryRaw<{ ts: string }[]>(Prisma.sql`
    SELECT ts FROM message WHERE channel_id = ${channel} AND version <> '' AND ${inPlace}
      AND ts COLLATE "C" > ${stretch.after} AND ts COLLATE "C" < ${stretch.before}
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(${jsonText(found)}::jsonb) AS f(ts) WHERE f.ts = message.ts)`);
  return rows.map(({ ts }) => ts);
}

/** The threads of a channel in which replies were seen. */
export async function threadsSeen(db: Writer, channel: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ parent: string }[]>(Prisma.sql`
    SELECT DISTINCT parent FROM message WHERE channel_id = ${channel} AND parent <> ts`);
  return rows.map(({ parent }) => parent);
}

/** Keeps reactions if they are on an incident's messages. The latest putting and the latest taking away stay. */
export async function keepReactions(
  db: Writer,
  channel: string,
  reactions: readonly ReactionHeard[],
): Promise<boolean> {
  if (reactions.length === 0) return false;
  const rows = reactions.map(({ putAt, goneAt, ...reaction }) => ({
    ...reaction,
    put_at: putAt ?? null,
    gone_at: goneAt ?? null,
  }));
  const kept = await db.$executeRaw(Prisma.sql`
    INSERT INTO reaction (channel_id, ts, person, emoji, put_at, gone_at)
    SELECT ${channel}::text, put.ts, put.person, put.emoji, put.put_at, put.gone_at
    FROM jsonb_to_recordset(${jsonText(rows)}::jsonb)
      AS put(ts text, person text, emoji text, put_at text, gone_at text)
    WHERE ${isOurs(channel, Prisma.sql`put.ts`)}
    ON CONFLICT (channel_id, ts, person, emoji) DO UPDATE SET
      put_at = greatest(reaction.put_at, excluded.put_at), gone_at = greatest(reaction.gone_at, excluded.gone_at)`);
  return kept > 0;
}

/** JSON that the database takes: it has no place for NUL and for halves of characters. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? inner.toWellFormed().replaceAll('\0', '\uFFFD') : inner,
  );
}

interface HeardRow {
  channel: string;
  ts: string;
  body: Prisma.JsonValue;
  version: string | null;
  deleted_at: string | null;
  reactions: { person: string; emoji: string; put_at: string | null; gone_at: string | null }[] | null;
}

/** What was heard of these messages, one for each of them. */
export async function heardOf(
  db: Pick<PrismaClient, '$queryRaw'>,
  sources: readonly MessageRef[],
): Promise<Heard[]> {
  if (sources.length === 0) return [];
  const rows = await db.$queryRaw<HeardRow[]>(Prisma.sql`
    SELECT wanted.channel, wanted.ts, message.body, message.version, message.deleted_at,
      (SELECT jsonb_agg(jsonb_build_object('person', r.person, 'emoji', r.emoji, 'put_at', r.put_at, 'gone_at', r.gone_at))
        FROM reaction r WHERE r.channel_id = wanted.channel AND r.ts = wanted.ts) AS reactions
    FROM jsonb_to_recordset(${jsonText(sources)}::jsonb) AS wanted(channel text, ts text)
    LEFT JOIN message ON message.channel_id = wanted.channel AND message.ts = wanted.ts`);
  const found = new Map(rows.map((row) => [`${row.channel} ${row.ts}`, row]));
  return sources.map((source) => heardIn(source, found.get(`${source.channel} ${source.ts}`)));
}

function heardIn(source: MessageRef, row: HeardRow | undefined): Heard {
  // An empty version is the mark of a message of which no words were heard.
  const words = row?.version ? { body: row.body as SeenMessage, version: row.version } : {};
  return {
    source,
    ...words,
    ...(row?.deleted_at ? { deletedAt: row.deleted_at } : {}),
    reactions: (row?.reactions ?? []).map(({ person, emoji, put_at, gone_at }) => ({
      person,
      emoji,
      ...(put_at === null ? {} : { putAt: put_at }),
      ...(gone_at === null ? {} : { goneAt: gone_at }),
    })),
  };
}
