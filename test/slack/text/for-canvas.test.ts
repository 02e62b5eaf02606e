import { expect, test } from 'vitest';
import { canvasMarkdown } from '../../../src/slack/text/for-canvas.ts';
import { canvasProblem } from '../../../src/stand-ins/slack/canvas-markdown.ts';

test('what a canvas does not take is told in another way', () => {
  const cells = Array.from({ length: 150 }, (_, row) => `| a${row} | b${row} |`).join('\n');
  const given = `---
title: "x"
---

# Title

#### Deep

> said
>
> - one
> - two
>
> and more

- item
  1. inner
     - innermost

  > quoted

![chart](chart.png)

![Web](https://example.org/p.png) and [a file](files/F1-a.log)

| a | b |
| --- | --- |
${cells}

- [ ] open
- [x] done
`;
  expect(canvasProblem(given)).toBeDefined();
  const markdown = canvasMarkdown(given);
  expect(canvasProblem(markdown)).toBeUndefined();
  expect(markdown).toContain('### Deep');
  expect(markdown).toContain('> said\n\n- one\n- two\n\n> and more');
  expect(markdown).toContain('- item\n  - inner\n    - innermost');
  expect(markdown).toContain('[Web](https://example.org/p.png) and a file');
  expect(markdown).toContain('a149 · b149');
  expect(markdown).toContain('- [ ] open\n- [x] done');
  expect(markdown).not.toMatch(/^title|chart\.png|files\//m);
});

test('a report that is too long ends before a heading and says so', () => {
  const entry = '### 10:00\n\nöäü the same words again and again\n';
  const markdown = canvasMarkdown(`# Title\n\n${`${entry}\n`.repeat(2_000)}`);
  expect(canvasProblem(markdown)).toBeUndefined();
  expect(markdown).toMatch(
    /again and again\n\n\*The report goes on: the whole of it is the file in this channel\.\*$/,
  );
});
