import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainFromMarkdown, slackFromMarkdown } from '../../../src/slack/text/to-slack.ts';

describe('mrkdwn from Markdown', () => {
  test.each([
    ['entities', 'a \\<b> & c', 'a &lt;b&gt; &amp; c'],
    ['HTML', '<b>x</b>', '&lt;b&gt;x&lt;/b&gt;'],
    ['styles', '**a** *b* ~~c~~ `d & e`', '*a* _b_ ~c~ `d &amp; e`'],
    ['a heading', '# Now', '*Now*'],
    ['a person, by name', '[Ana](person:U0ANA) looks', 'Ana looks'],
    ['a channel', '[#ops](channel:C1)', '<#C1>'],
    ['a channel that is none', '[x](channel:C1|!channel)', 'x'],
    ['a link', '[the | page](https://a.b/?x=1&y=2)', '<https://a.b/?x=1&amp;y=2|the ¦ page>'],
    ['a link that is none', '[x](javascript:alert)', 'x'],
    ['a broadcast as an address', '[x](<!channel>)', 'x'],
    ['a broadcast', '<!channel> @here', '&lt;!channel&gt; @\u2060here'],
    ['a list', '1. a\n   - b\n2. c', '1. a\n    • b\n2. c'],
    ['a quote', '> a\n>\n> b', '> a\n> \n> b'],
    ['a fence', '````\na ``` <b>\n````', '```\na `\u200B`` &lt;b&gt;\n```'],
    ['a line break', 'a\\\nb', 'a\nb'],
    ['a picture', '![graph](https://a.b/c.png)', '<https://a.b/c.png|graph>'],
  ])('%s', (_what, markdown, expected) => {
    expect(slackFromMarkdown(markdown)).toBe(expected);
  });

  test('a mention notifies only when it is meant to', () => {
    expect(slackFromMarkdown('[Ana](person:U0ANA)', { mention: true })).toBe('<@U0ANA>');
    expect(slackFromMarkdown('[Ana](person:name%3AAna)', { mention: true })).toBe('Ana');
    expect(slackFromMarkdown('[x](person:U1|!channel)', { mention: true })).toBe('x');
  });

  test('nothing that is typed becomes live', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '!channel',
      '@here',
      '@channel',
      '&lt;',
      '[a](',
      '`',
      '```',
      ')',
      '<!everyone>',
      '<@U1>',
      '|',
      '\n',
      'a',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join('')),
        (typed) => {
          const shown = slackFromMarkdown(typed);
          expect(shown).not.toMatch(/<[!@]|@(channel|here|everyone)/);
        },
      ),
    );
  });
});

describe('plain words from Markdown', () => {
  test.each([
    ['[Ana](person:U0ANA) saw **no** `pods` in [#ops](channel:C1)', 'Ana saw no pods in #ops'],
    ['see [the page](https://a.b) or <https://c.d>', 'see the page (https://a.b) or https://c.d'],
    ['- a\n- b', '• a\n• b'],
    ['```\nx < y\n```', 'x < y'],
  ])('%s', (markdown, expected) => {
    expect(plainFromMarkdown(markdown)).toBe(expected);
  });
});
