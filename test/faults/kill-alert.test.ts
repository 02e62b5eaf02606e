import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { type Doom, type KilledBot, startKilledBot } from './killed-bot.ts';
import type { Point } from './points.ts';
import { onlyChannel, ownMessages, timelinesOf } from './whole-incident.ts';

let killed: KilledBot;
beforeAll(async () => {
  killed = await startKilledBot({
    team: `${ALWAYS_ON_DUTY}
alerts:
  - { match: { severity: critical }, do: declare, severity: sev1 }
`,
  });
}, 120_000);
afterAll(() => killed?.[Symbol.asyncDispose]());

const titleOf = (host: string) => `Uptime check for ${host} is failing`;

/** Google tells of it, and again when nobody answered. */
async function opens(host: string): Promise<void> {
  const alert = { host, cluster: 'many', incidentId: `0.${host}`, severity: 'Critical' as const };
  const tell = async () => {
    const hook = killed.outside.googleWebhook(killed.url());
    expect((await killed.outside.google.notify(hook, alert)).status).toBe(200);
  };
  await tell().catch(() => eventually(tell));
}

const POINTS: Point[] = [
  { label: 'conversations.create', when: 'after' },
  { label: 'chat.postMessage card', when: 'before' },
  { label: 'POST /incidents', when: 'after' },
  { label: 'chat.postMessage page:1', when: 'after' },
];

test('killed while an alert declares, at any call and before it was answered: one incident, one page', async () => {
  const doomed = (point: Point, index: number): Doom => ({
    title: titleOf(`hub-${index}`),
    points: [point],
    act: () => opens(`hub-${index}`),
  });
  await killed.killAt(POINTS.map(doomed));
  const unheard = ['hub-unheard'];
  const told: Promise<void>[] = [];
  await killed.killDuring(async () => {
    told.push(...unheard.map(opens));
    await sleep(15);
  });
  await Promise.all(told);
  const hosts = [...POINTS.map((_, index) => `hub-${index}`), ...unheard];
  await eventually(() => hosts.forEach(expectOnce));
  const incidents = await timelinesOf(await killed.examine());
  expect(incidents.map(({ title }) => title).toSorted()).toEqual(hosts.map(titleOf).toSorted());
  for (const { types } of incidents) {
    expect(types.filter((type) => type === 'paged')).toHaveLength(1);
    expect(types.filter((type) => type === 'entry-recorded')).toHaveLength(1);
  }
}, 120_000);

function expectOnce(host: string): void {
  const { outside } = killed;
  const title = titleOf(host);
  const channel = onlyChannel(outside, title);
  const messages = ownMessages(outside, channel);
  expect(new Set(messages).size, `${messages}`).toBe(messages.length);
  expect(messages).toEqual(expect.arrayContaining(['card', 'notice:paged:1']));
  expect(ownMessages(outside, outside.slack.directChannel('U0ANA'), title)).toEqual(['page:1']);
  const booked = outside.pagerduty.incidents().filter((page) => page.title.includes(title));
  expect(booked).toMatchObject([{ assignees: ['PANA01'], status: 'triggered' }]);
}
