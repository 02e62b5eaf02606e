import { randomUUID } from 'node:crypto';
import { withIds } from '../state.ts';
import type { Json, View } from '../types.ts';
import type { World } from './world.ts';

/** Deepest stack of forms over each other. */
const MOST_VIEWS = 3;

function newView(world: World, user: string, body: Json, below?: View): View {
  const id = world.state.nextId('V');
  return {
    id,
    user,
    type: body.type === 'home' ? 'home' : 'modal',
    hash: newHash(world),
    rootId: below?.rootId ?? id,
    ...(below ? { previousId: below.id } : {}),
    ...contentOf(world, body),
    typed: {},
  };
}

/** Shows a form: the first one replaces what was open. */
export function openModal(world: World, user: string, body: Json): View {
  const view = newView(world, user, body);
  world.state.modals.set(user, [view]);
  world.state.changed();
  return view;
}

/** Puts a form on top; undefined when the stack is full. */
export function pushModal(world: World, user: string, body: Json): View | undefined {
  const stack = world.state.modalsOf(user);
  if (stack.length >= MOST_VIEWS) return undefined;
  const view = newView(world, user, body, stack.at(-1));
  stack.push(view);
  world.state.changed();
  return view;
}

/** Redraws a form. What was typed stays in the inputs that keep their ids, as in Slack's client. */
export function redrawView(world: World, view: View, body: Json): void {
  Object.assign(view, contentOf(world, body), { hash: newHash(world) });
  const kept = new Set(view.blocks.map((block) => String(block.block_id)));
  for (const blockId of Object.keys(view.typed)) {
    if (!kept.has(blockId)) delete view.typed[blockId];
  }
  world.state.changed();
}

export function closeTop(world: World, user: string): void {
  world.state.modalsOf(user).pop();
  world.state.changed();
}

export function clearModals(world: World, user: string): void {
  world.state.modals.set(user, []);
  world.state.changed();
}

export function publishHome(world: World, user: string, body: Json): View {
  const known = world.state.homes.get(user);
  if (known) {
    redrawView(world, known, body);
    return known;
  }
  const view = newView(world, user, body);
  world.state.homes.set(user, view);
  world.state.changed();
  return view;
}

function contentOf(world: World, body: Json): Pick<View, 'body' | 'blocks'> {
  const blocks = Array.isArray(body.blocks) ? body.blocks : [];
  return { body, blocks: withIds(blocks, () => world.state.nextId('B')) };
}

function newHash(world: World): string {
  return `${world.state.seconds()}.${randomUUID().slice(0, 8)}`;
}
