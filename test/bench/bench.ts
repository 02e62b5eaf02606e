import { once } from 'node:events';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import { onDutyCommand } from '../../src/cli/on-duty.ts';
import { describer } from '../../src/domain/describe.ts';
import type { Fact } from '../../src/domain/facts.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { reportMarkdown } from '../../src/report/report-markdown.ts';
import { AROUND_THE_WORLD, CHANGES } from '../domain/on-duty/eight-zones.ts';
import { teamOf } from '../domain/on-duty/people.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { testTeam } from '../harness/team.ts';
import {
  alertmanagerAlert,
  googleAlert,
  load,
  pagerDutyAlert,
  quantile,
  signedCommand,
  signedEvent,
} from './load.ts';
import { growing, paging, remembering, starting } from './standing.ts';

const ROUND_TRIP_MS = 150;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);

interface Row {
  what: string;
  measured: string;
  bar: string;
  ok: boolean;
}

const rows: Row[] = [];
const reactions: number[] = [];
function row(what: string, measured: number, bar: number, unit: string, atLeast = false): void {
  const ok = atLeast ? measured >= bar : measured <= bar;
  rows.push({
    what,
    measured: `${measured.toFixed(2)} ${unit}`.trim(),
    bar: `${atLeast ? '≥' : '≤'} ${bar} ${unit}`.trim(),
    ok,
  });
}

const DATABASE =
  process.env.TEST_DATABASE_URL === undefined
    ? 'the embedded database; the bar of alerts is meant for PostgreSQL, at TEST_DATABASE_URL'
    : 'PostgreSQL, at TEST_DATABASE_URL';

const LINES: Record<string, ((index: number) => string)[]> = {
  'report of 10,000 entries': [(index) => `Restarts \`pod-${index}\` with Ana and looks at the log again.`],
  '  with bold, links and names in them': [
    (index) =>
      `**Restarts** \`pod-${index}\` as [the runbook](https://infrastructure.2i2c.org/howto/${index}) says.`,
    (index) =>
      `Ana says that **node ${index}** is *gone*; see https://github.com/2i2c-org/infrastructure/pull/${index} for it.`,
    (index) =>
      `Looks at [the dashboard](https://grafana.example.org/d/${index}) with [Ben](person:U0BEN): ~50% at hub_db_${index}!`,
  ],
};

const PARTS: Record<string, () => void | Promise<void>> = {
  declaring,
  acknowledging,
  alerting,
  rendering,
  duty,
  starting: () => starting(row),
  growing: () => growing(row),
  paging: () => paging(row),
  remembering: () => remembering(row),
};
const chosen = process.argv.slice(2);
for (const [name, measure] of Object.entries(PARTS)) {
  if (chosen.length === 0 || chosen.includes(name)) await measure();
}
print();
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

/** How many round trips of Slack lie between a submit and what people see. */
async function declaring(): Promise<void> {
  await using scenario = await startScenario({
    latencyMs: ROUND_TRIP_MS,
    movedTime: false,
    rateLimits: false,
  });
  await scenario.incident('U0BEN', 'incidents', 'declare sev1 Warm up');
  const seen: Record<string, number[]> = {
    channel: [],
    'declarer in': [],
    card: [],
    announcement: [],
    'page sent': [],
  };
  for (let round = 0; round < 5; round += 1) {
    const before = scenario.slack.calls.length;
    const began = performance.now();
    await scenario.slack.command(
      'U0BEN',
      'incidents',
      '/incident',
      `declare sev1 Round ${round} of the bench`,
    );
    await scenario.quiet();
    const calls = scenario.slack.calls.slice(before);
    const ended = (method: string, nth = 0) =>
      (calls.filter((call) => call.method === method)[nth]?.endedAt ?? Number.NaN) - began;
    const posts = calls
      .filter(({ method }) => method === 'chat.postMessage')
      .map(({ endedAt }) => (endedAt ?? Number.NaN) - began);
    seen.channel?.push(ended('conversations.create'));
    seen['declarer in']?.push(ended('conversations.invite'));
    seen.card?.push(posts[0] ?? Number.NaN);
    seen.announcement?.push(posts[1] ?? Number.NaN);
    await reactionTime(scenario, calls.find(({ method }) => method === 'conversations.invite')?.args.channel);
  }
  for (const what of ['declarer in', 'card', 'announcement']) {
    row(
      `declare → ${what}, at ${ROUND_TRIP_MS} ms a call`,
      median(seen[what] ?? []) / ROUND_TRIP_MS,
      2.4,
      'round trips',
    );
  }
  row('reaction → ✅ on a message that was seen', median(reactions) / ROUND_TRIP_MS, 1.5, 'round trips');
}

