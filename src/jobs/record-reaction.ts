import type { SeenMessage } from '../actions/messages.ts';
import { keepMessage, seenMessage } from '../actions/messages.ts';
import { recordReaction as record, recordReactionGone } from '../actions/record-reaction.ts';
import type { Job } from './context.ts';

/** Fetches the very message that was reacted to, thread reply or not, and records it. */
export const recordReaction: Job<'record-reaction'> = async ({ core, effect }) => {
  const { source, added } = effect;
  if (!added) {
    await recordReactionGone(core, effect);
    return;
  }
  const seen = await seenMessage(core, source);
  const message = seen ?? ((await core.world.chat.message(source)) as SeenMessage | undefined);
  if (!message) {
    core.log.info({ channel: source.channel, ts: source.ts }, 'the message reacted to is gone');
    return;
  }
  if (!seen) await keepMessage(core, source.channel, message);
  await record(core, core.world.chat.read(source.channel, message), effect);
};
