import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseEnv } from 'node:util';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { Variables } from '../../src/config/variables.ts';
import { ROOT, textOf } from './sources.ts';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...decisions()];

/** What a user has, a run makes, or stands outside of the checkout. */
const NOT_IN_THE_CHECKOUT = /^(\.\/)?(daywatch\.yaml|\.env|data\/|DATA_DIR\/|node_modules\/)/;

function decisions(): string[] {
  return readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
}

function codeIn(page: string): string[] {
  const spans: string[] = [];
  visit(fromMarkdown(textOf(page)), 'inlineCode', ({ value }) => void spans.push(value));
  return spans;
}

function linksIn(page: string): string[] {
  const links: string[] = [];
  visit(fromMarkdown(textOf(page)), 'link', ({ url }) => void links.push(url));
  return links;
}

/** Paths from the checkout: with a folder that is there in front, or a file of a kind that stands here. */
function pathsIn(page: string): string[] {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map(({ name }) => name);
  return codeIn(page)
    .filter((code) => /^[\w.@/-]+$/.test(code) && !NOT_IN_THE_CHECKOUT.test(code))
    .filter(
      (code) =>
        folders.includes(code.split('/')[0] ?? '') || /^[\w.@/-]+\.(ts|mjs|js|json|ya?ml|md|sql)$/.test(code),
    );
}

describe.each(PAGES)('%s', (page) => {
  test('names only paths that are there', () => {
    expect(pathsIn(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('links only to pages that are there', () => {
    const near = linksIn(page).filter((url) => !/^(https?:|mailto:|#)/.test(url));
    const targets = near.map((url) => normalize(join(dirname(page), url.replace(/#.*$/, ''))));
    expect(targets.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('names only scripts of npm and commands of daywatch that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const typed = [...textOf(page).matchAll(/\bnpx daywatch ([a-z-]+)/g)].map(([, name = '']) => name);
    expect(typed.filter((name) => ![...COMMANDS, 'help'].includes(name))).toEqual([]);
  });
});

const HELP = execFileSync(process.execPath, [join(ROOT, 'src/main.ts'), 'help'], { encoding: 'utf8' });
const COMMANDS = [...HELP.matchAll(/^ {2}daywatch ([a-z-]+)/gm)].map(([, name = '']) => name);

test('the pages are read at all: they name paths, scripts and commands', () => {
  expect(pathsIn('ARCHITECTURE.md').length).toBeGreaterThan(20);
  expect(linksIn('README.md')).toContain('ARCHITECTURE.md');
  expect(COMMANDS).toContain('on-duty');
  expect(decisions().length).toBeGreaterThan(5);
});

describe('decisions', () => {
  test('are numbered without a gap, and short', () => {
    const names = decisions().map((path) => path.replace('docs/decisions/', ''));
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
    expect(decisions().filter((path) => textOf(path).split('\n').length > 26)).toEqual([]);
  });

  test.each(decisions())('%s says why, what and what follows', (path) => {
    const headings = [...textOf(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Decision', 'Consequence']);
  });
});

describe('the variables', () => {
  const read: string[] = Variables.keyof().options;

  /** Read and checked, and of no effect yet, so the README does not promise them. */
  const WITHOUT_EFFECT = ['NODE_ENV'];

  test('that are read are those of .env.example, where each is empty', () => {
    const example = parseEnv(textOf('.env.example'));
    expect(Object.keys(example).sort()).toEqual([...read].sort());
    expect(Object.values(example).filter((value) => value !== '')).toEqual([]);
  });

  test('in the README’s table are read, and nothing with an effect is missing there', () => {
    const [, settings = ''] = textOf('README.md').split('### Settings');
    const rows = (settings.split(/^#/m)[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(told.filter((name) => !read.includes(name))).toEqual([]);
    expect(read.filter((name) => !told.includes(name) && !WITHOUT_EFFECT.includes(name))).toEqual([]);
  });
});
