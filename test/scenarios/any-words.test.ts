import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf } from '../../src/actions/report-of.ts';
import type { SayOptions } from '../../src/stand-ins/slack/gestures/messages.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { PEOPLE } from '../harness/team.ts';
import { declared, endsWell, timelineOf } from './eyes.ts';

/** A tree as a reader sees it: `['p', 'words']`, `['code', 'verbatim']`. */
type Shape = string | [string, ...Shape[]];

const NAMES: Record<string, string> = {
  paragraph: 'p',
  blockquote: 'quote',
  strong: 'b',
  emphasis: 'i',
  delete: 's',
  inlineCode: 'tt',
  listItem: 'li',
  list: 'ul',
  link: 'a',
};

/** The report as any site of the world reads it: with HTML, tables, footnotes, everything that GitHub knows. */
function shapesOf(markdown: string): Shape[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return tree.children.map(shapeOf);
}

function shapeOf(node: Nodes): Shape {
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return '\n';
  const name = node.type === 'list' && node.ordered ? 'ol' : (NAMES[node.type] ?? node.type);
  if ('value' in node) return [name, node.value];
  if (!('children' in node)) return [name];
  const inner: Shape[] = [];
  for (const child of node.children.map(shapeOf)) {
    const last = inner.at(-1);
    if (typeof child === 'string' && typeof last === 'string') inner[inner.length - 1] = last + child;
    else inner.push(child);
  }
  return [name, ...inner];
}

interface Sample {
  name: string;
  by?: string;
  say: string;
  options?: SayOptions;
  /** What stands under the name in a report. */
  report: Shape[];
  /** What stands after the name in the timeline that Slack shows; `<url>` are left out. */
  card: string;
}

const RICH = (...elements: object[]) => ({ blocks: [{ type: 'rich_text', elements }] });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const words = (text: string, style = {}) => ({ type: 'text', text, style });

