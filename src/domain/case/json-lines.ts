/** A value that is being read: the next index of a list, or the key of an object whose value comes. */
interface Open {
  path: string;
  index: number | undefined;
}

// No mistake is named further in, and a place must not grow with what is nested.
const DEEPEST = 20;

const TOKEN = /[\n[\]{},]|"(?:[^"\\]|\\[\s\S])*"(?<key>\s*:)?|[^\s[\]{},"]+/g;

/** On which line each value of a JSON text stands, by its place: `entries[3].at`. The text must be one that can be parsed. */
export function jsonLines(text: string): Map<string, number> {
  const lines = new Map([['', 1]]);
  const open: Open[] = [];
  let line = 1;
  let place = '';
  const begin = () => {
    const around = open.at(-1);
    if (around?.index !== undefined && open.length < DEEPEST) place = `${around.path}[${around.index}]`;
    if (!lines.has(place)) lines.set(place, line);
  };
  for (const { 0: token, groups } of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      begin();
      open.push({ path: place, index: token === '[' ? 0 : undefined });
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      const around = open.at(-1);
      if (around?.index !== undefined) around.index += 1;
    } else if (groups?.key !== undefined) {
      const around = open.at(-1)?.path ?? '';
      const key: unknown = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
      if (open.length < DEEPEST) place = around === '' ? String(key) : `${around}.${String(key)}`;
      if (!lines.has(place)) lines.set(place, line);
      line += groups.key.split('\n').length - 1;
    } else begin();
  }
  return lines;
}

/** The line of a place, or of the nearest thing around it that is there. */
export function lineOf(lines: ReadonlyMap<string, number>, place: string): number {
  for (let around = place; around !== ''; around = around.replace(/(?:^|\.)[^.[\]]*$|\[\d+\]$/, '')) {
    const line = lines.get(around);
    if (line !== undefined) return line;
    if (!/[.[]/.test(around)) break;
  }
  return lines.get('') ?? 1;
}
