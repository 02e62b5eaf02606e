import {
  confirmation,
  conversationFilter,
  dispatchActionConfig,
  id,
  initialAmongOptions,
  menuOption,
  optionGroup,
  overflowOption,
  plainText,
  textObjects,
  tickOption,
  workflow,
} from './composition.ts';
import {
  type Fields,
  flag,
  list,
  number,
  oneOf,
  pattern,
  pick,
  type Rule,
  shape,
  text,
  url,
} from './rules.ts';

const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2025-08-12');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 17:32');
const placeholder = plainText(150);
const acting: Fields = { action_id: id, confirm: confirmation, focus_on_load: flag };
const typing: Fields = {
  action_id: id,
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: dispatchActionConfig,
};

/** Either an address or a file that Slack keeps, never both. */
export const image: Rule = shape({
  required: { alt_text: text({ max: 2000 }) },
  optional: {
    image_url: url(),
    slack_file: shape({ optional: { id: text(), url: url() } }),
    image_width: number(),
    image_height: number(),
    image_bytes: number(),
  },
  together: oneImageSource,
});

export function oneImageSource(fields: Record<string, unknown>, path: string): string[] {
  if (fields.image_url && fields.slack_file) return [`${path} has both image_url and slack_file`];
  return fields.image_url || fields.slack_file ? [] : [`${path} needs image_url or slack_file`];
}

function oneChoiceSource(fields: Record<string, unknown>, path: string): string[] {
  if (fields.options && fields.option_groups) return [`${path} has both options and option_groups`];
  if (!fields.options && !fields.option_groups) return [`${path} needs options or option_groups`];
  return initialAmongOptions(fields, path);
}

function notInverted(low: string, high: string) {
  return (fields: Record<string, unknown>, path: string): string[] =>
    Number(fields[low] ?? Number.NEGATIVE_INFINITY) > Number(fields[high] ?? Number.POSITIVE_INFINITY)
      ? [`${path}/${low} is greater than ${high}`]
      : [];
}

/** A menu for one, and the same menu for several. */
function menus(
  name: string,
  fields: Fields,
  initialOne: Fields,
  initialMany: Fields,
  together?: typeof oneChoiceSource,
) {
  const rest = together ? { together } : {};
  return {
    [`${name}_select`]: shape({ optional: { ...acting, placeholder, ...fields, ...initialOne }, ...rest }),
    [`multi_${name}_select`]: shape({
      optional: { ...acting, placeholder, ...fields, ...initialMany, max_selected_items: number({ min: 1 }) },
      ...rest,
    }),
  };
}

const ids = list(text());
const conversationFields: Fields = { filter: conversationFilter, default_to_current_conversation: flag };
const answering: Fields = { response_url_enabled: flag };
const choices: Fields = {
  options: list(menuOption, { min: 1, max: 100 }),
  option_groups: list(optionGroup, { min: 1, max: 100 }),
};

const numberFields: Fields = { ...typing, initial_value: text(), min_value: text(), max_value: text() };

function ticks(initial: Fields): Rule {
  return shape({
    required: { options: list(tickOption, { min: 1, max: 10 }) },
    optional: { ...acting, ...initial },
    together: initialAmongOptions,
  });
}

export const button: Rule = shape({
  required: { text: plainText(75) },
  optional: {
    action_id: id,
    confirm: confirmation,
    url: url(),
    value: text({ max: 2000 }),
    style: oneOf('primary', 'danger'),
    accessibility_label: text({ max: 75 }),
  },
});

/** Every interactive element by its `type`. https://docs.slack.dev/reference/block-kit/block-elements */
const elements: Record<string, Rule> = {
  button,
  image,
  workflow_button: shape({
    required: { text: plainText(75), workflow },
    optional: { action_id: id, style: oneOf('primary', 'danger'), accessibility_label: text({ max: 75 }) },
  }),
  overflow: shape({
    required: { options: list(overflowOption, { min: 1, max: 5 }) },
    optional: { action_id: id, confirm: confirmation },
  }),
  checkboxes: ticks({ initial_options: list(tickOption, { min: 1, max: 10 }) }),
  radio_buttons: ticks({ initial_option: tickOption }),
  datepicker: shape({ optional: { ...acting, placeholder, initial_date: date } }),
  timepicker: shape({ optional: { ...acting, placeholder, initial_time: time, timezone: text() } }),
  datetimepicker: shape({
    optional: {
      ...acting,
      initial_date_time: number({ min: 1_000_000_000, max: 9_999_999_999, whole: true }),
    },
  }),
  ...menus(
    'static',
    choices,
    { initial_option: menuOption },
    { initial_options: list(menuOption) },
    oneChoiceSource,
  ),
  ...menus(
    'external',
    { min_query_length: number({ min: 0, whole: true }) },
    { initial_option: menuOption },
    { initial_options: list(menuOption) },
  ),
  ...menus('users', {}, { initial_user: text() }, { initial_users: ids }),
  ...menus(
    'conversations',
    conversationFields,
    { initial_conversation: text(), ...answering },
    { initial_conversations: ids },
  ),
  ...menus('channels', {}, { initial_channel: text(), ...answering }, { initial_channels: ids }),
  plain_text_input: shape({
    optional: {
      ...typing,
      initial_value: text({ min: 0, max: 3000 }),
      multiline: flag,
      min_length: number({ min: 0, max: 3000, whole: true }),
      max_length: number({ min: 1, max: 3000, whole: true }),
    },
    together: notInverted('min_length', 'max_length'),
  }),
  rich_text_input: shape({ optional: { ...typing, initial_value: anyObject } }),
  email_text_input: shape({ optional: { ...typing, initial_value: text({ min: 0 }) } }),
  url_text_input: shape({ optional: { ...typing, initial_value: text({ min: 0 }) } }),
  number_input: shape({
    required: { is_decimal_allowed: flag },
    optional: numberFields,
    together: notInverted('min_value', 'max_value'),
  }),
  file_input: shape({
    optional: { action_id: id, filetypes: list(text()), max_files: number({ min: 1, max: 10, whole: true }) },
  }),
};

function anyObject(value: unknown, path: string): string[] {
  return typeof value === 'object' && value !== null ? [] : [`${path} must be an object`];
}

const oneChoice = ['static', 'external', 'users', 'conversations', 'channels'].map(
  (name) => `${name}_select`,
);
const manyChoices = oneChoice.map((name) => `multi_${name}`);
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker', ...oneChoice];

export const accessories = pick(elements, [
  'button',
  'workflow_button',
  'image',
  'overflow',
  ...pickers,
  ...manyChoices,
]);

export const actionElements = pick(elements, [
  'button',
  'workflow_button',
  'overflow',
  'datetimepicker',
  ...pickers,
]);

export const inputElements = pick(elements, [
  'plain_text_input',
  'rich_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'file_input',
  'datetimepicker',
  ...pickers,
  ...manyChoices,
]);

const feedbackButton: Rule = shape({
  required: { text: plainText(75), value: text({ max: 2000 }) },
  optional: { accessibility_label: text({ max: 75 }) },
});

export const contextActionElements: Record<string, Rule> = {
  feedback_buttons: shape({
    required: { positive_button: feedbackButton, negative_button: feedbackButton },
    optional: { action_id: id },
  }),
  icon_button: shape({
    required: { icon: text(), text: plainText() },
    optional: {
      action_id: id,
      value: text({ max: 2000 }),
      confirm: confirmation,
      accessibility_label: text({ max: 75 }),
      visible_to_user_ids: list(text(), { max: 10 }),
    },
  }),
};

export const contextElements: Record<string, Rule> = { image, ...textObjects() };
