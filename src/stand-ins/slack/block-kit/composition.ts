import { byType, flag, isRecord, list, oneOf, type Rule, shape, text, url } from './rules.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects */
export const plainText = (max = 3000): Rule => byType('a plain text', { plain_text: plainFields(max) });

/** Text objects by `type`. */
export const textObjects = (max = 3000): Record<string, Rule> => ({
  plain_text: plainFields(max),
  mrkdwn: shape({ required: { text: text({ max }) }, optional: { verbatim: flag } }),
});

/** A text object of either kind. */
export const anyText = (max = 3000): Rule => byType('a text object', textObjects(max));

function plainFields(max: number): Rule {
  return shape({ required: { text: text({ max }) }, optional: { emoji: flag } });
}

export const id: Rule = text({ max: 255 });

export const confirmation: Rule = shape({
  required: { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  optional: { style: oneOf('primary', 'danger') },
});

/** An option of a select menu: plain words only. */
export const menuOption: Rule = shape({
  required: { text: plainText(75), value: text({ max: 150 }) },
  optional: { description: plainText(75) },
});

/** An option of an overflow menu may open a page. */
export const overflowOption: Rule = shape({
  required: { text: plainText(75), value: text({ max: 150 }) },
  optional: { description: plainText(75), url: url() },
});

/** An option of checkboxes and radio buttons may be formatted. */
export const tickOption: Rule = shape({
  required: { text: anyText(75), value: text({ max: 150 }) },
  optional: { description: anyText(75) },
});

export const optionGroup: Rule = shape({
  required: { label: plainText(75), options: list(menuOption, { min: 1, max: 100 }) },
});

export const conversationFilter: Rule = shape({
  optional: {
    include: list(text(), { min: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
});

export const dispatchActionConfig: Rule = shape({
  optional: { trigger_actions_on: list(text(), { min: 1 }) },
});

export const workflow: Rule = shape({
  required: {
    trigger: shape({
      required: { url: url() },
      optional: {
        customizable_input_parameters: list(shape({ required: { name: text(), value: text({ min: 0 }) } })),
      },
    }),
  },
});

/** What is chosen at first must be among what can be chosen. */
export function initialAmongOptions(fields: Record<string, unknown>, path: string): string[] {
  const offered = new Set(optionValues(fields.options));
  if (Array.isArray(fields.option_groups)) {
    for (const group of fields.option_groups) {
      if (isRecord(group)) for (const value of optionValues(group.options)) offered.add(value);
    }
  }
  const initial = [
    ...(fields.initial_option ? optionValues([fields.initial_option]) : []),
    ...optionValues(fields.initial_options),
  ];
  return initial
    .filter((value) => !offered.has(value))
    .map((value) => `${path}: the initial option "${value}" is none of the options`);
}

function optionValues(options: unknown): string[] {
  if (!Array.isArray(options)) return [];
  return options.flatMap((option) =>
    isRecord(option) && typeof option.value === 'string' ? [option.value] : [],
  );
}