async function reactionTime(scenario: Scenario, channel: unknown): Promise<void> {
  const { slack } = scenario;
  const message = slack.say('U0BEN', String(channel), 'pods are gone');
  await slack.settled();
  const before = slack.calls.length;
  const began = performance.now();
  slack.react('U0BEN', String(channel), message.ts, 'pushpin');
  await slack.settled();
  await scenario.quiet();
  const marked = slack.calls.slice(before).find(({ method }) => method === 'reactions.add');
  reactions.push((marked?.endedAt ?? Number.NaN) - began);
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How long Slack waits for our answer, against a Bolt app that only acknowledges. */
async function acknowledging(): Promise<void> {
  await using bare = await bareBolt();
  await using scenario = await startScenario({ movedTime: false, rateLimits: false });
  await scenario.incident('U0BEN', 'incidents', 'declare sev1 Load');
  const channel = scenario.slack.channel('inc-1-load').id;
  const event = () => signedEvent(channel);
  const [ours, theirs] = [`${scenario.app.url}/slack/events`, bare.url];
  await load(ours, event, { perSecond: 50, seconds: 2 });
  await load(theirs, event, { perSecond: 50, seconds: 2 });
  const baseline = await load(theirs, event, { perSecond: 50, seconds: SECONDS });
  const kept = await load(ours, event, { perSecond: 50, seconds: SECONDS });
  const commands = await load(ours, () => signedCommand(channel), { perSecond: 50, seconds: SECONDS });
  row('acknowledge an event, p99 at 50 a second', quantile(kept, 0.99), 100, 'ms');
  row('  against the bare Bolt app', quantile(kept, 0.99) / quantile(baseline, 0.99), 3, '×');
  row('acknowledge a command, p99 at 50 a second', quantile(commands, 0.99), 100, 'ms');
  const most = await flood(theirs, event);
  row('events kept a second, against the bare Bolt app', (await flood(ours, event)) / most, 0.5, '×', true);
}

/** A flood of alerts, all different, at each door: each answered after it is stored, and told of in few messages. */
async function alerting(): Promise<void> {
  const token = 'token-of-the-bench';
  await using scenario = await startScenario({
    movedTime: false,
    rateLimits: false,
    env: { ALERTMANAGER_WEBHOOK_TOKEN: token },
  });
  const { url } = scenario.app;
  const secret = scenario.environment.PAGERDUTY_WEBHOOK_SECRET ?? '';
  const doors: [source: string, url: string, alert: (name: string) => RequestInit][] = [
    ['Google', scenario.googleWebhook(url), googleAlert],
    ['Alertmanager', `${url}/webhooks/alertmanager?token=${token}`, alertmanagerAlert],
    ['PagerDuty', `${url}/webhooks/pagerduty`, (name) => pagerDutyAlert(name, secret)],
  ];
  for (const [source, door, alert] of doors) await alertsAt(scenario, source, door, alert);
}

async function alertsAt(
  scenario: Scenario,
  source: string,
  url: string,
  alert: (name: string) => RequestInit,
): Promise<void> {
  await load(url, () => alert('warm'), { perSecond: 50, seconds: 2 });
  await scenario.quiet();
  const { prisma } = scenario.app.core.store.database;
  const before = await prisma.alert.count();
  const called = scenario.slack.calls.length;
  const taken = await load(url, () => alert('flood'), { perSecond: 50, seconds: SECONDS });
  const stored = (await prisma.alert.count()) - before;
  await scenario.quiet();
  const channel = scenario.slack.channel('incidents').id;
  const drawn = scenario.slack.calls
    .slice(called)
    .filter(({ method, args }) => method.startsWith('chat.') && args.channel === channel);
  row(`answer an alert of ${source}, p99 at 50 a second`, quantile(taken, 0.99), 100, 'ms');
  row('  stored when they were answered', stored / taken.length, 1, '×', true);
  row('  messages and updates in the channel, in the busiest second', busiestSecond(drawn), 1, '');
}

function busiestSecond(calls: readonly { startedAt: number }[]): number {
  const within = (from: number) =>
    calls.filter(({ startedAt }) => startedAt >= from && startedAt < from + 1_000).length;
  return Math.max(0, ...calls.map(({ startedAt }) => within(startedAt)));
}

/** As many as go through, 16 at a time. */
async function flood(url: string, event: () => RequestInit): Promise<number> {
  const until = performance.now() + 3_000;
  let done = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < until) {
        await (await fetch(url, event())).arrayBuffer();
        done += 1;
      }
    }),
  );
  return done / 3;
}

