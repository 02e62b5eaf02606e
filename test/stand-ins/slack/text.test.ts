import { describe, expect, it } from 'vitest';
import { validateMessageBlocks } from '../../../src/stand-ins/slack/block-kit.ts';
import { richTextBlock } from '../../../src/stand-ins/slack/rich-text.ts';
import { typedText } from '../../../src/stand-ins/slack/typed-text.ts';

const DIRECTORY = {
  people: [{ id: 'U0ANA', name: 'ana', realName: 'Ana', tz: 'Europe/Bucharest' }],
  channels: [],
};

describe('what people type', () => {
  it('is escaped, with people and links in Slack’s form', () => {
    const typed = '@ana saw a<b & <@U0BEN>; ana@ana.org https://x.org/a?b=1&c=2. @nobody <!here> <script>';
    expect(typedText(typed, DIRECTORY, 'message')).toBe(
      '<@U0ANA> saw a&lt;b &amp; <@U0BEN>; ana@ana.org <https://x.org/a?b=1&amp;c=2>. @nobody <!here> &lt;script&gt;',
    );
    expect(typedText('@ana https://x.org', DIRECTORY, 'command')).toBe('<@U0ANA|ana> https://x.org');
  });
});

describe('richTextBlock', () => {
  function elements(text: string): unknown {
    return richTextBlock(text).elements;
  }

  it('knows styles, mentions, links, emoji and broadcasts', () => {
    const text = '*b* _i_ ~s~ `c &lt;` <@U0ANA> <#C0123456> <!here> <https://x.org|words> :tada: 2*3*4';
    expect(elements(text)).toMatchObject([
      {
        type: 'rich_text_section',
        elements: [
          { text: 'b', style: { bold: true } },
          { text: ' ' },
          { text: 'i', style: { italic: true } },
          { text: ' ' },
          { text: 's', style: { strike: true } },
          { text: ' ' },
          { text: 'c <', style: { code: true } },
          { text: ' ' },
          { type: 'user', user_id: 'U0ANA' },
          { text: ' ' },
          { type: 'channel', channel_id: 'C0123456' },
          { text: ' ' },
          { type: 'broadcast', range: 'here' },
          { text: ' ' },
          { type: 'link', url: 'https://x.org', text: 'words' },
          { text: ' ' },
          { type: 'emoji', name: 'tada' },
          { text: ' 2*3*4' },
        ],
      },
    ]);
  });

  it('keeps fences, quotes and lists apart, and links out of code', () => {
    const text = 'before\n```kubectl <https://x.org>\n*no*```\n&gt; quoted\n• one\n• two\n1. first\nafter';
    expect(elements(text)).toMatchObject([
      { type: 'rich_text_section', elements: [{ text: 'before' }] },
      { type: 'rich_text_preformatted', elements: [{ text: 'kubectl https://x.org\n*no*' }] },
      { type: 'rich_text_quote', elements: [{ text: 'quoted' }] },
      { type: 'rich_text_list', style: 'bullet', elements: [{}, {}] },
      { type: 'rich_text_list', style: 'ordered', elements: [{}] },
      { type: 'rich_text_section', elements: [{ text: 'after' }] },
    ]);
  });

  it.each(['', '```', '```\n', '> ', '- ', '*', '<@U0ANA>', '\n\n', '``````', 'a\n```\nopen'])(
    'makes a block that Slack takes of %j',
    (text) => {
      expect(validateMessageBlocks([richTextBlock(text)])).toEqual([]);
    },
  );
});
