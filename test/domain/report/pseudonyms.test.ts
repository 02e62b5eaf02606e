import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pseudonyms } from '../../../src/domain/report/pseudonyms.ts';
import { reportMarkdown } from '../../../src/report/report-markdown.ts';
import { said, storyOf, team } from '../../report/story.ts';

const hidden = pseudonyms([
  {
    label: 'Primary engineer',
    names: ['Ana Silva'],
    handles: ['anasilva', 'U0ANA'],
    emails: ['ana@example.org'],
  },
  { label: 'Community representative', names: ['Sarika de Bruyn'], handles: [], emails: [] },
  { label: 'People Operations Lead', names: ['Will'], handles: ['will'], emails: [] },
  { label: 'Tech lead', names: ['José Müller'], handles: [], emails: [] },
  { label: 'Second engineer', names: ['Jo El Da'], handles: [], emails: [] },
]);

describe('people are called by their role', () => {
  test.each([
    ['Ana restarts the hub', 'Primary engineer restarts the hub'],
    ['Then Ana restarts it', 'Then primary engineer restarts it'],
    ['Done. Ana left.', 'Done. Primary engineer left.'],
    ["Ana's shell", "Primary engineer's shell"],
    ['asks Sarika for more', 'asks the community representative for more'],
    ['SARIKA DE BRUYN wrote', 'Community representative wrote'],
    ['de Bruyn wrote', 'Community representative wrote'],
    ['cc @anasilva and ana@example.org', 'cc primary engineer and primary engineer'],
    ['thanks Ana!', 'thanks primary engineer!'],
    ['handed to Will', 'handed to the People Operations Lead'],
    ['it will analyse a banana, de facto', 'it will analyse a banana, de facto'],
    ['Jose says', 'Tech lead says'],
    ['JOSÉ MÜLLER says', 'Tech lead says'],
    ['Anabel and Silvan', 'Anabel and Silvan'],
    ['Jo knew whom to ask', 'Second engineer knew whom to ask'],
    ['jo-lib, JO, El Nino, Da capo', 'jo-lib, JO, El Nino, Da capo'],
  ])('%s', (text, expected) => {
    expect(hidden.inWords(text)).toBe(expected);
  });

  test('an address that names somebody tells', () => {
    expect(hidden.tell('https://github.com/anasilva/dotfiles')).toBe(true);
    expect(hidden.tell('https://github.com/2i2c-org/infrastructure')).toBe(false);
  });
});

test('no name survives in any place of a public report, and ordinary words stay', async () => {
  const forms = fc.constantFrom(
    ...[
      'Ana',
      'Silva',
      'Ana Silva',
      'ana silva',
      '@anasilva',
      'anasilva',
      'ana@example.org',
      '[x](person:U0ANA)',
    ],
    ...['Sarika de Bruyn', 'Sarika', 'Bruyn', '[Sarika](person:U0OUT)', '**Ana** Silva', '`Ana Silva`'],
    ...[
      '<https://github.com/anasilva>',
      '![Ana](https://a.b/c.png)',
      '[Sarika](https://a.b)',
      'Ben Okafor',
      'ben-o',
    ],
  );
  const glue = fc.constantFrom(
    ' ',
    ', ',
    '. ',
    '\n',
    '\n\n',
    '\n- ',
    '\n# ',
    '\n> ',
    ' (',
    ') ',
    '" ',
    ' — ',
  );
  const text = fc.array(fc.tuple(fc.constantFrom('kubectl ', 'the hub ', ''), forms, glue), {
    minLength: 1,
    maxLength: 5,
  });
  const asText = text.map((parts) => parts.flat().join(''));
  await fc.assert(
    fc.asyncProperty(
      asText,
      asText,
      fc.constantFrom('2i2c', 'binder', 'standard'),
      async (words, others, template) => {
        const story = storyOf(
          [
            said(1, `banana ${words}`, {
              code: withoutLinks(others),
              raw: withoutLinks(words),
              kind: 'alert',
            }),
            said(2, words, { quote: true, author: 'U0OUT', link: 'https://github.com/anasilva/x' }),
            said(3, others, { author: 'U0BEN' }),
            [4, { type: 'lesson-added', lesson: 'l', kind: 'well', text: words }],
            [5, { type: 'action-added', action: 'a', title: others }],
            [6, { type: 'summary-written', summary: words, resolution: others }],
          ],
          { title: `Outage of ${withoutLinks(words).replaceAll(/\s+/g, ' ')}`, team },
        );
        const markdown = await reportMarkdown({ ...story, template });
        expect(markdown).not.toMatch(
          /Ana(?![a-z])|Silva|anasilva|Sarika|Bruyn|Okafor|ben-o|ana@|person:|channel:|U0/,
        );
        expect(markdown).toContain('banana');
      },
    ),
    { numRuns: 150 },
  );
});

/** Titles, code and alerts are no Markdown: a mention in them is only what was typed. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\(person:\w+\)/g, '');
}

test('names from outside stand where the team lets them', async () => {
  const open = { ...team, report: { namesFromOutside: true } };
  const story = storyOf([said(1, 'asked [Sarika](person:U0OUT)', { author: 'U0BEN' })], { team: open });
  const markdown = await reportMarkdown({ ...story, template: '2i2c' });
  expect(markdown).toContain('Second engineer: asked Sarika de Bruyn');
});

test('a further name is hidden too', async () => {
  const story = storyOf([said(1, 'thanks kipper and Kip, says [x](person:U0ANA)')]);
  const names = { ...story.names, otherNames: (id: string) => (id === 'U0BEN' ? ['kipper', 'Kip'] : []) };
  const markdown = await reportMarkdown({ ...story, names, template: '2i2c' });
  expect(markdown).not.toMatch(/kip/i);
});
