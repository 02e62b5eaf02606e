import { followSources } from '../actions/follow-messages.ts';
import { hearMessage, type SeenMessage, seenMessage } from '../actions/messages.ts';
import type { Job } from './context.ts';

/** Fetches the very message that was reacted to, thread reply or not; its entry follows. */
export const recordReaction: Job<'record-reaction'> = async ({ core, effect }) => {
  const { source } = effect;
  if (await seenMessage(core, source)) {
    await followSources(core, [source]);
    return;
  }
  const message = (await core.world.chat.message(source)) as SeenMessage | undefined;
  if (!message) {
    core.log.info({ channel: source.channel, ts: source.ts }, 'the message reacted to is gone');
    return;
  }
  await hearMessage(core, source.channel, message);
};
