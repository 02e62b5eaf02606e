/** Answers the problems of one value, each starting with the value's path. */
export type Rule = (value: unknown, path: string) => string[];

export type Fields = Record<string, Rule>;

interface Size {
  min?: number;
  max?: number;
}

interface Shape {
  required?: Fields;
  optional?: Fields;
  /** Rules that need more than one field. Runs only when every field by itself is right. */
  together?: (fields: Record<string, unknown>, path: string) => string[];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Slack counts characters as Unicode code points, so that an emoji outside the basic plane is one. */
export function codePoints(text: string): number {
  return [...text].length;
}

/** A string of `min` (default 1) to `max` code points. */
export function text({ min = 1, max }: Size = {}): Rule {
  return (value, path) => {
    if (typeof value !== 'string') return [`${path} must be a string`];
    const length = codePoints(value);
    if (length < min) return [`${path} must have at least ${count(min, 'character')}`];
    if (max !== undefined && length > max) {
      return [`${path} must have at most ${count(max, 'character')}, it has ${length}`];
    }
    return [];
  };
}

/** A string that also matches a pattern; `expected` completes "must be …". */
export function pattern(form: RegExp, expected: string, size: Size = {}): Rule {
  const sized = text(size);
  return (value, path) => {
    const problems = sized(value, path);
    if (problems.length > 0) return problems;
    return form.test(String(value)) ? [] : [`${path} must be ${expected}`];
  };
}

/** An absolute address. */
export function url(max = 3000): Rule {
  const sized = text({ max });
  return (value, path) => {
    const problems = sized(value, path);
    if (problems.length > 0) return problems;
    return URL.canParse(String(value)) ? [] : [`${path} must be an absolute URL`];
  };
}

export const flag: Rule = (value, path) =>
  typeof value === 'boolean' ? [] : [`${path} must be true or false`];

export function number({
  min,
  max,
  above,
  whole = false,
}: Size & { above?: number; whole?: boolean } = {}): Rule {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return [`${path} must be a number`];
    if (whole && !Number.isInteger(value)) return [`${path} must be a whole number`];
    if (min !== undefined && value < min) return [`${path} must be at least ${min}, it is ${value}`];
    if (max !== undefined && value > max) return [`${path} must be at most ${max}, it is ${value}`];
    if (above !== undefined && value <= above)
      return [`${path} must be greater than ${above}, it is ${value}`];
    return [];
  };
}

export function oneOf(...allowed: string[]): Rule {
  return (value, path) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : [`${path} must be one of ${allowed.join(', ')}`];
}

export function list(item: Rule, { min, max }: Size = {}): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    if (min !== undefined && value.length < min) return [`${path} must have at least ${count(min, 'item')}`];
    if (max !== undefined && value.length > max) {
      return [`${path} must have at most ${count(max, 'item')}, it has ${value.length}`];
    }
    return value.flatMap((element, index) => item(element, `${path}/${index}`));
  };
}

/** A closed object: a field that is not named is a problem, as it is for Slack. */
export function shape({ required = {}, optional = {}, together }: Shape): Rule {
  return (value, path) => {
    if (!isRecord(value)) return [`${path} must be an object`];
    const missing = Object.keys(required).filter((name) => value[name] === undefined || value[name] === null);
    const unknown = Object.keys(value).filter((name) => !(name in required) && !(name in optional));
    const problems = [
      ...missing.map((name) => `${path}/${name} is missing`),
      ...unknown.map((name) => `${path}/${name} is not a known property`),
      ...Object.entries({ ...required, ...optional }).flatMap(([name, rule]) =>
        value[name] === undefined || value[name] === null ? [] : rule(value[name], `${path}/${name}`),
      ),
    ];
    if (problems.length > 0 || !together) return problems;
    return together(value, path);
  };
}

/** Chooses the rule by the object's `type`; the rules themselves need not name it. */
export function byType(noun: string, rules: Record<string, Rule>): Rule {
  return (value, path) => {
    if (!isRecord(value)) return [`${path} must be an object`];
    const { type, ...rest } = value;
    if (typeof type !== 'string') return [`${path}/type is missing`];
    const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
    if (!rule) return [`${path}/type: "${type}" is not ${noun}; allowed: ${Object.keys(rules).join(', ')}`];
    return rule(rest, path);
  };
}

/** The part of a table that some place allows. */
export function pick(rules: Record<string, Rule>, names: readonly string[]): Record<string, Rule> {
  return Object.fromEntries(Object.entries(rules).filter(([name]) => names.includes(name)));
}

function count(amount: number, noun: string): string {
  return amount === 1 ? `1 ${noun}` : `${amount} ${noun}s`;
}
