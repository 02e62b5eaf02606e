import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { expect, test } from 'vitest';
import { readSimpleLine } from '../../src/domain/simple-line.ts';

function parsed(line: string): unknown {
  const tree = fromMarkdown(line, { mdastExtensions: [gfmAutolinkLiteralFromMarkdown()] });
  return JSON.parse(JSON.stringify(tree.children, (key, value) => (key === 'position' ? undefined : value)));
}

test.each([
  'Restarts `prod` as [Ana](person:U0ANA) said in [#ops](channel:C1)',
  'see https://a.b/c_d?x=1 now',
  '`kubectl get pods`',
  'the hub (leap.2i2c.cloud) is back at 5:02; 737 pods, 50% less',
])('%s', (line) => {
  expect([{ type: 'paragraph', children: readSimpleLine(line) }]).toEqual(parsed(line));
});

test.each([
  '- a',
  '1. a',
  '# a',
  'a *b*',
  'a\nb',
  '``a``',
  'a_b',
  'a <b>',
  'www.a.b',
  'a@b.c',
  '[a](b)',
  'a ',
  ' a',
  'https://1.-',
  'https://a-.b',
])('%j is left to the parser', (line) => {
  expect(readSimpleLine(line)).toBeUndefined();
});

test('what is read simply is read as the parser reads it', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'Word',
      ' ',
      '  ',
      '`',
      '`x y`',
      '`` ',
      '[Ana](person:U1)',
      '[',
      ']',
      '(',
      ')',
      'https://',
      'https://a.b/c',
      '.',
      ',',
      ':',
      '-',
      '=',
      '1',
      '1.',
      'é',
      '?',
      'www',
      '/',
      '#x',
      '"',
    ],
  );
  let simple = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 9 }).map((parts) => parts.join('')),
      (line) => {
        const children = readSimpleLine(line);
        if (!children) return;
        simple += 1;
        expect([{ type: 'paragraph', children }]).toEqual(parsed(line));
      },
    ),
    { numRuns: 5000 },
  );
  expect(simple).toBeGreaterThan(200);
});
