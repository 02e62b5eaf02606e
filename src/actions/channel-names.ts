import type { Desk } from '../core.ts';
import { recall, remember } from '../store/remembered.ts';

/** Channels are seldom renamed; older than this is asked again. */
const FRESH_MS = 12 * 3_600_000;

/**
 * What a channel that somebody mentioned is called in a report: its name, or that it is private, whose name is its
 * members' only. The last known when the chat does not answer.
 */
export async function nameOfChannel(core: Desk, id: string): Promise<string | undefined> {
  const key = `channel-name:${id}`;
  const known = await recall<string>(core.store, key);
  const age = known ? core.store.now().getTime() - known.at.getTime() : Number.POSITIVE_INFINITY;
  if (known && age < FRESH_MS) return known.body;
  try {
    const channel = await core.world.chat.channel?.(id);
    if (!channel) return known?.body;
    const name = channel.private ? 'a private channel' : `#${channel.name}`;
    await remember(core.store, key, name);
    return name;
  } catch (error) {
    core.log.warn(
      { error: error instanceof Error ? error.message : error },
      'the name of a channel could not be read',
    );
    return known?.body;
  }
}
