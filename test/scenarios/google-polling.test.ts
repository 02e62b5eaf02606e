import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, read, timelineOf } from './eyes.ts';

const START = Date.parse('2025-08-12T17:00:00+01:00');
const HUB = { host: 'leap.2i2c.cloud', cluster: 'leap' };

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({
    start: START,
    googleApi: true,
    env: { GOOGLE_WEBHOOK_TOKEN: undefined },
  });
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
});
afterAll(() => scenario[Symbol.asyncDispose]());

function minute(count: number): Date {
  return new Date(START + count * 60_000);
}

async function timeline(): Promise<string> {
  return timelineOf(scenario, 'U0BEN', channel);
}

function calls(name: RegExp): number {
  return scenario.google.calls.filter((call) => name.test(call.name)).length;
}

describe('a bot that nobody can reach', () => {
  test('reads an alert from Google’s own list, with its time and its policy’s delay', async () => {
    await scenario.pass(2);
    scenario.google.alert({ ...HUB, incidentId: '0.one', startedAt: minute(1.5) });
    scenario.google.alert({ host: 'hub.other.org', cluster: 'other', incidentId: '0.other' });
    await scenario.pass(1);
    expect(await timeline()).toMatch(/\*17:01 BST\* .*leap\.2i2c\.cloud/);
    expect(read(scenario, channel)).toContain('31 min');
    expect(read(scenario, channel)).not.toContain('hub.other.org');
  });

  test('asks once a minute, and tells an alert once however often it is listed', async () => {
    const before = calls(/\/alerts$/);
    const said = read(scenario, channel);
    await scenario.pass(3);
    expect(calls(/\/alerts$/) - before).toBe(3);
    expect(read(scenario, channel)).toBe(said);
  });

  test('an hour without network, and a restart in it, is read afterwards, each alert at its own times', async () => {
    scenario.google.away(true);
    await scenario.pass(2);
    await scenario.awayWhile(60, 30, () => {
      scenario.google.alert({ ...HUB, incidentId: '0.one', state: 'closed', endedAt: minute(10) });
      scenario.google.alert({
        ...HUB,
        host: 'two.leap.2i2c.cloud',
        incidentId: '0.two',
        state: 'closed',
        startedAt: minute(12),
        endedAt: minute(17),
      });
      scenario.google.alert({
        ...HUB,
        host: 'three.leap.2i2c.cloud',
        incidentId: '0.three',
        startedAt: minute(19),
      });
    });
    expect(await timeline()).not.toContain('17:12 BST');
    scenario.google.away(false);
    await scenario.pass(1);
    const lines = await timeline();
    expect(lines).toMatch(/\*17:01 BST\* \(until 17:10 BST\) .*leap\.2i2c\.cloud/);
    expect(lines).toMatch(/\*17:12 BST\* \(until 17:17 BST\) .*leap\.2i2c\.cloud/);
    expect(lines).toMatch(/\*17:19 BST\* [^(]*leap\.2i2c\.cloud/);
    expect(lines.match(/leap\.2i2c\.cloud/g)).toHaveLength(3);
  });

  test('the end of one that opened long ago is found too', async () => {
    await scenario.pass(2);
    scenario.google.alert({
      ...HUB,
      host: 'three.leap.2i2c.cloud',
      incidentId: '0.three',
      state: 'closed',
      endedAt: minute(66),
    });
    await scenario.pass(1);
    expect(await timeline()).toMatch(/\*17:19 BST\* \(until 18:06 BST\)/);
  });

  test('a list that is refused changes nothing, and the next one is read', async () => {
    scenario.google.faults.add({
      match: ({ name }) => name.endsWith('/alerts'),
      when: 'before',
      act: { kind: 'answer', status: 403, body: '' },
    });
    scenario.google.alert({
      ...HUB,
      host: 'four.leap.2i2c.cloud',
      incidentId: '0.four',
      startedAt: minute(70),
    });
    const before = await timeline();
    await scenario.pass(1);
    expect(await timeline()).toBe(before);
    await scenario.pass(1);
    expect(await timeline()).toContain('18:10 BST');
  });
});

endsWell(() => scenario);
