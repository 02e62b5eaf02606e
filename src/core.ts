import type { Logger } from 'pino';
import type { Store } from './actions/change.ts';
import type { Team } from './domain/team.ts';
import type { Queue } from './queue.ts';
import type { World } from './world.ts';

/** What verbs and jobs work with: the database, the outside, the team's file. */
export interface Core {
  store: Store & { queue: Queue };
  world: World;
  team: Team;
  log: Logger;
  reportsDir: string;
  /** Files of messages that are larger than so many bytes are not kept. */
  fileLimit: number;
}

/** What the commands of the command line work with: of the outside only who people are. */
export interface Desk extends Pick<Core, 'team' | 'log' | 'reportsDir'> {
  store: Store;
  world: { chat: Pick<World['chat'], 'profile'> & Partial<Pick<World['chat'], 'channel'>> };
}

export function nowOf(core: Pick<Desk, 'store'>): number {
  return core.store.now().getTime();
}
