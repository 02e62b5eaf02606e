import { richTextElements } from './rich-text.ts';
import {
  byType,
  codePoints,
  type Fields,
  flag,
  isRecord,
  list,
  number,
  oneOf,
  type Rule,
  shape,
  text,
} from './rules.ts';

const richText: Rule = shape({
  required: { elements: richTextElements },
  optional: { block_id: text({ max: 255 }) },
});

function cell(min: number): Rule {
  return byType('a table cell', {
    raw_text: shape({ required: { text: text({ min }) } }),
    raw_number: shape({ required: { value: number() }, optional: { text: text() } }),
    rich_text: richText,
  });
}

function widths(rows: unknown): number[] {
  return Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row.length : 0)) : [];
}

function sameWidth(rows: unknown, path: string): string[] {
  return new Set(widths(rows)).size > 1 ? [`${path}/rows must all have the same number of columns`] : [];
}

export const tableFields = {
  required: { rows: list(list(cell(0), { min: 1, max: 20 }), { min: 1, max: 100 }) } satisfies Fields,
  optional: {
    column_settings: list(shape({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } })),
  } satisfies Fields,
  together(fields: Record<string, unknown>, path: string): string[] {
    const ragged = sameWidth(fields.rows, path);
    if (ragged.length > 0) return ragged;
    const columns = widths(fields.rows)[0] ?? 0;
    const settings = fields.column_settings;
    return Array.isArray(settings) && settings.length !== columns
      ? [`${path}/column_settings has ${settings.length} entries for ${columns} columns`]
      : [];
  },
};

const DATA_TABLE_CHARACTERS = 20_000;

export const dataTableFields = {
  required: { rows: list(list(cell(1), { min: 1, max: 20 }), { min: 2, max: 201 }) } satisfies Fields,
  optional: {
    page_size: number({ min: 1, max: 100, whole: true }),
    caption: text(),
    row_header_column_index: number({ min: 0, whole: true }),
  } satisfies Fields,
  together(fields: Record<string, unknown>, path: string): string[] {
    const characters = textLength(fields.rows);
    return [
      ...sameWidth(fields.rows, path),
      ...(characters > DATA_TABLE_CHARACTERS
        ? [
            `${path}/rows must have at most ${DATA_TABLE_CHARACTERS} characters together, they have ${characters}`,
          ]
        : []),
    ];
  },
};

const name = text({ max: 20 });
const axes: Fields = {
  series: list(
    shape({
      required: {
        name,
        data: list(shape({ required: { label: name, value: number() } }), { min: 1, max: 20 }),
      },
    }),
    { min: 1, max: 12 },
  ),
  axis_config: shape({
    required: { categories: list(name, { min: 1, max: 20 }) },
    optional: { x_label: text({ max: 50 }), y_label: text({ max: 50 }) },
  }),
};

export const dataVisualizationFields = {
  required: {
    title: text({ max: 50 }),
    chart: byType('a chart', {
      pie: shape({
        required: {
          segments: list(shape({ required: { label: name, value: number({ above: 0 }) } }), {
            min: 1,
            max: 12,
          }),
        },
      }),
      bar: shape({ required: axes }),
      line: shape({ required: axes }),
      area: shape({ required: axes }),
    }),
  } satisfies Fields,
};

/** Code points of every `text` under a value, the way Slack adds up what people will read. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (!isRecord(value)) return 0;
  let sum = 0;
  for (const [key, inner] of Object.entries(value)) {
    sum += key === 'text' && typeof inner === 'string' ? codePoints(inner) : textLength(inner);
  }
  return sum;
}
