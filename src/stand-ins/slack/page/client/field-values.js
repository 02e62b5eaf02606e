/**
 * What a field holds, as a person would say it: words or an id, a list of them, or nothing. The workspace
 * makes Slack's state of it.
 */
const INITIAL = {
  checkboxes: 'initial_options',
  radio_buttons: 'initial_option',
  datepicker: 'initial_date',
  timepicker: 'initial_time',
  datetimepicker: 'initial_date_time',
  static_select: 'initial_option',
  external_select: 'initial_option',
  users_select: 'initial_user',
  conversations_select: 'initial_conversation',
  channels_select: 'initial_channel',
  multi_static_select: 'initial_options',
  multi_external_select: 'initial_options',
  multi_users_select: 'initial_users',
  multi_conversations_select: 'initial_conversations',
  multi_channels_select: 'initial_channels',
};

/** The value with which the bot drew the field. */
export function initialValue(element) {
  return plainValue(element[INITIAL[element.type] ?? 'initial_value']);
}

/** The value in Slack's state of an element (`{ type, selected_option: … }`). */
export function stateValue(state) {
  const name = Object.keys(state).find((key) => key === 'value' || key.startsWith('selected_'));
  return plainValue(name && state[name]);
}

function plainValue(held) {
  if (held === undefined || held === null) return null;
  if (Array.isArray(held)) return held.map(plainValue);
  return typeof held === 'object' ? (held.value ?? null) : String(held);
}
