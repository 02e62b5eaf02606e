import type { Deliveries } from '../deliveries.ts';
import { BOT } from '../identity.ts';
import type { WorkspaceState } from '../state.ts';
import type { Tickets } from '../tickets.ts';
import type { Channel, Json } from '../types.ts';

/** What an act needs: the state that it changes, the way to tell the bot, and where files are served. */
export interface World {
  state: WorkspaceState;
  deliveries: Deliveries;
  tickets: Tickets;
  /** Without a slash at the end. */
  baseUrl: string;
}

/** Tells the bot, if it is in the channel: Slack sends an app nothing of the others. */
export function tell(world: World, channel: Channel, event: Json): void {
  if (channel.members.has(BOT.userId)) world.deliveries.event(event);
}
