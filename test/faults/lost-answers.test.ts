import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/stand-ins/faults.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { callsSoFar, labelOf, strikeAt } from './points.ts';
import { expectDeclaredOnce, onlyChannel, timelinesOf } from './whole-incident.ts';

/** The calls of a declare that change something. */
const EFFECTS = /create|invite|setTopic|open$|chat\.postMessage|\.add\b|^POST/;

const INTERNAL_ERROR = JSON.stringify({ ok: false, error: 'internal_error' });
const HTML = '<!DOCTYPE html><html><body>We are having trouble.</body></html>';

const TROUBLES: Record<string, Pick<Fault, 'when' | 'act'>> = {
  'cut off before it was heard': { when: 'before', act: { kind: 'cut' } },
  'cut off before the answer': { when: 'after', act: { kind: 'cut' } },
  '502 after doing it': { when: 'after', act: { kind: 'answer', status: 502, body: 'bad gateway' } },
  'internal_error instead of doing it': {
    when: 'before',
    act: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: INTERNAL_ERROR,
    },
  },
  'a page of HTML after doing it': {
    when: 'after',
    act: { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: HTML },
  },
  'a limit of a second': {
    when: 'before',
    act: {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '1' },
      body: '{"ok":false,"error":"ratelimited"}',
    },
  },
};

describe('a declare with one call in trouble', () => {
  let scenario: Scenario;
  let labels: string[];
  const titles: string[] = [];
  /** A message of theirs was in trouble. */
  const posted: string[] = [];
  beforeAll(async () => {
    scenario = await startScenario({ team: ALWAYS_ON_DUTY, movedTime: false, rateLimits: false });
    await declare('Untroubled');
    await eventually(() => expectDeclaredOnce(scenario, 'Untroubled'));
    labels = [...new Set(callsSoFar(scenario).map((call) => labelOf(scenario, call)))].filter((label) =>
      EFFECTS.test(label),
    );
  }, 90_000);
  afterAll(() => scenario?.[Symbol.asyncDispose]());

  async function declare(title: string): Promise<void> {
    titles.push(title);
    // On a machine that is very busy a command may be answered too late; people then type it again.
    await eventually(async () => {
      const answer = await scenario.slack.command('U0BEN', 'incidents', '/incident', `declare sev1 ${title}`);
      expect(answer.text ?? '', title).toMatch(/^INC-\d+ (is declared|“.+” is open already)/);
    });
  }

  test.each(Object.entries(TROUBLES))(
    '%s: everything is there once',
    async (name, { when, act }) => {
      expect(labels.length).toBeGreaterThanOrEqual(10);
      const mine = labels.map((label, index) => ({
        label,
        title: `${name.replaceAll(/[^a-z\d]+/gi, ' ')} ${index + 10}`,
      }));
      const struck = mine.map(({ label, title }) => {
        // These do not tell whose they are.
        const anonymous = /^(conversations\.open|users\.info)$/.test(label);
        return anonymous ? undefined : strikeAt(scenario, { label, when }, title, act);
      });
      posted.push(...mine.flatMap(({ label, title }) => (label.startsWith('chat.') ? title : [])));
      strikeAt(scenario, { label: 'conversations.open', when }, undefined, act);
      for (const { title } of mine) await declare(title);
      await Promise.all(struck);
      await eventually(() => {
        for (const { title } of mine) expectDeclaredOnce(scenario, title);
      }, 60_000);
    },
    60_000,
  );

  test('afterwards every message can be brought up to date, and nothing is told twice', async () => {
    for (const title of posted) {
      await scenario.slack.command('U0BEN', onlyChannel(scenario, title), '/incident', 'status identified');
    }
    await scenario.quiet();
    const announced = scenario.slack.messages('incidents').map(wordsOf);
    for (const title of titles) expectDeclaredOnce(scenario, title);
    for (const title of posted) {
      expect(wordsOf(scenario.slack.pins(onlyChannel(scenario, title))[0]), title).toContain('identified');
      expect(
        announced.find((words) => words.includes(title)),
        title,
      ).toContain('identified');
    }
    for (const { title, types } of await timelinesOf(scenario.app)) {
      const once = types.filter((type) => !['placed', 'page-sent'].includes(type));
      expect(new Set(once).size, title).toBe(once.length);
    }
    expect(scenario.slack.problems).toEqual([]);
  }, 60_000);
});
