import { validateMessageBlocks, validateView } from '../../../src/stand-ins/slack/block-kit.ts';

/** Builds a payload whose one named part has the size `n`, and answers the problems found in it. */
type Sized = (n: number) => string[];

const words = (n: number) => 'x'.repeat(n);
const plain = (text: string) => ({ type: 'plain_text', text });
const formatted = (text: string) => ({ type: 'mrkdwn', text });
const many = <T>(n: number, make: (index: number) => T) =>
  Array.from({ length: n }, (_, index) => make(index));
const address = (n: number, filler = 'x') => {
  const start = 'https://e.example/';
  return n === 0 ? '' : start + filler.repeat(Math.max(0, n - start.length));
};

const message = (...blocks: object[]) => validateMessageBlocks(blocks);
const option = (more: object = {}) => ({ text: plain('Canberra'), value: 'canberra', ...more });
const options = (n: number) => many(n, (index) => option({ value: `v${index}` }));
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const acts = (element: object) => message({ type: 'actions', elements: [element] });
const asks = (element: object, more: object = {}) =>
  message({ type: 'input', label: plain('Label'), element, ...more });
const select = (more: object) => ({ type: 'static_select', action_id: 's', ...more });
const confirms = (more: object) =>
  acts(
    button({
      confirm: { title: plain('?'), text: plain('?'), confirm: plain('Y'), deny: plain('N'), ...more },
    }),
  );
const image = (more: object = {}) => ({
  type: 'image',
  image_url: 'https://e.example/a.png',
  alt_text: 'a',
  ...more,
});
const card = (more: object = {}) => ({ type: 'card', title: plain('Card'), ...more });
const container = (more: object) =>
  message({ type: 'container', title: plain('C'), child_blocks: [{ type: 'divider' }], ...more });
const feedback = (more: object) => {
  const one = { text: plain('Good'), value: 'good' };
  const element = {
    type: 'feedback_buttons',
    positive_button: { ...one, ...more },
    negative_button: one,
  };
  return message({ type: 'context_actions', elements: [element] });
};
const icon = (more: object = {}) => ({ type: 'icon_button', icon: 'trash', text: plain('Delete'), ...more });
const cell = (text = 'a') => ({ type: 'raw_text', text });
const dataTable = (rows: number, columns: number, more: object = {}) =>
  message({ type: 'data_table', rows: many(rows, () => many(columns, () => cell())), ...more });
const chart = (inner: object, title = 'Chart') =>
  message({ type: 'data_visualization', title, chart: inner });
const segment = (more: object = {}) => ({ label: 'a', value: 1, ...more });
const pie = (segments: object[], title?: string) => chart({ type: 'pie', segments }, title);
const point = (label = 'a') => ({ label, value: 1 });
const series = (more: object = {}) => ({ name: 'Pies', data: [point()], ...more });
const bar = (all: object[], axes: object = {}) =>
  chart({ type: 'bar', series: all, axis_config: { categories: ['a'], ...axes } });
const video = (more: object) =>
  message({
    type: 'video',
    alt_text: 'alt',
    title: plain('Title'),
    thumbnail_url: 'https://e.example/t.png',
    video_url: 'https://e.example/v.mp4',
    ...more,
  });
const modal = (more: object = {}) =>
  validateView({ type: 'modal', title: plain('Modal'), blocks: [{ type: 'divider' }], ...more });
const source = (url: string) =>
  message({ type: 'task_card', task_id: 't', title: 'T', sources: [{ type: 'url', url, text: 'docs' }] });

