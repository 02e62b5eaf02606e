import type { WayName } from './domain/update-targets.ts';
import type { World } from './world.ts';

/** The ways by which updates can go out: those that are set up, and the page of our own. */
export function waysOf({ outlets }: Pick<World, 'outlets'>): ReadonlySet<WayName> {
  return new Set<WayName>([...(Object.keys(outlets) as WayName[]), 'feed']);
}
