import { anyText, id, plainText } from './composition.ts';
import { dataTableFields, dataVisualizationFields, tableFields } from './data-blocks.ts';
import {
  accessories,
  actionElements,
  button,
  contextActionElements,
  contextElements,
  image,
  inputElements,
  oneImageSource,
} from './elements.ts';
import { richTextElements } from './rich-text.ts';
import { byType, type Fields, flag, list, number, oneOf, type Rule, shape, text, url } from './rules.ts';

interface BlockFields {
  required?: Fields;
  optional?: Fields;
  together?: (fields: Record<string, unknown>, path: string) => string[];
}

function block({ required = {}, optional = {}, together }: BlockFields): Rule {
  return shape({ required, optional: { block_id: id, ...optional }, ...(together ? { together } : {}) });
}

const richText = block({ required: { elements: richTextElements } });
const picture: Rule = byType('an image', { image });

const card = block({
  optional: {
    title: anyText(150),
    subtitle: anyText(150),
    body: anyText(200),
    subtext: anyText(200),
    actions: list(byType('a button', { button }), { max: 3 }),
    hero_image: picture,
    icon: picture,
    slack_icon: shape({ required: { type: oneOf('icon'), name: text() } }),
  },
});

const taskFields: Fields = {
  details: byType('rich text', { rich_text: richText }),
  output: byType('rich text', { rich_text: richText }),
  sources: list(byType('a source', { url: shape({ required: { url: url(), text: text() } }) })),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
};

/** Blocks without child blocks, by `type`. https://docs.slack.dev/reference/block-kit/blocks */
const plainBlocks: Record<string, Rule> = {
  actions: block({
    required: { elements: list(byType('an actions element', actionElements), { min: 1, max: 25 }) },
  }),
  alert: block({
    required: { text: anyText(200) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
  card,
  carousel: block({ required: { elements: list(byType('a card', { card }), { min: 1, max: 10 }) } }),
  context: block({
    required: { elements: list(byType('a context element', contextElements), { min: 1, max: 10 }) },
  }),
  context_actions: block({
    required: { elements: list(byType('a context action', contextActionElements), { min: 1, max: 5 }) },
  }),
  data_table: block(dataTableFields),
  data_visualization: block(dataVisualizationFields),
  divider: block({}),
  file: block({ required: { external_id: text(), source: oneOf('remote') } }),
  header: block({
    required: { text: plainText(150) },
    optional: { level: number({ min: 1, max: 6, whole: true }) },
  }),
  image: block({
    required: { alt_text: text({ max: 2000 }) },
    optional: {
      image_url: url(),
      slack_file: shape({ optional: { id: text(), url: url() } }),
      title: plainText(2000),
    },
    together: oneImageSource,
  }),
  input: block({
    required: { label: plainText(2000), element: byType('an input element', inputElements) },
    optional: { hint: plainText(2000), optional: flag, dispatch_action: flag },
  }),
  markdown: block({ required: { text: text({ max: 12_000 }) } }),
  plan: block({
    required: { title: text() },
    optional: {
      tasks: list(
        shape({
          required: { task_id: text(), title: text() },
          optional: { type: oneOf('task_card'), ...taskFields },
        }),
        { max: 50 },
      ),
    },
  }),
  rich_text: richText,
  section: block({
    optional: {
      text: anyText(),
      fields: list(anyText(2000), { min: 1, max: 10 }),
      accessory: byType('an accessory', accessories),
      expand: flag,
    },
    together: (fields, path) => (fields.text || fields.fields ? [] : [`${path} needs text or fields`]),
  }),
  table: block(tableFields),
  task_card: block({ required: { task_id: text(), title: text() }, optional: taskFields }),
  video: block({
    required: {
      alt_text: text({ max: 200 }),
      title: plainText(200),
      thumbnail_url: url(),
      video_url: url(),
    },
    optional: {
      author_name: text({ max: 50 }),
      description: plainText(200),
      provider_icon_url: url(),
      provider_name: text({ max: 50 }),
      title_url: url(),
    },
  }),
};

const container = block({
  required: {
    title: plainText(150),
    child_blocks: list(byType('a block of a container', plainBlocks), { min: 1, max: 10 }),
  },
  optional: {
    subtitle: anyText(150),
    icon: picture,
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
  },
});

/** Every block that a message takes. */
export const messageBlock: Rule = byType('a block', { ...plainBlocks, container });

const messageOnly = new Set([
  'markdown',
  'file',
  'table',
  'data_table',
  'plan',
  'task_card',
  'context_actions',
]);

/** Every block that a form or the Home tab takes. */
export const viewBlock: Rule = byType(
  'a block of a view',
  Object.fromEntries(
    Object.entries({ ...plainBlocks, container }).filter(([type]) => !messageOnly.has(type)),
  ),
);