async function bareBolt(): Promise<AsyncDisposable & { url: string }> {
  const receiver = new ExpressReceiver({
    signingSecret: 'signing-secret-of-the-stand-in',
    endpoints: '/slack/events',
  });
  const app = new App({
    receiver,
    token: 'xoxb-bare',
    botId: 'B0',
    botUserId: 'U0',
    logLevel: LogLevel.ERROR,
  });
  app.event('message', async () => {});
  const server = createServer(receiver.app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function rendering(): Promise<void> {
  for (const [what, lines] of Object.entries(LINES)) {
    const story = longStory((index) => lines[index % lines.length]?.(index) ?? '');
    const began = performance.now();
    await reportMarkdown({
      ...story,
      team: testTeam(),
      names: { person: (id) => id },
      zone: 'Europe/London',
      public: true,
      template: '2i2c',
    });
    row(what, (performance.now() - began) / 1000, 1, 's');
  }
}

function longStory(textOf: (index: number) => string) {
  const start = Date.parse('2025-08-12T16:00:00Z');
  const by = { kind: 'person', id: 'U0BEN' } as const;
  const declared: Fact = {
    type: 'declared',
    title: 'Long',
    severity: 'sev1',
    private: false,
    responder: 'U0BEN',
    by,
    at: start,
    recordedAt: start,
    seq: 1,
  };
  const recorded = Array.from({ length: 10_000 }, (_, index): Fact => {
    const at = start + index * 10_000;
    return {
      type: 'entry-recorded',
      entry: `e${index}`,
      origin: 'log',
      content: { kind: 'note', text: textOf(index) },
      moment: { at },
      author: 'U0BEN',
      by,
      at,
      recordedAt: at,
      seq: index + 2,
    };
  });
  const facts = [declared, ...recorded];
  return {
    incident: foldIncident({ number: 1, uid: 'bench' }, facts),
    entries: timeline(facts, describer()),
  };
}

function duty(): void {
  const team = { ...testTeam(), ...teamOf(AROUND_THE_WORLD, CHANGES) };
  const args = ['--from', '2025-10-01', '--to', '2026-10-01', '--severity', 'sev1', '--json'];
  const began = performance.now();
  const { exit } = onDutyCommand(team, args, new Date());
  if (exit !== 0) throw new Error('the command was used wrongly');
  row('on-duty --json, a year of eight zones', (performance.now() - began) / 1000, 2, 's');
}

function print(): void {
  process.stdout.write(`on ${DATABASE}\n`);
  const wide = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, measured, bar, ok } of rows) {
    process.stdout.write(`${ok ? '✓' : '✗'} ${what.padEnd(wide)}  ${measured.padStart(18)}   ${bar}\n`);
  }
}
