import { isServiceError } from '../service-error.ts';
import type { Call } from './web.ts';

/** What was made before the bot came knows it only once it has joined. */
export async function joining<Answer>(
  call: Call,
  channel: string,
  what: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await what();
  } catch (error) {
    if (!isServiceError(error) || error.code !== 'not_in_channel') throw error;
    await call('conversations.join', { channel });
    return what();
  }
}
