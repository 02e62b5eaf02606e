import { openModal, publishHome, pushModal, redrawView } from '../acts/views.ts';
import type { World } from '../acts/world.ts';
import { text } from '../arguments.ts';
import { validateView } from '../block-kit.ts';
import { Refusal } from '../refusal.ts';
import { viewShape } from '../shapes/view.ts';
import { isJson } from '../state.ts';
import type { Json, View } from '../types.ts';
import { type Method, TIER_4 } from './method.ts';

const LARGEST_VIEW_BYTES = 250_000;

const TRIGGER_REFUSALS = ['invalid_trigger_id', 'exchanged_trigger_id', 'expired_trigger_id'] as const;

export const viewMethods = {
  'views.open': {
    perMinute: TIER_4,
    required: ['view'],
    optional: ['trigger_id', 'interactivity_pointer'],
    refusals: [...TRIGGER_REFUSALS, 'view_too_large', 'duplicate_external_id'],
    run(world, args) {
      const body = checkedView(world, args, 'modal');
      return { view: viewShape(openModal(world, userOf(world, args), body)) };
    },
  },
  'views.push': {
    perMinute: TIER_4,
    required: ['view'],
    optional: ['trigger_id', 'interactivity_pointer'],
    refusals: [
      ...TRIGGER_REFUSALS,
      'view_too_large',
      'duplicate_external_id',
      'not_found',
      'push_limit_reached',
    ],
    run(world, args) {
      const body = checkedView(world, args, 'modal');
      const user = userOf(world, args);
      if (world.state.modalsOf(user).length === 0) throw new Refusal('not_found');
      const view = pushModal(world, user, body);
      if (!view) throw new Refusal('push_limit_reached');
      return { view: viewShape(view) };
    },
  },
  'views.update': {
    perMinute: TIER_4,
    required: ['view'],
    optional: ['external_id', 'hash', 'view_id'],
    refusals: ['view_too_large', 'duplicate_external_id', 'not_found', 'hash_conflict'],
    run(world, args) {
      const view = knownView(world, args);
      const body = checkedView(world, args, view.type, view);
      refuseOldHash(view, args);
      redrawView(world, view, body);
      return { view: viewShape(view) };
    },
  },
  'views.publish': {
    perMinute: TIER_4,
    required: ['user_id', 'view'],
    optional: ['hash'],
    refusals: ['view_too_large', 'duplicate_external_id', 'hash_conflict'],
    run(world, args) {
      const user = text(args, 'user_id');
      if (!world.state.people.has(user)) throw new Refusal('invalid_arguments', 'no such user_id');
      const known = world.state.homes.get(user);
      const body = checkedView(world, args, 'home', known);
      if (known) refuseOldHash(known, args);
      return { view: viewShape(publishHome(world, user, body)) };
    },
  },
} satisfies Record<string, Method>;

/** The person who pressed what gave the trigger; asked last, because it is then used up. */
function userOf(world: World, args: Json): string {
  const used = world.tickets.useTrigger(text(args, 'trigger_id') || text(args, 'interactivity_pointer'));
  if ('error' in used) throw new Refusal(used.error);
  return used.user;
}

function checkedView(world: World, args: Json, type: View['type'], own?: View): Json {
  const { view } = args;
  if (!isJson(view)) throw new Refusal('invalid_arguments', 'view must be an object');
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_VIEW_BYTES) throw new Refusal('view_too_large');
  if (view.type !== type) throw new Refusal('invalid_arguments', `view.type must be ${type}`);
  const problems = validateView(view);
  if (problems.length > 0) throw new Refusal('invalid_arguments', problems.join('; '));
  const other = withExternalId(world, text(view, 'external_id'));
  if (other && other !== own) throw new Refusal('duplicate_external_id');
  return view;
}

function knownView(world: World, args: Json): View {
  const id = text(args, 'view_id');
  const view = id ? world.state.findView(id) : withExternalId(world, text(args, 'external_id'));
  if (!view) throw new Refusal('not_found');
  return view;
}

function withExternalId(world: World, externalId: string): View | undefined {
  if (externalId === '') return undefined;
  const views = [...world.state.modals.values(), ...world.state.homes.values()].flat();
  return views.find((view) => view.body.external_id === externalId);
}

function refuseOldHash(view: View, args: Json): void {
  const hash = text(args, 'hash');
  if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
}
