import type { SeenMessage } from '../actions/messages.ts';
import { keepMessage, seenMessage } from '../actions/messages.ts';
import { recordMark, recordUnmark } from '../actions/record-reaction.ts';
import type { Job } from './context.ts';

/** Fetches the very message that was reacted to, thread reply or not, and records it. */
export const recordReaction: Job<'record-reaction'> = async ({ core, effect }) => {
  const { source, mark, person, added } = effect;
  if (!added) {
    await recordUnmark(core, source, { mark, person });
    return;
  }
  const seen = await seenMessage(core, source);
  const message = seen ?? ((await core.world.chat.message(source)) as SeenMessage | undefined);
  if (!message) {
    core.log.info({ channel: source.channel, ts: source.ts }, 'the message reacted to is gone');
    return;
  }
  if (!seen) await keepMessage(core, source.channel, message);
  await recordMark(core, {
    message: core.world.chat.read(source.channel, message),
    mark,
    by: person,
    origin: 'reaction',
  });
};
