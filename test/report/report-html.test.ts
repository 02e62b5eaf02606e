import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportModel } from '../../src/domain/report/report-model.ts';
import { renderReport } from '../../src/report/render.ts';
import { reportHtml } from '../../src/report/report-html.ts';
import { said, storyOf } from './story.ts';

const MARKDOWN = `---
title: "T"
---

# A & <b>

| **Impact** | 1h \\| 2 |
| --- | --- |
| a | b |

![Chart](2025-08-12-inc-1.png)
![Far](https://example.org/x.png)
![Up](../secret.png)

- [x] done (https://github.com/a/b/pull/1)

<script>alert(1)</script> [odd](javascript:alert%281%29)
`;

test('one page: its pictures inside, others not fetched, nothing that runs', () => {
  const asked: string[] = [];
  const html = reportHtml(MARKDOWN, 'T <1>', (path) => {
    asked.push(path);
    return new Uint8Array([1, 2, 3]);
  });
  expect(asked).toEqual(['2025-08-12-inc-1.png']);
  expect(html).toContain('<img src="data:image/png;base64,AQID" alt="Chart" />');
  expect(html).toContain("default-src 'none'; img-src data:");
  expect(html).toContain('<title>T &lt;1&gt;</title>');
  expect(html).toContain('<h1>A &amp; &lt;b&gt;</h1>');
  expect(html).toContain('<th><strong>Impact</strong></th>');
  expect(html).toContain('<input type="checkbox" disabled="" checked="" />');
  expect(html).not.toMatch(/<script|javascript:|title: /);
});

test('whatever people write, no element is theirs', async () => {
  const piece = fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    '<script>',
    '](javascript:x)',
    '[a',
    '![',
    '"',
    "'",
    '<!--',
    '&lt;script&gt;',
    '`',
    '\n\n',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
      async (words) => {
        const story = storyOf(
          [said(1, `x${words}`, { quote: true }), said(2, `x${words}`, { code: words || 'x' })],
          { title: `T${words}`.replaceAll('\n', ' ') },
        );
        const html = reportHtml(await renderReport('2i2c', reportModel(story)), words);
        const [, body = ''] = html.split('<body>');
        const tags = new Set([...body.matchAll(/<(\w+)/g)].map(([, tag]) => tag));
        const ours = [
          'h1',
          'h2',
          'h3',
          'p',
          'table',
          'thead',
          'tbody',
          'tr',
          'th',
          'td',
          'blockquote',
          'pre',
          'code',
          'strong',
          'em',
          'a',
          'img',
          'br',
          'ul',
          'ol',
          'li',
          'input',
          'del',
          'hr',
        ];
        expect([...tags].filter((tag) => !ours.includes(tag ?? ''))).toEqual([]);
        expect(html).not.toMatch(/(?:href|src)="(?!https?:|data:image|mailto:|"|[\w./%-]*")/i);
      },
    ),
    { numRuns: 60 },
  );
});