/** By the name of what is measured, without the `max_…` or `min_…` at its end. */
export const sized: Record<string, Sized> = {
  text: (n) => message({ type: 'section', text: formatted(words(n)) }),
  action_id: (n) => acts(button({ action_id: words(n) })),
  block_id: (n) => message({ type: 'divider', block_id: words(n) }),
  'button.text': (n) => acts(button({ text: plain(words(n)) })),
  'button.url': (n) => acts(button({ url: address(n) })),
  'button.value': (n) => acts(button({ value: words(n) })),
  'button.accessibility_label': (n) => acts(button({ accessibility_label: words(n) })),
  'confirmation.title': (n) => confirms({ title: plain(words(n)) }),
  'confirmation.text': (n) => confirms({ text: plain(words(n)) }),
  'confirmation.confirm': (n) => confirms({ confirm: plain(words(n)) }),
  'confirmation.deny': (n) => confirms({ deny: plain(words(n)) }),
  'option.text': (n) => acts(select({ options: [option({ text: plain(words(n)) })] })),
  'option.value': (n) => acts(select({ options: [option({ value: words(n) })] })),
  'option.url': (n) => acts({ type: 'overflow', options: [option({ url: address(n, '🙂') })] }),
  'option.description': (n) => acts(select({ options: [option({ description: plain(words(n)) })] })),
  'option_group.label': (n) =>
    acts(select({ option_groups: [{ label: plain(words(n)), options: options(1) }] })),
  'option_group.options': (n) =>
    acts(select({ option_groups: [{ label: plain('G'), options: options(n) }] })),
  'select.placeholder': (n) => acts(select({ options: options(1), placeholder: plain(words(n)) })),
  'select.options': (n) => acts(select({ options: options(n) })),
  'select.option_groups': (n) =>
    acts(select({ option_groups: many(n, () => ({ label: plain('G'), options: options(1) })) })),
  'overflow.options': (n) => acts({ type: 'overflow', options: options(n) }),
  'checkboxes.options': (n) => acts({ type: 'checkboxes', options: options(n) }),
  'radio_buttons.options': (n) => acts({ type: 'radio_buttons', options: options(n) }),
  'url_source.url': (n) => source(address(n)),
  'table.rows': (n) => message({ type: 'table', rows: many(n, () => [cell()]) }),
  'file_input.max_files': (n) => asks({ type: 'file_input', max_files: n }),
  'plain_text_input.max_length': (n) => asks({ type: 'plain_text_input', max_length: n }),
  'actions.elements': (n) =>
    message({ type: 'actions', elements: many(n, (index) => button({ action_id: `a${index}` })) }),
  'context.elements': (n) => message({ type: 'context', elements: many(n, () => formatted('hi')) }),
  'header.text': (n) => message({ type: 'header', text: plain(words(n)) }),
  'image.image_url': (n) => message(image({ image_url: address(n) })),
  'image.alt_text': (n) => message(image({ alt_text: words(n) })),
  'input.label': (n) => asks({ type: 'plain_text_input' }, { label: plain(words(n)) }),
  'input.hint': (n) => asks({ type: 'plain_text_input' }, { hint: plain(words(n)) }),
  'markdown.text': (n) => message({ type: 'markdown', text: words(n) }),
  'section.text': (n) => message({ type: 'section', text: plain(words(n)) }),
  'section.fields': (n) => message({ type: 'section', fields: many(n, () => formatted('hi')) }),
  'section.fields.item': (n) => message({ type: 'section', fields: [formatted(words(n))] }),
  'video.alt_text': (n) => video({ alt_text: words(n) }),
  'video.title': (n) => video({ title: plain(words(n)) }),
  'video.author_name': (n) => video({ author_name: words(n) }),
  'video.description': (n) => video({ description: plain(words(n)) }),
  'video.provider_name': (n) => video({ provider_name: words(n) }),
  'view.blocks': (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) }),
  'view.private_metadata': (n) => modal({ private_metadata: words(n) }),
  'view.callback_id': (n) => modal({ callback_id: words(n) }),
  'view.title': (n) => modal({ title: plain(words(n)) }),
  'view.close': (n) => modal({ close: plain(words(n)) }),
  'view.submit': (n) => modal({ submit: plain(words(n)) }),
  'alert.text': (n) => message({ type: 'alert', text: formatted(words(n)) }),
  'card.title': (n) => message(card({ title: formatted(words(n)) })),
  'card.subtitle': (n) => message(card({ subtitle: formatted(words(n)) })),
  'card.body': (n) => message(card({ body: formatted(words(n)) })),
  'card.subtext': (n) => message(card({ subtext: formatted(words(n)) })),
  'card.actions': (n) => message(card({ actions: many(n, (index) => button({ action_id: `a${index}` })) })),
  'carousel.elements': (n) => message({ type: 'carousel', elements: many(n, () => card()) }),
  'container.title': (n) => container({ title: plain(words(n)) }),
  'container.subtitle': (n) => container({ subtitle: formatted(words(n)) }),
  'container.child_blocks': (n) => container({ child_blocks: many(n, () => ({ type: 'divider' })) }),
  'context_actions.elements': (n) => message({ type: 'context_actions', elements: many(n, () => icon()) }),
  'feedback_button.text': (n) => feedback({ text: plain(words(n)) }),
  'feedback_button.value': (n) => feedback({ value: words(n) }),
  'feedback_button.accessibility_label': (n) => feedback({ accessibility_label: words(n) }),
  'icon_button.visible_to_user_ids': (n) =>
    message({ type: 'context_actions', elements: [icon({ visible_to_user_ids: many(n, () => 'U1') })] }),
  'data_table.rows': (n) => dataTable(n, 2),
  'data_table.columns': (n) => dataTable(2, n),
  'data_table.page_size': (n) => dataTable(2, 2, { page_size: n }),
  'data_table.cell_text': (n) => message({ type: 'data_table', rows: [[cell()], [cell(words(n))]] }),
  'data_table.content': (n) => message({ type: 'data_table', rows: [[cell()], [cell(words(n - 1))]] }),
  'data_visualization.title': (n) => pie([segment()], words(n)),
  'data_visualization.segments': (n) => pie(many(n, () => segment())),
  'data_visualization.segment.label': (n) => pie([segment({ label: words(n) })]),
  'data_visualization.segment.value': (n) => pie([segment({ value: n })]),
  'data_visualization.series': (n) => bar(many(n, () => series())),
  'data_visualization.series_name': (n) => bar([series({ name: words(n) })]),
  'data_visualization.data': (n) => bar([series({ data: many(n, () => point()) })]),
  'data_visualization.point_label': (n) => bar([series({ data: [point(words(n))] })]),
  'data_visualization.categories': (n) => bar([series()], { categories: many(n, (index) => `c${index}`) }),
  'data_visualization.category_label': (n) => bar([series()], { categories: [words(n)] }),
  'data_visualization.axis_label': (n) => bar([series()], { x_label: words(n) }),
};

