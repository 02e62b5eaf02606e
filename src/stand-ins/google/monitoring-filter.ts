import { status } from '@grpc/grpc-js';

/** What Google's API refuses, with its number and its reason. */
export class Refused extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

const TERM = /^\s*([a-z_]+(?:\.[a-z_]+)*)\s*=\s*("(?:[^"\\]|\\.)*"|[\w./-]+)\s*/;
const FIELDS = /^(metric\.type|resource\.type|metric\.labels?\.\w+|resource\.labels?\.\w+|project)$/;

/**
 * A monitoring filter as its terms, those that are joined by AND and compare with `=`.
 * @throws Refused for anything else, as Google does for what is none.
 */
export function readFilter(filter: string): Map<string, string> {
  const terms = new Map<string, string>();
  let rest = filter;
  while (rest.trim() !== '') {
    if (terms.size > 0) {
      if (!/^AND\s/i.test(rest)) throw invalid(`could not parse the filter near “${rest}”`);
      rest = rest.replace(/^AND\s+/i, '');
    }
    const [whole, field, value] = TERM.exec(rest) ?? [];
    if (whole === undefined || field === undefined || value === undefined)
      throw invalid(`could not parse the filter near “${rest}”`);
    if (!FIELDS.test(field)) throw invalid(`the filter names an unknown field “${field}”`);
    terms.set(field.replace('.label.', '.labels.'), unquoted(value));
    rest = rest.slice(whole.length);
  }
  if (!terms.has('metric.type')) throw invalid('the filter must name exactly one metric.type');
  return terms;
}

export function invalid(message: string): Refused {
  return new Refused(status.INVALID_ARGUMENT, message);
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}
