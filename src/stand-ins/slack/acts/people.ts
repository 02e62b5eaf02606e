import { userShape } from '../shapes/person.ts';
import type { World } from './world.ts';

/** The bot hears of every change of anybody's account or profile. */
export function tellOfPerson(world: World, user: string): void {
  const person = world.state.people.get(user);
  if (!person) return;
  world.deliveries.event({
    type: 'user_change',
    user: userShape(person, world.state.now()),
    cache_ts: world.state.seconds(),
    event_ts: world.state.nextTs(),
  });
}
