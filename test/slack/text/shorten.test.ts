import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from '../../../src/slack/text/shorten.ts';

test.each([
  ['short', 5, 'short'],
  ['shorter', 5, 'shor…'],
  ['a word', 3, 'a…'],
  ['ab &amp; c', 6, 'ab…'],
  ['ab &amp; c', 9, 'ab &amp;…'],
  ['see <@U0ANA> now', 10, 'see…'],
  ['😢😢😢😢', 3, '😢😢…'],
  ['ok 👩‍👩‍👧 fine', 6, 'ok…'],
  ['```\none\ntwo\nthree\n```', 13, '```\none\n```…'],
  ['see ```\none\n```', 9, 'see…'],
  ['anything', 0, ''],
])('%j in %i', (text, max, expected) => {
  expect(shorten(text, max)).toBe(expected);
});

test('the length holds, entities stay whole and fences are closed', () => {
  const piece = fc.constantFrom('&amp;', '&lt;', '```', '`', 'word ', '😢', '\n', '<https://a.b|c>', 'é');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.integer({ min: 1, max: 60 }),
      (text, max) => {
        const short = shorten(text, max);
        expect([...short].length).toBeLessThanOrEqual(max);
        if (short === text) return;
        expect(short.endsWith('…')).toBe(true);
        expect(short.replaceAll(/&(amp|lt|gt);/g, '')).not.toContain('&');
        expect(short.split('```').length % 2).toBe(1);
      },
    ),
    { numRuns: 2000 },
  );
});
