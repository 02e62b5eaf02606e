import { isJson } from '../state.ts';
import type { Json } from '../types.ts';

/** What a person puts into one field: words or an id, a list of them, or nothing. */
export type FieldValue = string | string[] | null;

/** The elements of a form, a message or a Home tab, each with the block that it stands in. */
export function elementsOf(blocks: Json[]): { block: Json; element: Json }[] {
  return blocks.flatMap((block) => {
    const list = block.type === 'actions' && Array.isArray(block.elements) ? block.elements : [];
    return [block.element, block.accessory, ...list].filter(isJson).map((element) => ({ block, element }));
  });
}

/** `state.values` before anybody has touched anything: every stateful element with its initial value. */
export function initialValues(blocks: Json[]): Record<string, Record<string, Json>> {
  const values: Record<string, Record<string, Json>> = {};
  for (const { block, element } of elementsOf(blocks)) {
    const state = stateOf(element);
    if (state) {
      const blockId = String(block.block_id);
      values[blockId] = { ...values[blockId], [String(element.action_id)]: state };
    }
  }
  return values;
}

/** The state of one element after a person has put `value` into it; throws for what they could not choose. */
export function filled(element: Json, value: FieldValue): Json {
  const type = String(element.type);
  const many = value === null ? [] : [value].flat();
  const one = many[0] ?? null;
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: one === '' ? null : one };
    case 'datepicker':
      return { type, selected_date: one };
    case 'timepicker':
      return { type, selected_time: one };
    case 'datetimepicker':
      return { type, selected_date_time: one === null ? null : Number(one) };
    case 'users_select':
      return { type, selected_user: one };
    case 'conversations_select':
      return { type, selected_conversation: one };
    case 'channels_select':
      return { type, selected_channel: one };
    case 'multi_users_select':
      return { type, selected_users: many };
    case 'multi_conversations_select':
      return { type, selected_conversations: many };
    case 'multi_channels_select':
      return { type, selected_channels: many };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: one === null ? null : optionCalled(element, one) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: many.map((chosen) => optionCalled(element, chosen)) };
    default:
      throw new Error(`A person cannot put a value into a ${type}`);
  }
}

/** An option by its value or by the words that people see. */
export function optionCalled(element: Json, chosen: string): Json {
  const options = optionsOf(element);
  const found =
    options.find((option) => option.value === chosen) ?? options.find((option) => words(option) === chosen);
  if (found) return found;
  if (String(element.type).includes('external'))
    return { text: { type: 'plain_text', text: chosen }, value: chosen };
  const offered = options.map((option) => String(option.value)).join(', ');
  throw new Error(`${String(element.action_id)} does not offer ${chosen}, but: ${offered}`);
}

/** Whether nothing is chosen or written in this state. */
export function isEmpty(state: Json | undefined): boolean {
  if (!state) return true;
  const { type: _, ...rest } = state;
  return Object.values(rest).every(
    (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

function optionsOf(element: Json): Json[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isJson) : [];
  return [element, ...groups].flatMap((holder) =>
    Array.isArray(holder.options) ? holder.options.filter(isJson) : [],
  );
}

function words(option: Json): string {
  return isJson(option.text) ? String(option.text.text) : '';
}

function stateOf(element: Json): Json | undefined {
  const type = String(element.type);
  const at = (name: string): unknown => element[name] ?? null;
  const listAt = (name: string): unknown => element[name] ?? [];
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: at('initial_value') };
    case 'datepicker':
      return { type, selected_date: at('initial_date') };
    case 'timepicker':
      return { type, selected_time: at('initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: at('initial_date_time') };
    case 'users_select':
      return { type, selected_user: at('initial_user') };
    case 'conversations_select':
      return { type, selected_conversation: at('initial_conversation') };
    case 'channels_select':
      return { type, selected_channel: at('initial_channel') };
    case 'multi_users_select':
      return { type, selected_users: listAt('initial_users') };
    case 'multi_conversations_select':
      return { type, selected_conversations: listAt('initial_conversations') };
    case 'multi_channels_select':
      return { type, selected_channels: listAt('initial_channels') };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: at('initial_option') };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: listAt('initial_options') };
    default:
      return undefined;
  }
}
