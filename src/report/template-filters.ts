import type { Liquid } from 'liquidjs';
import { stringify } from 'yaml';

/** What templates may use beside Liquid's own filters. */
export const TEMPLATE_FILTERS = {
  /** A quoted scalar for front matter. Three dashes in it would end the front matter for careless readers. */
  yaml: (value: unknown) =>
    stringify(String(value), { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 })
      .trim()
      .replaceAll('---', '\\x2d--'),
  /** A cell of a table. */
  cell: (value: unknown) => String(value).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|'),
  /** Lines after the first moved to the right, so that they stay in their list item. */
  indent: (value: unknown, spaces: number) =>
    String(value).replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(spaces)}`),
  /** Blocks as a quote. */
  quote: (value: unknown) => String(value).replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>'),
};

export function registerFilters(engine: Liquid): void {
  for (const [name, filter] of Object.entries(TEMPLATE_FILTERS)) engine.registerFilter(name, filter);
}
