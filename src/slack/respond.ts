import type { KnownBlock } from '@slack/web-api';
import type { Gesture, Reply } from './gesture.ts';
import { isSlackUser } from './ids.ts';
import { shorten } from './text/shorten.ts';
import { slackFromMarkdown } from './text/to-slack.ts';
import { section } from './views/blocks.ts';

const DEADLINE_MS = 5_000;
const CHUNK = 2_900;

interface Ephemeral {
  response_type: 'ephemeral';
  text: string;
  blocks: KnownBlock[];
}

/** A reply as Slack shows it to one person only. */
export function ephemeral(reply: Reply): Ephemeral {
  const text = slackFromMarkdown(reply.text, { mention: true });
  return {
    response_type: 'ephemeral',
    text: shorten(text, 3_000),
    blocks: reply.blocks ?? chunks(reply.text).map((part) => section(part)),
  };
}

/** Long answers are cut between lines, never inside one. */
function chunks(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n')) {
    if (part && part.length + line.length > CHUNK) {
      parts.push(part);
      part = '';
    }
    part = part ? `${part}\n${line}` : line;
  }
  return [...parts, part || ' '];
}

/**
 * Tells the person how it went, after the answer to Slack. It tells of what is kept already, so losing it loses
 * nothing: no retry, and a direct message where there is no address to answer to.
 */
export function respond(gesture: Gesture, reply: Reply): void {
  const message = ephemeral(reply);
  const sent = gesture.responseUrl
    ? post(gesture.responseUrl, { ...message, replace_original: reply.replace ?? false })
    : postEphemeral(gesture, message);
  sent.catch((error: unknown) =>
    gesture.core.log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'an answer was lost',
    ),
  );
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!answer.ok) throw new Error(`Slack answered a response_url with HTTP ${answer.status}`);
}

async function postEphemeral(gesture: Gesture, message: Ephemeral): Promise<void> {
  const { person, channelId, quickCall } = gesture;
  if (!isSlackUser(person)) return;
  const { text, blocks } = message;
  if (channelId) {
    const answer = await quickCall<{ ok: boolean }>(
      'chat.postEphemeral',
      { channel: channelId, user: person, text, blocks },
      { accept: ['user_not_in_channel', 'not_in_channel', 'channel_not_found'] },
    );
    if (answer.ok) return;
  }
  const opened = await quickCall<{ channel: { id: string } }>('conversations.open', { users: person });
  await quickCall('chat.postMessage', {
    channel: opened.channel.id,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  });
}
