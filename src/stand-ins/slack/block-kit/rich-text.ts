import { byType, type Fields, flag, list, number, oneOf, type Rule, shape, text, url } from './rules.ts';

const style: Fields = {
  style: shape({
    optional: {
      bold: flag,
      italic: flag,
      strike: flag,
      underline: flag,
      code: flag,
      highlight: flag,
      client_highlight: flag,
      unlink: flag,
    },
  }),
};

const link: Rule = shape({ required: { url: url() }, optional: { text: text(), unsafe: flag, ...style } });
const words: Rule = shape({ required: { text: text() }, optional: style });

const inline: Rule = byType('an element of rich text', {
  text: words,
  link,
  user: shape({ required: { user_id: text() }, optional: style }),
  usergroup: shape({ required: { usergroup_id: text() }, optional: style }),
  channel: shape({ required: { channel_id: text() }, optional: style }),
  team: shape({ required: { team_id: text() }, optional: style }),
  broadcast: shape({ required: { range: oneOf('here', 'channel', 'everyone') }, optional: style }),
  emoji: shape({
    required: { name: text() },
    optional: { unicode: text(), skin_tone: number(), url: text(), display_name: text(), ...style },
  }),
  color: shape({ required: { value: text() }, optional: style }),
  date: shape({
    required: { timestamp: number({ whole: true }), format: text() },
    optional: { url: url(), fallback: text(), ...style },
  }),
});

const section: Rule = shape({ required: { elements: list(inline) } });
const border = number({ min: 0, whole: true });

/** The `elements` of a `rich_text` block. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const richTextElements: Rule = list(
  byType('a part of rich text', {
    rich_text_section: section,
    rich_text_quote: shape({ required: { elements: list(inline) }, optional: { border } }),
    rich_text_preformatted: shape({
      required: { elements: list(byType('preformatted text', { text: words, link })) },
      optional: { border, language: text() },
    }),
    rich_text_list: shape({
      required: {
        style: oneOf('bullet', 'ordered'),
        elements: list(byType('a list item', { rich_text_section: section })),
      },
      optional: { indent: number({ min: 0, whole: true }), offset: number({ min: 0, whole: true }), border },
    }),
  }),
);