const SAMPLES: Sample[] = [
  {
    name: 'only emoji',
    say: ':fire::acme::+1::skin-tone-3:',
    options: RICH(
      section(
        { type: 'emoji', name: 'fire', unicode: '1f525' },
        { type: 'emoji', name: 'acme' },
        { type: 'emoji', name: '+1', skin_tone: 3, unicode: '1f44d-1f3fc' },
      ),
    ),
    report: [['quote', ['p', '🔥:acme:👍🏼']]],
    card: '🔥:acme:👍🏼',
  },
  {
    name: 'a broadcast',
    say: '<!channel> the hub is <!here>',
    report: [['quote', ['p', '@channel the hub is @here']]],
    card: '@\u2060channel the hub is @\u2060here',
  },
  {
    name: 'a table of bars',
    say: '| pod | state |\n| --- | --- |\n| hub | gone |',
    report: [['quote', ['p', '| pod | state |\n| --- | --- |\n| hub | gone |']]],
    card: '| pod | state |\n| --- | --- |\n| hub | gone |',
  },
  {
    name: 'fences',
    say: 'Before\n```$ kubectl get pods | grep <none>\n~~~\n# no heading```\nafter',
    report: [
      [
        'quote',
        ['p', 'Before'],
        ['code', '$ kubectl get pods | grep <none>\n~~~\n# no heading'],
        ['p', 'after'],
      ],
    ],
    card: 'Before\n\n```\n$ kubectl get pods | grep &lt;none&gt;\n~~~\n# no heading\n```\n\nafter',
  },
  {
    name: 'a fence that is all',
    say: '```Traceback\n  File "hub.py"```',
    report: [['quote', ['code', 'Traceback\n  File "hub.py"']]],
    card: '\n```\nTraceback\n  File "hub.py"\n```',
  },
  {
    name: 'HTML',
    say: '<b>bold</b> & <script>alert(1)</script> <!-- x --> &amp; <img src=x onerror=y>',
    report: [
      ['quote', ['p', '<b>bold</b> & <script>alert(1)</script> <!-- x --> &amp; <img src=x onerror=y>']],
    ],
    card: '&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- x --&gt; &amp;amp; &lt;img src=x onerror=y&gt;',
  },
  {
    name: 'right to left',
    say: 'الخادم لا يعمل (hub-1) – נפל ב־17:30',
    report: [['quote', ['p', 'الخادم لا يعمل (hub-1) – נפל ב־17:30']]],
    card: 'الخادم لا يعمل (hub-1) – נפל ב־17:30',
  },
  {
    name: 'lists and quotes',
    say: 'Plan:\n• drain *it*\n• restart\n1. watch\n&gt; says the runbook\n&gt; page 2\n# no heading',
    options: RICH(
      section(words('Plan:')),
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 0,
        elements: [section(words('drain '), words('it', { bold: true })), section(words('restart'))],
      },
      { type: 'rich_text_list', style: 'ordered', indent: 1, elements: [section(words('watch'))] },
      { type: 'rich_text_quote', elements: [words('says the runbook\npage 2')] },
      section(words('# no heading')),
    ),
    report: [
      [
        'quote',
        ['p', 'Plan:'],
        [
          'ul',
          ['li', ['p', 'drain ', ['b', 'it']]],
          ['li', ['p', 'restart'], ['ol', ['li', ['p', 'watch']]]],
        ],
        ['quote', ['p', 'says the runbook\npage 2']],
        ['p', '# no heading'],
      ],
    ],
    card: 'Plan:\n\n• drain *it*\n• restart\n    1. watch\n\n> says the runbook\n> page 2\n\n# no heading',
  },
  {
    name: 'a list that is all',
    say: '• one\n• two',
    report: [['quote', ['ul', ['li', ['p', 'one']], ['li', ['p', 'two']]]]],
    card: '\n• one\n• two',
  },
  {
    name: 'mentions',
    say: '<!subteam^S0SRE> <@U0ANA> look into <#CHANNEL> with <mailto:x@example.org|Mail us>',
    report: [['quote', ['p', '@sre-team Ana Ionescu look into #incidents with ', ['a', 'Mail us']]]],
    card: '@sre-team <@U0ANA> look into <#CHANNEL> with <mailto:x@example.org|Mail us>',
  },
  {
    name: '/me',
    say: 'restarts the hub',
    options: { subtype: 'me_message' },
    report: [['quote', ['p', 'restarts the hub']]],
    card: 'restarts the hub',
  },
  {
    name: 'PagerDuty',
    by: 'U0PD',
    say: '',
    options: {
      subtype: 'bot_message',
      attachments: [
        {
          color: '#d0021b',
          fallback: 'not shown',
          blocks: [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: ':rotating_light: *Triggered* <https://2i2c.pagerduty.com/incidents/Q1|#1924 LEAP &amp; friends>',
              },
            },
            {
              type: 'section',
              fields: [{ type: 'mrkdwn', text: '*Urgency:*\nHigh' }],
            },
            {
              type: 'actions',
              elements: [
                { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Acknowledge' } },
              ],
            },
          ],
        },
      ],
    },
    report: [
      [
        'quote',
        ['p', '🚨 ', ['b', 'Triggered'], ' ', ['a', '#1924 LEAP & friends']],
        ['p', ['b', 'Urgency:'], '\nHigh'],
      ],
    ],
    card: '🚨 *Triggered* <https://2i2c.pagerduty.com/incidents/Q1|#1924 LEAP &amp; friends>\n\n*Urgency:*\nHigh',
  },
];

const LONG = Array.from({ length: 40 }, (_, index) =>
  `Paragraph ${index} ${'of *many* words '.repeat(61)}`.slice(0, 997).trimEnd().padEnd(997, '.'),
);

let s: Scenario;
let channel: string;
let report: Shape[];
let timeline: string;
let long: string;

