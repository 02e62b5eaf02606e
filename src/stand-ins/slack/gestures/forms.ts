import { clearModals, closeTop, pushModal, redrawView } from '../acts/views.ts';
import type { World } from '../acts/world.ts';
import { validateView } from '../block-kit.ts';
import { viewHead } from '../shapes/view.ts';
import { isJson } from '../state.ts';
import type { Json, View } from '../types.ts';
import { elementsOf, type FieldValue, filled, initialValues, isEmpty } from './form-values.ts';
import { payloadHead } from './payload.ts';

export interface Submitted {
  /** HTTP status of the answer; 0 when the form was not sent or nothing came within 3 s. */
  status: number;
  /** By block id, as shown under the fields: the bot's own, or Slack's for an empty required field. */
  errors?: Record<string, string>;
  /** The form that the person looks at afterwards. */
  view?: View;
}

/** Fills in a form and sends it. Fields that are not named keep what they show. */
export async function submit(
  world: World,
  user: string,
  viewId: string,
  values: Record<string, FieldValue> = {},
): Promise<Submitted> {
  const view = openView(world, user, viewId);
  type(view, values);
  const state = { ...initialValues(view.blocks), ...view.typed };
  const missing = incompleteFields(view, state);
  if (Object.keys(missing).length > 0) return { status: 0, errors: missing, view };
  const delivery = await world.deliveries.ask('interactive', {
    ...payloadHead(world, 'view_submission', user),
    trigger_id: world.tickets.newTrigger(user),
    view: viewHead(view, state),
  });
  if (delivery.status !== 200) return { status: delivery.status, view };
  const errors = respond(world, view, delivery.answer);
  const top = world.state.modalsOf(user).at(-1);
  return { status: delivery.status, ...(errors ? { errors } : {}), ...(top ? { view: top } : {}) };
}

/** Closes the form; the bot hears of it only where it asked to. */
export async function closeForm(world: World, user: string, viewId: string): Promise<void> {
  const view = openView(world, user, viewId);
  const closesAll = view.body.clear_on_close === true;
  if (closesAll) clearModals(world, user);
  else closeTop(world, user);
  if (view.body.notify_on_close !== true) return;
  await world.deliveries.ask('interactive', {
    ...payloadHead(world, 'view_closed', user),
    view: viewHead(view, { ...initialValues(view.blocks), ...view.typed }),
    is_cleared: closesAll,
  });
}

function openView(world: World, user: string, viewId: string): View {
  const top = world.state.modalsOf(user).at(-1);
  if (top?.id !== viewId) throw new Error(`${user} does not look at the form ${viewId}`);
  return top;
}

function type(view: View, values: Record<string, FieldValue>): void {
  for (const [blockId, value] of Object.entries(values)) {
    const found = elementsOf(view.blocks).find(({ block }) => block.block_id === blockId);
    if (!found) {
      const known = view.blocks.map((block) => String(block.block_id)).join(', ');
      throw new Error(`The form has no field ${blockId}, but: ${known}`);
    }
    const actionId = String(found.element.action_id);
    view.typed[blockId] = { ...view.typed[blockId], [actionId]: filled(found.element, value) };
  }
}

/** What Slack's client refuses by itself, before anything is sent. */
function incompleteFields(view: View, state: Record<string, Record<string, Json>>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !isJson(block.element)) continue;
    const blockId = String(block.block_id);
    const value = state[blockId]?.[String(block.element.action_id)];
    if (isEmpty(value)) {
      if (block.optional !== true) problems[blockId] = 'Please complete this required field.';
      continue;
    }
    const length = typeof value?.value === 'string' ? [...value.value].length : undefined;
    if (length === undefined) continue;
    const { min_length, max_length } = block.element;
    if (typeof min_length === 'number' && length < min_length)
      problems[blockId] = `At least ${min_length} characters.`;
    if (typeof max_length === 'number' && length > max_length)
      problems[blockId] = `At most ${max_length} characters.`;
  }
  return problems;
}

/** Does what the answer says; gives back the errors that the form then shows. */
function respond(world: World, view: View, answer: string): Record<string, string> | undefined {
  if (answer.trim() === '') {
    closeTop(world, view.user);
    return undefined;
  }
  const content: unknown = JSON.parse(answer);
  if (!isJson(content) || content.response_action === undefined) {
    closeTop(world, view.user);
    return undefined;
  }
  const { response_action: action } = content;
  if (action === 'errors') return shownErrors(world, view, content.errors);
  if (action === 'clear') clearModals(world, view.user);
  else if (action === 'update' || action === 'push') showNext(world, view, action, content.view);
  else world.state.problems.push(`Slack knows no response_action ${String(action)}`);
  return undefined;
}

function shownErrors(world: World, view: View, errors: unknown): Record<string, string> {
  const shown: Record<string, string> = {};
  const inputs = new Set(
    view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id),
  );
  for (const [blockId, words] of Object.entries(isJson(errors) ? errors : {})) {
    if (inputs.has(blockId)) shown[blockId] = String(words);
    else world.state.problems.push(`An error is for ${blockId}, which is no input of the form`);
  }
  if (Object.keys(shown).length === 0) world.state.problems.push('response_action errors named no field');
  return shown;
}

function showNext(world: World, view: View, action: 'update' | 'push', next: unknown): void {
  const problems = isJson(next) && next.type === 'modal' ? validateView(next) : ['it is no modal'];
  if (problems.length > 0 || !isJson(next)) {
    world.state.problems.push(`Slack refuses the view of response_action ${action}: ${problems.join('; ')}`);
    return;
  }
  if (action === 'update') redrawView(world, view, next);
  else if (!pushModal(world, view.user, next)) world.state.problems.push('A fourth view cannot be pushed');
}
