import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { incidentByNumber } from '../../src/store/incidents.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { startTargets, type Targets } from '../harness/targets.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { hasButton, read } from './eyes.ts';

/** Stands in everything that people write of a private incident; it is no word and no part of one. */
const SECRET = 'zqxjkv';
const START = Date.parse('2025-08-12T15:00:00+01:00');

let s: Scenario;
let targets: Targets;
const logged: string[] = [];
beforeAll(async () => {
  targets = await startTargets();
  s = await startScenario({
    start: START,
    env: { ...targets.env, API_TOKEN: 'a-long-random-token-of-the-api-0123456789' },
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    team: `${TEAM_YAML.replace(
      '{ name: LEAP, contact: Community representative }',
      '{ name: LEAP, channel: "#leap", email: leap@example.edu, webhook: hook }',
    )}
stakeholders: [{ name: Desk, email: desk@example.edu, webhook: freshdesk }]
status_page: { enabled: true }
${targets.yaml}`,
    channels: ['incidents', 'leap'].map((name) => ({ name, members: ['U0BEN', 'U0DORA', 'UDAYWATCH'] })),
  });
});
afterAll(async () => {
  await s?.[Symbol.asyncDispose]();
  await targets?.[Symbol.asyncDispose]();
});

/** What members do. `$` is where the secret stands. */
const typed = fc.constantFrom(
  'log 14:50 $ was seen',
  'action technical rotate $',
  'lesson badly nobody knew of $',
  'rename $ has leaked',
  'status identified',
  'severity sev2',
  'impact start 14:30',
  'page tech-lead',
  'page <@U0CHI>',
  'assign scribe <@U0ANA>',
  'handoff communications <@U0ANA>',
  'update $ is out',
  'update anyway next in 5m $ is out',
  'update anyway to all: $ is out',
  'update correct $ is not out',
  'resolve $ was rotated',
  'reopen',
  'cancel',
);
const act = fc.oneof(
  { weight: 6, arbitrary: typed.map((text) => ({ do: 'type' as const, text })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('pushpin', 'hammer', 'bulb', 'mega')
      .map((emoji) => ({ do: 'mark' as const, emoji })),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'pass' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(ACTIONS.haveIt, ACTIONS.notMe)
      .map((button) => ({ do: 'answer' as const, button })),
  },
);
type Act = typeof act extends fc.Arbitrary<infer Kind> ? Kind : never;

async function perform(channel: string, one: Act): Promise<void> {
  switch (one.do) {
    case 'type':
      await s.incident('U0BEN', channel, one.text.replace('$', SECRET));
      return;
    case 'mark': {
      const { ts } = s.slack.say('U0BEN', channel, `look at ${SECRET}`);
      await s.slack.settled();
      s.slack.react('U0BEN', channel, ts, one.emoji);
      return s.quiet();
    }
    case 'pass':
      return s.pass(6);
    case 'answer': {
      const page = s.slack.directMessages('U0ANA').findLast(({ blocks }) => hasButton(blocks, one.button));
      if (!page) return;
      await s.slack.press('U0ANA', { channel: s.slack.directChannel('U0ANA'), ts: page.ts }, one.button);
      return s.quiet();
    }
  }
}

/** The members of private channels may read of them; theirs are their direct messages and forms too. */
async function mayKnow(args: Record<string, unknown>): Promise<boolean> {
  const place = String(args.channel ?? args.channel_id ?? '');
  const channels = s.slack.channels().filter(({ private: hidden }) => hidden);
  if (channels.some(({ id }) => id === place)) return true;
  const { prisma } = s.app.core.store.database;
  for (const { name } of channels) {
    const incident = await incidentByNumber(prisma, Number(/^inc-(\d+)/.exec(name)?.[1]));
    const members = incident?.people ?? [];
    if (members.some((person) => s.slack.directChannel(person) === place)) return true;
  }
  return false;
}

test('nothing that anybody writes of a private incident leaves it, whatever they do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 8, size: 'max' }), async (acts) => {
      const before = new Set(s.slack.channels().map(({ id }) => id));
      await s.incident('U0BEN', 'incidents', `declare sev1 private LEAP hub ${SECRET}`);
      const channel = s.slack.channels().find(({ id }) => !before.has(id))?.id ?? '';
      expect(channel).not.toBe('');
      await s.incident('U0BEN', channel, `update anyway ${SECRET} is out`);
      for (const one of acts) await perform(channel, one);
      await s.incident('U0BEN', channel, `resolve ${SECRET}`);
    }),
    { numRuns: 2, seed: 17, endOnFailure: true },
  );
  expect(
    read(s, s.slack.channels().find(({ private: hidden }) => hidden)?.id ?? ''),
    'it was said at all',
  ).toContain(SECRET);

  const slack = [];
  for (const { method, args } of s.slack.calls) {
    // A channel is made under the incident's name and is private from its first second.
    const own =
      (method === 'conversations.create' && args.is_private === 'true') ||
      method === 'files.getUploadURLExternal';
    const told = JSON.stringify(args);
    if (told.includes(SECRET) && !own && !(await mayKnow(args))) slack.push(`${method} ${told}`);
  }
  expect(slack).toEqual([]);
  const hidden = s.slack.channels().flatMap(({ id, private: own }) => (own ? [id] : []));
  const files = s.slack.files().filter(({ name, text }) => `${name} ${text}`.includes(SECRET));
  expect(
    files.flatMap(({ shares }) => shares.map((share) => share.channel)).filter((id) => !hidden.includes(id)),
  ).toEqual([]);
  const outside = [s.pagerduty.calls, s.github.calls, s.google.calls, targets.received].map((calls) =>
    JSON.stringify(calls),
  );
  expect(outside.filter((text) => text.includes(SECRET))).toEqual([]);
  expect(targets.received.join('\n'), 'they know that there is one').toContain('Private incident INC-1');
  for (const page of [
    '/status',
    '/status/feed.atom',
    '/status/feed.rss',
    '/metrics',
    '/healthz',
    '/readyz',
  ]) {
    const shown = await (await fetch(`${s.app.url}${page}`)).text();
    expect(shown, page).not.toContain(SECRET);
    expect(shown, page).not.toContain('INC-1');
  }
  const api = { headers: { authorization: 'Bearer a-long-random-token-of-the-api-0123456789' } };
  for (const address of ['/api/v1/incidents', '/api/v1/incidents/1', '/api/v1/incidents/1/entries']) {
    expect(await (await fetch(`${s.app.url}${address}`, api)).text(), address).not.toContain(SECRET);
  }
  for (const line of ['list', 'who', 'declare LEAP hub', `declare ${SECRET.slice(0, 3)}`]) {
    expect(await s.incident('U0DORA', 'incidents', line), line).not.toContain(SECRET);
  }
  expect(logged.filter((line) => line.includes(SECRET))).toEqual([]);
  expect(logged.length).toBeGreaterThan(0);
  expect(s.slack.problems).toEqual([]);
}, 180_000);
