import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { wordsOf } from '../../src/domain/markdown.ts';
import { reportModel } from '../../src/domain/report/report-model.ts';
import { renderReport, templateNames } from '../../src/report/render.ts';
import { TemplateError } from '../../src/report/template-error.ts';
import { said, storyOf } from './story.ts';

function sections(markdown: string): string[] {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '');
  const tree: Root = fromMarkdown(body);
  expect(tree.children.some(({ type }) => type === 'html')).toBe(false);
  return tree.children.flatMap((node) =>
    node.type === 'heading' ? [`${'#'.repeat(node.depth)} ${wordsOf(node)}`] : [],
  );
}

const TITLE = 'Pods | "stuck" --- [x](y) `a` <b> #';

describe('2i2c', () => {
  test('the front matter is right whatever the title holds', async () => {
    const markdown = await renderReport('2i2c', reportModel(storyOf([], { title: TITLE })));
    const [, front = ''] = /^---\n([\s\S]*?)\n---\n/.exec(markdown) ?? [];
    expect(parse(front)).toEqual({ title: TITLE, date: '2025-08-12' });
    expect(front).not.toContain('---');
    expect(sections(markdown)[0]).toBe(`# Incident report August 12 2025 - ${TITLE}`);
  });

  test('a whole small report', async () => {
    const story = storyOf([
      [0, { type: 'impact-set', edge: 'start', moment: { at: Date.parse('2025-08-12T16:00:00Z') } }],
      said(2, 'the cluster is LEAP', { quote: true }),
      said(2, 'joins', { author: 'U0BEN' }),
      [5, { type: 'lesson-added', lesson: 'l', kind: 'well', text: 'Noticed\n\nquickly' }],
      [6, { type: 'action-added', action: 'a', title: 'Write a *runbook*' }],
      [6, { type: 'action-linked', action: 'a', url: 'https://github.com/o/r/issues/1' }],
      [6, { type: 'action-added', action: 'b', title: 'Harden' }],
      [6, { type: 'action-done', action: 'b' }],
      [7, { type: 'summary-written', summary: 'Gone.', resolution: 'Back.' }],
      [71, { type: 'status-changed', from: 'monitoring', to: 'resolved' }],
      said(196, 'asks for more'),
    ]);
    expect(await renderReport('2i2c', reportModel(story))).toBe(`---
title: "LEAP hub outage"
date: 2025-08-12
---

# Incident report August 12 2025 - LEAP hub outage

| Field | Value |
| --- | --- |
| **Impact Time** | Aug 12 at 17:00 to Aug 12 at 18:11 |
| **Duration** | 1h 11m |
| **Time to detect** | at once |
| **Time to resolve** | 1h 11m |
| **Unknown** | time to page, time to acknowledge, time waiting for daylight, time to first update, time to mitigate |

## Summary

Gone.

## Resolution

Back.

## What went well

- Noticed

  quickly

## What didn't go so well?

None recorded.

## Timeline (times in BST)

### 5:00 PM

Primary engineer declares the incident: LEAP hub outage (sev1).

### 5:02 PM

Primary engineer:

> the cluster is LEAP

Second engineer: joins

### 6:11 PM

Incident resolved.

## Follow-up timeline (times in BST)

### 8:16 PM

Primary engineer: asks for more

## Action Items

- [ ] Write a *runbook* (https://github.com/o/r/issues/1)
- [x] Harden
`);
  });
});

describe('what people write stays in its place', () => {
  const nasty = fc.constantFrom(
    ...[
      '# H',
      '## Summary',
      '\n---\n',
      '===\n',
      '```',
      '~~~',
      '<div>',
      '<!--',
      '-->',
      '</details>',
      '| a | b |\n| - | - |',
    ],
    ...[
      '- [ ] ',
      '1. ',
      '> ',
      '    ',
      '\t',
      '\n',
      '\n\n',
      'words',
      '[a]: b',
      '[^1]: c',
      '![',
      '](',
      '`',
      '*',
      '_',
      '{{ title }}',
    ],
    ...['{% raw %}', '%}', '\\', '&lt;h1&gt;', '+++', ':::note', '$$', '\u2028', '***', 'https://a.b'],
  );
  const text = fc.array(nasty, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

  test.each(['2i2c', 'binder', 'standard', OWN])('%s', async (template) => {
    const plain = await sectionsOf(template, 'words', 'words', true);
    await fc.assert(
      fc.asyncProperty(text, text, fc.boolean(), async (words, others, isPublic) => {
        const shown = await sectionsOf(template, `x${words}`, `x${others}`, isPublic);
        expect(shown).toEqual(plain);
      }),
      { numRuns: Number(process.env.RUNS ?? 40) },
    );
  });
});

/** As a team may write it, with headings of its own, a table, a numbered list and a quote. */
const OWN = fileURLToPath(new URL('own-template.md', import.meta.url));

async function sectionsOf(
  template: string,
  words: string,
  others: string,
  isPublic: boolean,
): Promise<string[]> {
  const story = storyOf(
    [
      said(1, words, { code: others, role: 'engineer' }),
      said(2, others, { quote: true, link: 'https://a.b/c' }),
      said(3, words, { kind: 'alert', raw: others }),
      [4, { type: 'lesson-added', lesson: 'l', kind: 'well', text: words }],
      [4, { type: 'lesson-added', lesson: 'm', kind: 'badly', text: others }],
      [5, { type: 'action-added', action: 'a', title: words, category: 'process' }],
      [6, { type: 'summary-written', summary: words, resolution: others }],
    ],
    { public: isPublic },
  );
  const markdown = await renderReport(template, reportModel(story));
  const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(markdown) ?? [];
  if (front !== undefined) expect(Object.keys(parse(front))).toEqual(['title', 'date']);
  return sections(markdown);
}

describe('templates', () => {
  test('three ship', async () => {
    expect(await templateNames()).toEqual(['2i2c', 'binder', 'standard']);
  });

  test('the same incident is the same bytes', async () => {
    const render = () => renderReport('standard', reportModel(storyOf([said(1, 'a')])));
    expect(await render()).toBe(await render());
  });

  async function written(source: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'daywatch-template-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'own.md');
    await writeFile(file, source);
    return file;
  }

  test("a team's own file", async () => {
    expect(await renderReport(await written('{{ name }}: {{ duration }}'), reportModel(storyOf([])))).toBe(
      'INC-12: Unknown\n',
    );
  });

  test.each([
    ['one\n{{ titel }}', 2, 'A report knows: name, title'],
    ['one\n\n{{ title | shout }}', 3, 'there are yaml, cell, indent'],
    ['{% if title %}', 1, 'not closed'],
    ['{{ title.constructor }}', 1, 'undefined'],
  ])('%j is refused with its line', async (source, line, words) => {
    const file = await written(source);
    const error = await renderReport(file, reportModel(storyOf([]))).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ file, line, message: expect.stringContaining(words) });
  });

  test('a name that is none', async () => {
    await expect(renderReport('3i3c', reportModel(storyOf([])))).rejects.toThrow(
      'there is no template “3i3c”; a template is one of 2i2c, binder, standard, or the path of a file.',
    );
  });
});
