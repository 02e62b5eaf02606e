import type { ServerResponse } from 'node:http';
import { addMessage, deleteMessage, editMessage } from './acts/messages.ts';
import type { World } from './acts/world.ts';
import { validateMessageBlocks } from './block-kit.ts';
import { BOT } from './identity.ts';
import { isJson, withIds } from './state.ts';
import type { ResponseTarget } from './tickets.ts';
import type { Ephemeral, Json } from './types.ts';

/** A later answer to a command or a button: for the one person, for the channel, or in place of the message. */
export function answerResponseUrl(world: World, response: ServerResponse, id: string, body: Buffer): void {
  const refusal = useUrl(world, id, parse(body));
  world.state.changed();
  if (!refusal) {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok');
    return;
  }
  const status = /_url$/.test(refusal) ? 404 : 400;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: false, error: refusal }));
}

/** Does what the answer says, or says why not. */
function useUrl(world: World, id: string, content: Json | undefined): string | undefined {
  const used = world.tickets.useResponse(id);
  if ('error' in used) return used.error;
  if (!content) return 'invalid_payload';
  if (content.blocks !== undefined && validateMessageBlocks(content.blocks).length > 0)
    return 'invalid_blocks';
  if (!content.delete_original && !content.text && !content.blocks) return 'no_text';
  take(world, used.target, content);
  return undefined;
}

/** Shows somebody words that only they see; answers what was shown. */
export function showEphemeral(world: World, target: ResponseTarget, content: Json): Ephemeral {
  const shown: Ephemeral = {
    id: world.state.nextTs(),
    user: target.user,
    channel: target.channel,
    ...contentOf(world, content),
    ...(typeof content.thread_ts === 'string' ? { threadTs: content.thread_ts } : {}),
  };
  world.state.ephemerals.push(shown);
  world.state.changed();
  return shown;
}

/** Puts words into the channel as the bot, which need not be a member for this. */
export function answerInChannel(world: World, target: ResponseTarget, content: Json): void {
  const channel = world.state.channels.get(target.channel);
  if (!channel) return;
  const author = { user: BOT.userId, bot_id: BOT.botId, app_id: BOT.appId };
  addMessage(world, channel, { ...contentOf(world, content), ...author });
}

function take(world: World, target: ResponseTarget, content: Json): void {
  const ephemeral = world.state.ephemerals.find(({ id }) => id === target.ephemeralId);
  const channel = world.state.channels.get(target.channel);
  const original = target.messageTs ? channel?.messages.get(target.messageTs) : undefined;
  if (content.delete_original) {
    world.state.ephemerals = world.state.ephemerals.filter((other) => other !== ephemeral);
    if (channel && original) deleteMessage(world, channel, original);
    return;
  }
  if (content.replace_original && ephemeral) {
    Object.assign(ephemeral, contentOf(world, content));
    return;
  }
  if (content.replace_original && channel && original) {
    editMessage(world, channel, original, contentOf(world, content), BOT.userId);
    return;
  }
  if (content.response_type === 'in_channel') answerInChannel(world, target, content);
  else showEphemeral(world, target, content);
}

function contentOf(world: World, content: Json): { text: string; blocks: Json[] } {
  const blocks = Array.isArray(content.blocks) ? content.blocks.filter(isJson) : [];
  return {
    text: typeof content.text === 'string' ? content.text : '',
    blocks: withIds(blocks, () => world.state.nextId('B')),
  };
}

function parse(body: Buffer): Json | undefined {
  try {
    const content: unknown = JSON.parse(body.toString('utf8'));
    return isJson(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
