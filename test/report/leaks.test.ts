import { readdirSync, readFileSync } from 'node:fs';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import type { FactBody } from '../../src/domain/facts.ts';
import { type Nodes, wordsOf, writeMarkdown } from '../../src/domain/markdown.ts';
import { renderedReport } from '../../src/report/report-markdown.ts';
import { NEEDLES, PEOPLE, TEAM } from './leak-corpus.ts';
import { DECLARED, said, storyOf, team } from './story.ts';

const names = {
  person: (id: string) => PEOPLE.find((person) => person.id === id)?.name ?? id,
  otherNames: (id: string) => PEOPLE.filter((person) => person.id === id).map(({ handle }) => handle),
};

/** Everybody is known, because everybody took part. */
const JOINED = PEOPLE.map(
  ({ id }) => [0, { type: 'joined', person: id }] as const satisfies [number, FactBody],
);

function halves(text: string): [string, string] {
  const half = Math.ceil(text.length / 2);
  return [text.slice(0, half), text.slice(half)];
}

/** The ways in which people write something into a message. */
const FORMS: Record<string, (text: string) => string> = {
  plain: (text) => `look, ${text} again`,
  bold: (text) => `look, **${text}** again`,
  code: (text) => `look, \`${text}\` again`,
  fence: (text) => `look\n\n\`\`\`\nbefore ${text} after\n\`\`\``,
  quote: (text) => `look\n\n> ${text.replaceAll('\n', '\n> ')}`,
  list: (text) => `- one\n- ${text.replaceAll('\n', '\n  ')}`,
  heading: (text) => `# ${text.replaceAll('\n', ' ')}`,
  brackets: (text) => `look (${text}), or "${text}".`,
  'link text': (text) => `[${text}](https://example.com/x)`,
  address: (text) => `[here](https://example.com/${encodeURIComponent(text)})`,
  'name of a picture': (text) => `![${text}](https://example.com/p.png)`,
  'split over bold': (text) => {
    const [first, second] = halves(text);
    const bold = { type: 'strong' as const, children: [{ type: 'text' as const, value: first }] };
    return writeMarkdown({ type: 'paragraph', children: [bold, { type: 'text', value: second }] });
  },
  'split over code': (text) => `${halves(text)[0]}\`${halves(text)[1]}\``,
  'split over a link': (text) => `[${halves(text)[0]}](https://example.com)${halves(text)[1]}`,
  'split by a sign that nobody sees': (text) => `look, ${halves(text).join('\u200b')} again`,
};

/** The places of a report that people or machines fill. */
const FIELDS: Record<string, (text: string, plain: string) => readonly (readonly [number, FactBody])[]> = {
  'an entry': (text) => [said(1, text, { author: 'U0P000' })],
  'direct speech': (text) => [said(1, text, { quote: true, author: 'U0P001' })],
  'what comes with an entry': (_, plain) => [
    said(1, 'see', { code: plain, role: plain, author: 'U0P003' }),
    said(2, 'see', { raw: plain, kind: 'alert' }),
    said(3, 'see', { link: `https://example.com/${encodeURIComponent(plain)}`, author: 'U0P002' }),
    said(4, 'see', { image: `files/${plain.replaceAll(/\s/g, '_')}.png` }),
  ],
  lessons: (text) => [[5, { type: 'lesson-added', lesson: 'l', kind: 'badly', text }]],
  'action items': (text, plain) => [
    [5, { type: 'action-added', action: 'a', title: text, category: plain as never }],
    [5, { type: 'action-linked', action: 'a', url: `https://example.com/${encodeURIComponent(plain)}` }],
  ],
};

/** As a reader, a careless reader and a search engine would see it. */
function readable(markdown: string): string {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, (front) => `${front.replaceAll('---', '')}\n`);
  return [markdown, markdown.replaceAll('\\', ''), readAll(fromMarkdown(body)), decodeAll(markdown)].join(
    '\n',
  );
}

function readAll(node: Nodes): string {
  const own = 'url' in node ? ` ${node.url} ` : '';
  if (!('children' in node)) return own + wordsOf(node);
  return own + node.children.map(readAll).join(node.type === 'root' || node.type === 'listItem' ? '\n' : '');
}

