import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { type Nodes, parseMarkdown, wordsOf } from '../domain/markdown.ts';
import { entryTree } from '../domain/report/entry-line.ts';
import type { ReportInput } from '../domain/report/report-model.ts';

/**
 * Secrets in what people and machines wrote, as secretlint knows them: forms that change from year to year, kept by
 * others. What the public form finds by rules of its own need not be among them.
 */
export async function detectSecrets(texts: readonly string[]): Promise<string[]> {
  const content = texts.join('\n');
  const { messages } = await lintSource({
    source: { filePath: '/report.txt', content, contentType: 'text' },
    options: {
      config: {
        rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: [] }],
      },
      noPhysicFilePath: true,
    },
  });
  const found = messages.map(({ range: [start, end] }) => wholeWords(content, start, end));
  return [...new Set(found.filter((value) => value.length >= MIN_LENGTH))];
}

const MIN_LENGTH = 8;

/** Some ranges end within a key. It ends where the word does. */
function wholeWords(text: string, start: number, end: number): string {
  const [rest = ''] = /^[^\s"'`<>,;)]*/.exec(text.slice(end)) ?? [];
  return text.slice(start, end + rest.length).trim();
}

/** Every text of an incident that can come into its report, without markup. */
export function textsOf({ incident, entries }: Pick<ReportInput, 'incident' | 'entries'>): string[] {
  const written = [
    incident.summary,
    incident.resolution,
    ...incident.lessons.map(({ text }) => text),
    ...incident.actions.map(({ title }) => title),
  ];
  const plain = [
    incident.title,
    ...incident.actions.flatMap(({ url, category }) => [url, category]),
    ...entries.flatMap(({ content }) => [
      content.code,
      content.raw,
      content.link,
      content.image,
      content.role,
    ]),
  ];
  const given = (text: string | undefined) => text !== undefined && text !== '';
  const told = entries.map((entry) => withoutMarkup(entry.content.text, () => entryTree(entry)));
  return [
    ...written.filter(given).map((text) => withoutMarkup(text)),
    ...told,
    ...plain.filter(given),
  ] as string[];
}

const MARKED_UP = /[*_`[\]\\~<>]/;

/** A key may be split by markup; its addresses are looked at too. */
function withoutMarkup(text = '', read = () => parseMarkdown(text)): string {
  if (!MARKED_UP.test(text)) return text;
  const tree = read();
  const lines = [wordsOf(tree)];
  addAddresses(tree, lines);
  return lines.join('\n');
}

function addAddresses(node: Nodes, lines: string[]): void {
  if ('url' in node) lines.push(node.url);
  if ('children' in node) for (const child of node.children) addAddresses(child, lines);
}
