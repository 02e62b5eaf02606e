import type { World } from '../acts/world.ts';
import type { Delivery } from '../deliveries.ts';
import { messageShape } from '../shapes/message.ts';
import { viewHead } from '../shapes/view.ts';
import type { Json } from '../types.ts';
import { messageIn, readableChannelFor } from './find.ts';
import { elementsOf, type FieldValue, filled, initialValues, optionCalled } from './form-values.ts';
import { actionTs, channelHead, payloadHead } from './payload.ts';

export type Where = { channel: string; ts: string } | { view: string } | { ephemeral: string };

export interface PressOptions {
  /** Tells apart buttons with the same action id. */
  value?: string;
  blockId?: string;
  /** What is chosen in a select, an overflow menu, checkboxes. */
  selected?: FieldValue;
}

/** Presses a button or chooses in a menu, where the person can see it. Answers how the bot took it. */
export async function press(
  world: World,
  user: string,
  where: Where,
  actionId: string,
  options: PressOptions = {},
): Promise<Delivery> {
  const place = await seenPlace(world, user, where);
  const { block, element } = pressedElement(place.blocks, actionId, options);
  const state = stateAfter(block, element, options.selected);
  if (state && place.typed) {
    const blockId = String(block.block_id);
    place.typed[blockId] = { ...place.typed[blockId], [actionId]: state };
  }
  const values = { ...initialValues(place.blocks), ...place.typed };
  return world.deliveries.ask('interactive', {
    ...payloadHead(world, 'block_actions', user),
    ...place.payload(values),
    trigger_id: world.tickets.newTrigger(user),
    actions: [action(block, element, state, options.selected)],
  });
}

interface Place {
  blocks: Json[];
  /** Where what a person fills in is remembered; only forms remember. */
  typed?: Record<string, Record<string, Json>>;
  payload: (values: Json) => Json;
}

async function seenPlace(world: World, user: string, where: Where): Promise<Place> {
  if ('view' in where) return viewPlace(world, user, where.view);
  if ('ephemeral' in where) return ephemeralPlace(world, user, where.ephemeral);
  const channel = readableChannelFor(world, user, where.channel);
  const message = messageIn(channel, where.ts);
  const responseId = world.tickets.newResponse({ user, channel: channel.id, messageTs: message.ts });
  const threadTs = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  return {
    blocks: message.blocks ?? [],
    payload: (values) => ({
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: false,
        ...threadTs,
      },
      channel: channelHead(channel),
      message: messageShape(world.state, channel, message, 'payload', world.baseUrl),
      state: { values },
      response_url: `${world.baseUrl}/response/${responseId}`,
    }),
  };
}

function viewPlace(world: World, user: string, id: string): Place {
  const view = world.state.findView(id);
  if (view?.user !== user) throw new Error(`${user} has no open view ${id}`);
  return {
    blocks: view.blocks,
    typed: view.typed,
    payload: (values) => ({ container: { type: 'view', view_id: view.id }, view: viewHead(view, values) }),
  };
}

function ephemeralPlace(world: World, user: string, id: string): Place {
  const shown = world.state.ephemerals.find((ephemeral) => ephemeral.id === id && ephemeral.user === user);
  if (!shown) throw new Error(`${user} sees no ephemeral message ${id}`);
  const channel = readableChannelFor(world, user, shown.channel);
  const responseId = world.tickets.newResponse({ user, channel: channel.id, ephemeralId: id });
  return {
    blocks: shown.blocks,
    payload: (values) => ({
      container: { type: 'message', message_ts: shown.id, channel_id: channel.id, is_ephemeral: true },
      channel: channelHead(channel),
      state: { values },
      response_url: `${world.baseUrl}/response/${responseId}`,
    }),
  };
}

function pressedElement(
  blocks: Json[],
  actionId: string,
  options: PressOptions,
): { block: Json; element: Json } {
  const all = elementsOf(blocks);
  const matching = all.filter(
    ({ block, element }) =>
      element.action_id === actionId &&
      (options.value === undefined || element.value === options.value) &&
      (options.blockId === undefined || block.block_id === options.blockId),
  );
  const [found, another] = matching;
  if (!found) {
    const seen = all.map(({ element }) => String(element.action_id)).join(', ');
    throw new Error(`There is nothing called ${actionId} to press here, but: ${seen || 'nothing'}`);
  }
  if (another)
    throw new Error(`${matching.length} things are called ${actionId}: say which by value or blockId`);
  return found;
}

function stateAfter(block: Json, element: Json, selected: FieldValue | undefined): Json | undefined {
  if (element.type === 'button' || element.type === 'overflow' || selected === undefined) return undefined;
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new Error(`${String(element.action_id)} tells nobody before the form is sent`);
  }
  return filled(element, selected);
}

function action(block: Json, element: Json, state: Json | undefined, selected: FieldValue | undefined): Json {
  const base: Json = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: actionTs(),
  };
  if (element.type === 'overflow') {
    if (typeof selected !== 'string') throw new Error('Say what is chosen in the menu');
    return { ...base, selected_option: optionCalled(element, selected) };
  }
  if (element.type !== 'button') return { ...base, ...state };
  const { text, value, style, url } = element;
  return {
    ...base,
    text,
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}
