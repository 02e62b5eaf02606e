import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMarkdown, wordsOf } from '../../../src/domain/markdown.ts';
import { markdownFromSlack } from '../../../src/slack/text/from-slack.ts';

const names = {
  person: (id: string) => ({ U0ANA: 'Ana', U0BEN: 'Ben [SRE]' })[id] ?? id,
  channel: (id: string) => ({ C1: 'ops' })[id] ?? id,
  group: (id: string) => ({ S1: 'sre' })[id] ?? id,
};

function section(...elements: unknown[]) {
  return { type: 'rich_text_section', elements };
}

function text(words: string, ...styles: string[]) {
  return { type: 'text', text: words, style: Object.fromEntries(styles.map((style) => [style, true])) };
}

function richText(...elements: unknown[]): string {
  return markdownFromSlack({ blocks: [{ type: 'rich_text', elements }] }, names).text;
}

function bullets(style: string, indent: number, offset: number, ...items: string[]) {
  return {
    type: 'rich_text_list',
    style,
    indent,
    offset,
    elements: items.map((item) => section(text(item))),
  };
}

describe('rich text', () => {
  test.each([
    ['plain words', [text('all is well')], 'all is well'],
    ['markup typed as words', [text('2 * 3 * 4 # [x] <b>')], '2 \\* 3 \\* 4 # \\[x] \\<b>'],
    [
      'an underscore one letter away from emphasis',
      [text('a', 'italic', 'strike'), text('a_a'), text('b', 'bold', 'italic')],
      '*~~a~~*&#x61;\\_&#x61;**_b_**',
    ],
    ['a name with underscores', [text('project_id')], 'project_id'],
    ['bold with spaces at its edges', [text('a'), text(' b ', 'bold'), text('c')], 'a **b** c'],
    ['bold over two pieces', [text('a ', 'bold'), text('b', 'bold', 'italic')], '**a _b_**'],
    ['code in two pieces', [text('kubectl ', 'code'), text('get', 'code')], '`kubectl get`'],
    ['strike', [text('no', 'strike')], '~~no~~'],
    ['a person', [{ type: 'user', user_id: 'U0ANA' }, text(' looks')], '[Ana](person:U0ANA) looks'],
    ['a name with brackets', [{ type: 'user', user_id: 'U0BEN' }], '[Ben \\[SRE\\]](person:U0BEN)'],
    ['a channel', [{ type: 'channel', channel_id: 'C1' }], '[#ops](channel:C1)'],
    ['a group', [{ type: 'usergroup', usergroup_id: 'S1' }], '@sre'],
    ['a broadcast', [{ type: 'broadcast', range: 'channel' }], '@channel'],
    ['emoji with its character', [{ type: 'emoji', name: 'x', unicode: '1f44d-1f3fd' }], '👍🏽'],
    ['emoji by name', [{ type: 'emoji', name: 'cry' }], '😢'],
    ["a workspace's own emoji", [{ type: 'emoji', name: 'acme' }], ':acme:'],
    ['a link', [{ type: 'link', url: 'https://a.b/c', text: 'there' }], '[there](https://a.b/c)'],
    ['a bare link', [{ type: 'link', url: 'https://a.b/c_d' }], '<https://a.b/c_d>'],
    ['a link that is none', [{ type: 'link', url: 'javascript:x', text: 'there' }], 'there'],
    ['a date', [{ type: 'date', timestamp: 1755014400, format: '{date}' }], '2025-08-12 16:00 UTC'],
    ['a line break', [text('one\ntwo')], 'one\\\ntwo'],
    ['an empty line', [text('one\n\ntwo')], 'one\n\ntwo'],
  ])('%s', (_what, elements, expected) => {
    expect(richText(section(...elements))).toBe(expected);
  });

  test('lists nest by their indent and count on', () => {
    const lists = [
      bullets('ordered', 0, 2, 'three'),
      bullets('bullet', 1, 0, 'inner'),
      bullets('ordered', 0, 3, 'four'),
    ];
    expect(richText(...lists)).toBe('3. three\n   - inner\n4. four');
  });

  test('quotes and fences', () => {
    const quote = { type: 'rich_text_quote', elements: [text('no pods\nat all')] };
    const fence = { type: 'rich_text_preformatted', elements: [text('a ``` b')] };
    expect(richText(quote, fence, section(text('end')))).toBe(
      '> no pods\\\n> at all\n\n````\na ``` b\n````\n\nend',
    );
  });

  test('a fence that ends the message is its code', () => {
    const fence = { type: 'rich_text_preformatted', elements: [text('$ ls\n  a')] };
    const message = { blocks: [{ type: 'rich_text', elements: [section(text('I ran')), fence] }] };
    expect(markdownFromSlack(message, names)).toEqual({ text: 'I ran', code: '$ ls\n  a' });
  });

  test('typed words come back as the same words of plain paragraphs', () => {
    const piece = fc.constantFrom(
      ...[
        '# ',
        '- ',
        '1. ',
        '> ',
        '```',
        '~~~',
        '---',
        '===',
        '<b>',
        '&lt;',
        '*',
        '_',
        '**',
        '`',
        '[a](b)',
        '![',
        '|',
        '\\',
        '  ',
        '\t',
        '\n',
        'a',
        'word ',
        'https://a.b',
        'x@y.z',
        '$',
        ':::',
        '%',
        '+ ',
        '+++',
        '\u00a0',
        '😢',
        '(',
        ')',
        '!',
        '[^1]',
        '[ ] ',
      ],
    );
    const words = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(words, (typed) => {
        const tree = parseMarkdown(richText(section(text(typed))));
        expect(tree.children.every((child) => child.type === 'paragraph')).toBe(true);
        expect(tree.children.map((child) => wordsOf(child)).join('\n\n')).toBe(asShown(typed));
      }),
      { numRuns: 2000 },
    );
  });

  test('styles come back whatever stands in them', () => {
    const styles = fc.subarray(['bold', 'italic', 'strike']);
    const pieces = fc.array(
      fc.tuple(fc.constantFrom('a', ' b ', 'c d', '*', '_', '.', ' ', '~', '(x)'), styles),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(pieces, (given) => {
        const tree = parseMarkdown(
          richText(section(...given.map(([words, style]) => text(words, ...style)))),
        );
        expect(tree.children.map((child) => wordsOf(child)).join('\n\n')).toBe(
          asShown(given.map(([words]) => words).join('')),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/** What a reader sees of typed text: no white space at the edges of a line, one empty line between paragraphs. */
function asShown(typed: string): string {
  const lines = typed
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .split('\n')
    .map((line) => line.trim());
  return lines
    .join('\n')
    .replaceAll(/\n{2,}/g, '\n\n')
    .replaceAll(/^\n+|\n+$/g, '');
}

describe('mrkdwn', () => {
  test.each([
    ['entities', 'a &lt;b&gt; &amp;amp;', 'a \\<b> \\&amp;'],
    ['styles', '*bold* _it_ ~no~ `co&amp;de`', '**bold** *it* ~~no~~ `co&de`'],
    ['styles inside styles', '*a _b_ c*', '**a *b* c**'],
    ['stars inside a word', 'a*b*c and 2 * 3 * 4', 'a\\*b\\*c and 2 \\* 3 \\* 4'],
    ['a person', '<@U0ANA|ana> looks', '[Ana](person:U0ANA) looks'],
    ['a channel', '<#C1|ops>', '[#ops](channel:C1)'],
    ['broadcasts', '<!channel> <!subteam^S1|@sre>', '@channel @sre'],
    ['a link', '<https://a.b/?x=1&amp;y=2|words>', '[words](https://a.b/?x=1\\&y=2)'],
    ['a date', '<!date^1755014400^{date}|Aug 12>', 'Aug 12'],
    ['a quote', '&gt; one\n&gt; two\nthree', '> one\\\n> two\n\nthree'],
    ['a quote to the end', '&gt;&gt;&gt;one\ntwo', '> one\\\n> two'],
    ['a fence', 'see ```\na < b\n```', 'see'],
  ])('%s', (_what, typed, expected) => {
    expect(markdownFromSlack({ text: typed }, names).text).toBe(expected);
  });
});

describe('bots', () => {
  test("PagerDuty's words in attachments and blocks", () => {
    const message = {
      text: '',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Triggered*' } }, { type: 'divider' }],
      attachments: [
        { title: '#1924', title_link: 'https://x.pagerduty.com/1924', text: 'LEAP <https://a.b|hub>' },
        { fields: [{ title: 'Urgency', value: 'High' }], fallback: 'not shown' },
        { fallback: 'only this' },
        { from_url: 'https://x.y', text: 'a preview' },
      ],
    };
    expect(markdownFromSlack(message, names).text).toBe(
      [
        '**Triggered**',
        '**[#1924](https://x.pagerduty.com/1924)**',
        'LEAP [hub](https://a.b)',
        'Urgency: High',
        'only this',
      ].join('\n\n'),
    );
  });

  test('nonsense does no harm', () => {
    fc.assert(
      fc.property(fc.array(fc.object({ maxDepth: 3 })), (blocks) => {
        expect(markdownFromSlack({ blocks, attachments: blocks }, names).text).toEqual(expect.any(String));
      }),
    );
  });
});