function decodeAll(markdown: string): string {
  return markdown.replaceAll(/(?:%[0-9A-F]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ');
}

/** As a word of its own: `Ana` is not in `Yukitanaka`. */
function isIn(seen: string, hidden: string): boolean {
  const wanted = folded(hidden);
  if (!seen.includes(wanted)) return false;
  const escaped = wanted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(seen);
}

test('the corpus has two hundred of them', () => {
  expect(new Set(NEEDLES.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
});

/** `LEAKS=all` tries every form in every field; otherwise every field sees every form, and most needles each. */
const ALL = process.env.LEAKS === 'all';
const formNames = Object.keys(FORMS);

async function leaksOf(
  happenings: readonly (readonly [number, FactBody])[],
  template: string,
): Promise<string[]> {
  const story = { ...storyOf([...JOINED, ...happenings], { team: TEAM, at: DECLARED }), names };
  const { markdown, findings } = await renderedReport({ ...story, template });
  expect(findings.length).toBeGreaterThan(0);
  const seen = folded(readable(markdown));
  return NEEDLES.filter(({ hidden }) => isIn(seen, hidden)).map(({ text }) => text);
}

describe.each(Object.keys(FIELDS))('nothing leaks from %s', (field) => {
  const write = FIELDS[field] ?? (() => []);
  const forms = ALL || field === 'an entry' ? formNames : [];
  test.each(forms)('%s', async (form) => {
    const happenings = NEEDLES.flatMap(({ text }) => write(FORMS[form]?.(text) ?? '', text));
    const template = ['2i2c', 'binder', 'standard'][formNames.indexOf(form) % 3] ?? 'standard';
    expect(await leaksOf(happenings, template)).toEqual([]);
  });

  test.each([0, 7])('in forms that change, from %i', async (offset) => {
    const happenings = NEEDLES.flatMap(({ text }, index) =>
      write(FORMS[formNames[(index + offset) % formNames.length] ?? 'plain']?.(text) ?? '', text),
    );
    expect(await leaksOf(happenings, offset === 0 ? '2i2c' : 'binder')).toEqual([]);
  });
});

test('nothing leaks from the summary, the resolution and the title', async () => {
  for (let start = 0; start < NEEDLES.length; start += 20) {
    const some = NEEDLES.slice(start, start + 20);
    const written = some.map(({ text }, index) =>
      FORMS[formNames[index % formNames.length] ?? 'plain']?.(text),
    );
    const summary = written.join('\n\n');
    const title = some.map(({ text }) => text.replaceAll('\n', ' ')).join(', gone: ');
    const told: [number, FactBody] = [5, { type: 'summary-written', summary, resolution: summary }];
    const story = { ...storyOf([...JOINED, told], { team: TEAM, title }), names };
    const { markdown } = await renderedReport({ ...story, template: '2i2c' });
    const seen = folded(readable(markdown));
    expect(some.filter(({ hidden }) => isIn(seen, hidden)).map((needle) => needle.text)).toEqual([]);
  }
});

test('the private form is complete', async () => {
  const happenings = NEEDLES.map(({ text }) => said(1, `see \`${text.replaceAll('\n', ' ')}\``));
  const story = { ...storyOf([...JOINED, ...happenings], { team: TEAM, public: false }), names };
  const { markdown, findings } = await renderedReport({ ...story, template: 'standard' });
  const seen = folded(readable(markdown));
  expect(NEEDLES.filter(({ hidden }) => !seen.includes(folded(hidden)))).toEqual([]);
  expect(findings).toEqual([]);
});

const ROOT = new URL('../../', import.meta.url);

test('ordinary words stay: fewer than two of a hundred are held back', async () => {
  const decisions = readdirSync(new URL('docs/decisions', ROOT)).map((name) => `docs/decisions/${name}`);
  const prose = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md', ...decisions]
    .map((file) => readFileSync(new URL(file, ROOT), 'utf8'))
    .join('\n\n');
  const words = [...new Set(prose.replaceAll(/[`*|#>[\]()]/g, ' ').split(/\s+/))];
  const ordinary = words.filter((word) => /^[\p{L}\p{N}][\p{L}\p{N}.,:;'’/_=-]*$/u.test(word));
  const entries = ordinary.map((word) => said(1, `the word \`${word}\` is here`));
  const { markdown } = await renderedReport({
    ...storyOf([...JOINED, ...entries], { team: TEAM }),
    names,
    template: 'standard',
  });
  const missing = ordinary.filter((word) => !markdown.includes(`the word \`${word}\` is here`));
  expect(ordinary.length).toBeGreaterThan(1_500);
  expect(missing.length / ordinary.length, missing.join(' ')).toBeLessThan(0.02);
});

test('what is told apart from what must be hidden', async () => {
  const innocent = [
    'jupyterhub-home-nfs/pull/34 and the `nfs-share-creator` job',
    'version 1.2.3 of jupyter-server, v4.0.0.1, and jupyter-book',
    'at 17:32:05 the ratio was 3:2, see std::vector and a::b',
    'commit 2a945c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b, sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'the token expired; secret: kept; password: changed',
    'https://github.com/2i2c-org/infrastructure/pull/6555, https://status.slack.com/x, https://docs.2i2c.org/user/',
    'listens on 127.0.0.1:8000 and 0.0.0.0, at ::1 too',
    'logs under /home/jovyan/work, @here please look',
  ];
  const story = storyOf(
    innocent.map((text) => said(1, text)),
    { team },
  );
  const { findings } = await renderedReport({ ...story, template: 'standard' });
  expect(findings.map(({ value }) => value)).toEqual([]);
});
