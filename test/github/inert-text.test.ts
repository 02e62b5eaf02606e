import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertText, inertTitle } from '../../src/github/inert-text.ts';

const JOINER = '\u2060';

/** Words in which everything dangerous turns up often and close together. */
const people = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@ana',
        '@acme/team',
        '#12',
        'GH-12',
        'gh-1',
        'acme/x#3',
        'closes ',
        'Fixes: ',
        'resolved',
      ),
      fc.constantFrom(
        '<!--',
        '-->',
        '<img src=x>',
        '![](https://x.org/a.png)',
        '&#64;ana',
        '&commat;',
        '<',
        '&',
        '!',
        '[',
      ),
      fc.constantFrom(
        'https://example.org/@ana#12',
        'https://github.com/a/b/issues/1',
        'http://',
        'https://',
        '@',
        '#',
        '\\',
      ),
      fc.constantFrom(' ', '\n', '`', '|', '(', ')', '.', JOINER, '/', 'x'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** What GitHub would read as a link as a whole. */
const LINK = /(?<=^|[\s(])https?:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(\/[\w\-.~:/?#@$&+,=%]*)?/gi;

function outsideLinks(text: string): string {
  return text.replace(LINK, ' ');
}

function withoutJoiners(text: string): string {
  return text.replaceAll(JOINER, '');
}

describe('inert text', () => {
  it('mentions, links and hides nothing, whatever is said', () => {
    fc.assert(
      fc.property(people, (text) => {
        expect(outsideLinks(inertText(text))).not.toMatch(
          /@[a-z0-9]|#\d|gh-\d(?<![a-z0-9]gh-\d)|<[!/?a-z]|&#?[a-z0-9]+;|!\[/i,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('closes nothing by an address either', () => {
    fc.assert(
      fc.property(people, (text) => {
        expect(inertText(text)).not.toMatch(/\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\s*:?\s*https?:/i);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads as before', () => {
    fc.assert(
      fc.property(people, (text) => {
        expect(withoutJoiners(inertText(text))).toBe(withoutJoiners(text));
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(people, (text) => {
        expect(inertText(inertText(text))).toBe(inertText(text));
      }),
    );
  });

  it.each([
    'See https://example.org/@ana/12#34 for more.',
    'https://console.cloud.google.com/monitoring/alerting/alerts/0.abc?channelType=webhook&project=p',
    '# A heading\n\n- **bold** and `code`',
    'C# and 5 > 3, a @ b, R&D, 100 % !',
    'at 17:32 — “quoted” 🦉',
  ])('leaves %j as it is', (text) => {
    expect(inertText(text)).toBe(text);
  });

  it.each([
    ['https://@ana', `https://@${JOINER}ana`],
    ['see xhttps://a.org/@ana', `see xhttps://a.org/@${JOINER}ana`],
    ['https://a.org/x|@ana', `https://a.org/x|@${JOINER}ana`],
    ['fixes https://a.org/1', `f${JOINER}ixes https://a.org/1`],
    ['<script>', `<${JOINER}script>`],
    ['&#35;12', `&#${JOINER}35;12`],
    ['&#x40;ana &commat;ana', `&${JOINER}#x40;ana &${JOINER}commat;ana`],
  ])('breaks %j', (text, expected) => {
    expect(inertText(text)).toBe(expected);
  });
});

describe('an inert title', () => {
  it('is one line of at most 256 characters, and as harmless', () => {
    fc.assert(
      fc.property(fc.array(people, { maxLength: 40 }), (texts) => {
        const title = inertTitle(texts.join('\n'));
        expect(title).not.toMatch(/\n/);
        expect(title.length).toBeLessThanOrEqual(256);
        expect(outsideLinks(title)).not.toMatch(/@[a-z0-9]|#\d/i);
      }),
    );
  });
});
