import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { expect, test } from 'vitest';
import { writeMarkdown } from '../../src/domain/markdown.ts';
import { readSimpleLine, writeSimpleLine } from '../../src/domain/simple-line.ts';

function parsed(line: string): unknown {
  const tree = fromMarkdown(line, {
    extensions: [{ disable: { null: ['htmlFlow', 'htmlText', 'definition'] } }, gfmStrikethrough()],
    mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmAutolinkLiteralFromMarkdown()],
  });
  return JSON.parse(JSON.stringify(tree.children, (key, value) => (key === 'position' ? undefined : value)));
}

test.each([
  'Restarts `prod` as [Ana](person:U0ANA) said in [#ops](channel:C1)',
  'see https://a.b/c_d?x=1 now',
  '`kubectl get pods`',
  '**Ana** restarts **the hub 2**, see [the pull request](https://github.com/a/b/pull/1) **now**',
  'the hub (leap.2i2c.cloud) is back at 5:02; 737 pods, 50% less',
  'a *b* and _c d_: ~50% of hub_db_1 & more | less <3, see (https://a.b/c_d?x=1), @ana!',
  '2025-08-12 17:32: “Emoji 🙂” at <5% > 3 = {x} ^ #12 é_ü',
])('%s', (line) => {
  expect([{ type: 'paragraph', children: readSimpleLine(line) }]).toEqual(parsed(line));
});

test.each([
  '- a',
  '1. a',
  '# a',
  'a *b',
  'a _b',
  'a\nb',
  '``a``',
  'a ~b~',
  'a &amp; b',
  'a <b>',
  'a ![b](c)',
  'see https://a.b/_c_ now',
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
      '**',
      '*',
      '**x y**',
      '[a b](https://a.b/c)',
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
      ...[
        '_',
        '*x*',
        '_x_',
        '~',
        '~~',
        '&',
        '&lt;',
        ';',
        '!',
        '@',
        'a@b.c',
        '<',
        '>',
        '<b>',
        '\\',
        '|',
        '{',
        '+',
        '🙂',
      ],
      ...[
        '\u00a0',
        '\u0301',
        '\u2028',
        '\u200b',
        '\t',
        '“',
        '$',
        '%',
        '^',
        '![',
        'http',
        's',
        '/x_y',
        '/_x_/',
        '://',
      ],
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
    { numRuns: Number(process.env.RUNS ?? 5000) },
  );
  expect(simple).toBeGreaterThan(200);
});

test('what is written simply is what the long way writes', () => {
  const words = fc.constantFrom(
    'Ana',
    'the hub 2',
    'back',
    'a, b',
    '(x)',
    '5:02',
    '1.',
    '-',
    'a ',
    ' b',
    '…',
    '#1',
    'www.a.b',
    ...[
      'a_b',
      '_a',
      'a_',
      '~x',
      'a*b',
      '[x]',
      '](',
      '&amp',
      'a & b',
      '<b',
      '<3',
      '@a',
      'x@y',
      '!',
      '🙂',
      ':',
      ':/',
      '/',
      '(',
      'é',
      '`',
    ],
    ...['%', '+', '=', '>', '|', '\\', ': ', 'w.x', '\u00a0', '"', '{', '1)', '~~'],
  );
  const text = fc.record({ type: fc.constant('text' as const), value: words });
  const children = fc.tuple(text);
  const url = fc.constantFrom(
    'https://a.b/c',
    'https://a.b/c_d?x=1',
    'https://a.b',
    'person:U1',
    'https://a.b/(c)',
  );
  const node = fc.oneof(
    text,
    fc.record({
      type: fc.constant('inlineCode' as const),
      value: fc.constantFrom('x', 'a b', 'a`b', ' a', '<b>|_~&amp;', '-', '🙂'),
    }),
    url.map((value) => ({
      type: 'link' as const,
      title: null,
      url: value,
      children: [{ type: 'text' as const, value }],
    })),
    fc.record({ type: fc.constant('strong' as const), children }),
    fc.record({ type: fc.constant('emphasis' as const), children }),
    fc.record({ type: fc.constant('link' as const), title: fc.constant(null), url, children }),
  );
  let simple = 0;
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 5 }), (nodes) => {
      const line = writeSimpleLine(nodes);
      if (line === undefined) return;
      simple += 1;
      // A second paragraph takes the long way.
      const paragraph = { type: 'paragraph' as const, children: nodes };
      const other = { type: 'paragraph' as const, children: [{ type: 'text' as const, value: '#' }] };
      const long = writeMarkdown({ type: 'root', children: [paragraph, other] });
      // The long way escapes the dot after a w, which only three of them need.
      expect(`${line}\n\n\\#`).toBe(long.replaceAll('w\\.x', 'w.x'));
    }),
    { numRuns: Number(process.env.RUNS ?? 5000) },
  );
  expect(simple).toBeGreaterThan(100);
});
