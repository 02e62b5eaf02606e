import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/** `12:5`, the line and column of a value in a YAML text, or of the nearest thing around it that is there. */
export function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
  place: 'key' | 'value',
): string {
  let offset = 0;
  let node: unknown = document.contents;
  for (const [depth, part] of path.entries()) {
    const found = childOf(document, node, part);
    if (!found) break;
    const wantsKey = place === 'key' && depth === path.length - 1;
    offset = startOf(wantsKey ? found.key : found.value) ?? startOf(found.key) ?? offset;
    node = found.value;
  }
  const { line, col } = lines.linePos(offset);
  return `${line}:${col}`;
}

interface Child {
  key: unknown;
  value: unknown;
}

function childOf(document: Document, parent: unknown, part: PropertyKey): Child | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) {
    return node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(part));
  }
  if (isSeq(node) && typeof part === 'number' && part in node.items) {
    return { key: undefined, value: node.items[part] };
  }
  return undefined;
}

/** An empty value has no text of its own, so its key must do. */
function startOf(node: unknown): number | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  if (!range || (isScalar(node) && node.value === null && range[0] === range[1])) return undefined;
  return range[0];
}