interface Pair {
  sound: string[];
  broken: string[];
}

const table = (more: object) => message({ type: 'table', rows: [[cell(), cell()]], ...more });
const range = (min_value: string) =>
  asks({ type: 'number_input', is_decimal_allowed: false, min_value, max_value: '5' });

/** Rules that are no size: a payload that keeps the rule and its twin that breaks it. */
export const unsized: Record<string, () => Pair> = {
  'table.row_shape': () => ({
    sound: table({
      rows: [
        [cell(), cell()],
        [cell(), cell()],
      ],
    }),
    broken: table({ rows: [[cell(), cell()], [cell()]] }),
  }),
  'table.column_settings': () => ({
    sound: table({ column_settings: [{}, {}] }),
    broken: table({ column_settings: [{}] }),
  }),
  'section.content': () => ({
    sound: message({ type: 'section', text: plain('hi') }),
    broken: message({ type: 'section' }),
  }),
  'static_select.choice_source': () => ({
    sound: acts(select({ options: options(1) })),
    broken: acts(
      select({ options: options(1), option_groups: [{ label: plain('G'), options: options(1) }] }),
    ),
  }),
  'image.source': () => ({
    sound: message({ type: 'context', elements: [image()] }),
    broken: message({ type: 'context', elements: [image({ slack_file: { id: 'F1' } })] }),
  }),
  'number_input.range': () => ({ sound: range('5'), broken: range('6') }),
  'context.elements': () => ({
    sound: message({ type: 'context', elements: [formatted('hi')] }),
    broken: message({ type: 'context', elements: [button()] }),
  }),
  'input.element': () => ({ sound: asks({ type: 'plain_text_input' }), broken: asks(button()) }),
};
