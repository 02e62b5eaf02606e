import type { RecordedMessage } from '../domain/entries.ts';
import type { EntryFile } from '../domain/facts.ts';
import { wordless } from '../domain/files.ts';
import { memberById, nameOf } from '../domain/people.ts';
import type { Team } from '../domain/team.ts';
import type { KnownNames } from './known-names.ts';
import { markdownFromSlack } from './text/from-slack.ts';
import { recordsIn, stringOf } from './text/slack-names.ts';

/** The fields of a message that are used; Slack's are many more. */
interface SlackMessage {
  ts: string;
  user?: string;
  bot_id?: string;
  bot_profile?: { name?: unknown };
  username?: unknown;
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
  files?: unknown[];
  edited?: { ts?: unknown };
}

/** A message of Slack as the rules need it: its own time, its words as Markdown. */
export function readMessage(
  channel: string,
  message: object,
  team: Team,
  known: Pick<KnownNames, 'channel' | 'group'>,
): RecordedMessage {
  const slack = message as SlackMessage;
  const words = markdownFromSlack(slack, {
    person: (id) => nameOf(team, id),
    channel: (id) => known.channel(id) ?? id,
    group: (id) => known.group(id) ?? id,
  });
  const files = slack.files && filesOf(slack.files);
  return {
    source: { channel, ts: slack.ts },
    at: Math.floor(Number(slack.ts) * 1000),
    version: versionOf(slack),
    ...authorOf(slack, team),
    content: {
      text: words.text || wordless(files ?? []),
      quote: true,
      ...(words.code === undefined ? {} : { code: words.code }),
      ...(files === undefined || files.length === 0 ? {} : { files }),
    },
  };
}

/** Other bots have names of their own; one that writes in the name of a person of the team's file is that person. */
function authorOf(slack: SlackMessage, team: Team): Pick<RecordedMessage, 'author' | 'service'> {
  const { user, bot_id: bot, bot_profile: profile, username } = slack;
  if (user !== undefined && (bot === undefined || memberById(team, user))) return { author: user };
  if (bot === undefined) return {};
  return { service: stringOf(username) || stringOf(profile?.name) || 'another bot' };
}

/** Two states of a message differ by the time of the last edit, else by the time at which they were heard of. */
export function versionOf(message: object, heardAt?: string): string {
  const { ts, edited } = message as SlackMessage;
  return `${typeof edited?.ts === 'string' ? edited.ts : ts} ${heardAt ?? ts}`;
}

/** Slack leaves the place of a file that was deleted, with its id alone. */
function filesOf(files: unknown[]): EntryFile[] {
  return recordsIn(files).flatMap((file): EntryFile[] => {
    const id = stringOf(file.id);
    if (id === '') return [];
    const name = (stringOf(file.title) || stringOf(file.name)).replaceAll(/\s+/g, ' ').trim() || 'file';
    const link = stringOf(file.permalink);
    return [
      {
        id,
        name: nameWithEnding(name, stringOf(file.name)),
        type: stringOf(file.mimetype),
        size: typeof file.size === 'number' ? file.size : 0,
        ...(/^https?:\/\//.test(link) ? { link } : {}),
        ...(file.mode === 'tombstone' ? { gone: true } : {}),
      },
    ];
  });
}

/** A title says what it is, and the name how to open it. */
function nameWithEnding(title: string, name: string): string {
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  return title.toLowerCase().endsWith(ending.toLowerCase()) ? title : `${title}${ending}`;
}