beforeAll(async () => {
  s = await startScenario({
    people: [...PEOPLE, { id: 'U0PD', name: 'PagerDuty', realName: 'PagerDuty', tz: 'Etc/UTC', bot: true }],
  });
  const { slack } = s;
  slack.addGroup('S0SRE', 'sre-team');
  channel = await declared(s, 'U0BEN', 'sev3 Any words');
  for (const person of ['U0ANA', 'U0PD']) slack.invite('U0BEN', channel, person);
  const all = [...SAMPLES, { name: 'long', say: LONG.join('\n\n') } as Sample];
  long = '';
  for (const { by = 'U0ANA', say, options = {} } of all) {
    await s.pass(1);
    const typed = say.replace('CHANNEL', slack.channel('incidents').id);
    const { ts } = slack.say(by, channel, typed, options);
    await s.quiet();
    slack.react('U0BEN', channel, ts, 'pushpin');
    await s.quiet();
    long = ts;
  }
  const choices = { template: 'binder', public: false, timezone: 'Etc/UTC' };
  report = shapesOf((await reportOf(s.app.core, { number: 1, choices })).markdown);
  timeline = await timelineOf(s, 'U0BEN', channel);
}, 60_000);
afterAll(() => s?.[Symbol.asyncDispose]());

/** What stands between the heading of the minute and the next one. */
function at(index: number): Shape[] {
  const isHeading = (shape: Shape | undefined) => Array.isArray(shape) && shape[0] === 'heading';
  const time = new Date(s.now()).toISOString();
  const minute = Date.parse('2025-08-12T16:00:00Z') + index * 60_000;
  const label = new Date(minute).toISOString().slice(11, 16);
  const from = report.findIndex((shape) => isHeading(shape) && shape[1] === label);
  expect(from, `${label} of ${time}`).toBeGreaterThan(0);
  const to = report.findIndex((shape, place) => place > from && isHeading(shape));
  return report.slice(from + 1, to === -1 ? undefined : to);
}

test.each(SAMPLES.map((sample, index) => [sample.name, sample, index] as const))(
  '%s reads the same in the report and in Slack',
  (_name, { by, report: shape, card }, index) => {
    expect(at(index)).toEqual([['p', by ? 'PagerDuty:' : 'Ana Ionescu:'], ...shape]);
    const shown = card.replace('CHANNEL', s.slack.channel('incidents').id);
    const who = by ? 'PagerDuty:' : '<@U0ANA>:';
    expect(timeline).toContain(`${who}${shown.startsWith('\n') ? '\n' : ' '}${shown}\nRecorded`);
  },
);

test('40,000 characters are whole in the report, and begin in Slack with a link to the rest', () => {
  expect(LONG.join('\n\n').length).toBeGreaterThan(39_900);
  const paragraphs = LONG.map((text): Shape => {
    const parts = text.trim().split(/\*(many)\*/);
    return [
      'p',
      ...parts.flatMap((part, place): Shape[] => (place % 2 === 1 ? [['b', part]] : part ? [part] : [])),
    ];
  });
  expect(at(SAMPLES.length)).toEqual([
    ['p', 'Ana Ionescu:'],
    ['quote', ...paragraphs],
  ]);
  const url = `archives/${channel}/p${long.replace('.', '')}`;
  expect(timeline).toMatch(
    new RegExp(`Paragraph 0 of \\*many\\* words .{300,500}…\\*? \\(<\\S*${url}\\|all of it>\\)\\nRecorded`),
  );
});

test('a message that also went to the channel is one entry, whichever of the two is marked', async () => {
  const { slack } = s;
  const parent = slack.say('U0BEN', channel, 'Who knows more?');
  const reply = slack.say('U0ANA', channel, 'I do', { threadTs: parent.ts, broadcast: true });
  await s.quiet();
  // Names of groups are learnt once, beside the ✅.
  expect(slack.calls.filter(({ method }) => method === 'usergroups.list')).toHaveLength(1);
  slack.react('U0BEN', channel, reply.ts, 'pushpin');
  slack.react('U0ANA', channel, reply.ts, 'mega');
  await s.quiet();
  await s.away(2);
  const shown = await timelineOf(s, 'U0BEN', channel);
  expect(shown.match(/: I do\n/g)).toHaveLength(1);
});

endsWell(() => s);
