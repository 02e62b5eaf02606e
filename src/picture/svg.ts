type Attributes = Record<string, string | number>;

/** An element with what is in it, as SVG text. */
export function element(name: string, attributes: Attributes, inner = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${written.join('')}>${inner}</${name}>`;
}

export function rectangle(x: number, y: number, width: number, height: number, look: Attributes): string {
  return element('rect', { x: rounded(x), y, width: rounded(Math.max(0, width)), height, ...look });
}

export function verticalLine(x: number, from: number, to: number, look: Attributes): string {
  return element('line', { x1: rounded(x), x2: rounded(x), y1: from, y2: to, ...look });
}

/** People's words, shown as they are. */
export function words(text: string, x: number, y: number, size: number, look: Attributes = {}): string {
  return element('text', { x: rounded(x), y, 'font-size': size, ...look }, escaped(text));
}

/** About how wide a text of this size is: wide scripts count double. */
export function widthOf(text: string, size: number): number {
  const wide = [...text].filter((character) =>
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u.test(
      character,
    ),
  ).length;
  return ([...text].length + wide) * size * 0.54;
}

/** Cut to the width, with `…` where something is missing. */
export function fitting(text: string, size: number, width: number): string {
  const characters = [...text];
  if (widthOf(text, size) <= width) return text;
  while (characters.length > 1 && widthOf(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML has no way to write these.
      .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
