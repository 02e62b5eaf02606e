import type { RecordedMessage } from '../domain/entries.ts';
import { nameOf } from '../domain/people.ts';
import type { Team } from '../domain/team.ts';
import { markdownFromSlack } from './text/from-slack.ts';

/** The fields of a message that are used; Slack's are many more. */
interface SlackMessage {
  ts: string;
  user?: string;
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
  files?: unknown[];
}

/** A message of Slack as the rules need it: its own time, its words as Markdown. */
export function readMessage(channel: string, message: object, team: Team): RecordedMessage {
  const slack = message as SlackMessage;
  const words = markdownFromSlack(slack, {
    person: (id) => nameOf(team, id),
    channel: (id) => id,
    group: (id) => id,
  });
  return {
    source: { channel, ts: slack.ts },
    at: Math.floor(Number(slack.ts) * 1000),
    ...(slack.user === undefined ? {} : { author: slack.user }),
    content: {
      text: words.text || '(no words)',
      quote: true,
      ...(words.code === undefined ? {} : { code: words.code }),
    },
  };
}
