import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, reacts, read, says } from './eyes.ts';

let s: Scenario;
beforeAll(async () => {
  s = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
});
afterAll(() => s[Symbol.asyncDispose]());

const made = () => s.slack.calls.filter(({ method }) => method === 'conversations.canvases.create').length;
const written = () => s.slack.calls.filter(({ method }) => method === 'canvases.edit').length;
const canvas = (channel: string) => s.slack.canvas(channel);
const resolved = async (title: string) => {
  const channel = await declared(s, 'U0BEN', title);
  await s.incident('U0BEN', channel, 'resolve');
  return channel;
};

test('the report is the canvas of the channel, and stays the same one with all that comes later', async () => {
  const channel = await declared(s, 'U0BEN', 'sev1 LEAP hub outage');
  const said = await says(
    s,
    'U0ANA',
    channel,
    '> it is down\n• one\n    1. two\n\n```kubectl get pods```\nsee <https://example.org|this>',
  );
  await reacts(s, 'U0BEN', channel, said, 'pushpin');
  await s.incident('U0BEN', channel, 'resolve');
  const first = canvas(channel);
  expect(first).toMatchObject({ title: 'Report of INC-1', user: 'UDAYWATCH', editors: ['UDAYWATCH'] });
  expect(first?.markdown).toMatch(/^# Incident report August 12 2025 - LEAP hub outage/);
  expect(first?.markdown).toContain('| **Duration**');
  expect(first?.markdown).toContain('kubectl get pods');
  expect(first?.markdown).not.toMatch(/^title:/m);
  await s.incident('U0BEN', channel, 'lesson well We were quick');
  expect(canvas(channel)).toMatchObject({ id: first?.id });
  expect(canvas(channel)?.markdown).toContain('We were quick');
  expect(made()).toBe(1);
  const edits = written();
  await s.incident('U0BEN', channel, 'report publish');
  expect(written(), 'what says the same is not written again').toBe(edits);
});

test('what a person writes in it is theirs: it is left alone, and that is said once', async () => {
  const channel = await resolved('sev3 Docs are stale');
  s.slack.join('U0ANA', s.slack.channel(channel).name);
  s.slack.writeCanvas('U0ANA', channel, 'Ana knows better');
  await s.incident('U0BEN', channel, 'lesson well We were quick');
  await s.incident('U0BEN', channel, 'lesson badly Nobody looked');
  expect(canvas(channel)?.markdown).toBe('Ana knows better');
  expect(read(s, channel).split('has edited the canvas of this channel')).toHaveLength(2);
  expect(read(s, channel)).toContain('✋ <@U0ANA> has edited the canvas');
});

test('a canvas that somebody else made is left alone, an empty one is used', async () => {
  const notes = await declared(s, 'U0BEN', 'sev3 Notes are there');
  s.slack.writeCanvas('U0BEN', notes, 'Our notes');
  await s.incident('U0BEN', notes, 'resolve');
  expect(canvas(notes)?.markdown).toBe('Our notes');
  const empty = await declared(s, 'U0BEN', 'sev3 Nothing is there');
  s.slack.writeCanvas('U0BEN', empty, '');
  await s.incident('U0BEN', empty, 'resolve');
  expect(canvas(empty)?.markdown).toContain('Nothing is there');
});

test('a lost answer ends in the same canvas', async () => {
  s.slack.faults.add({
    match: ({ name }) => name === 'conversations.canvases.create',
    when: 'after',
    act: { kind: 'cut' },
  });
  const channel = await resolved('sev3 The answer is lost');
  await s.pass(1);
  expect(canvas(channel)?.markdown).toContain('The answer is lost');
});

test.each(['team_tier_cannot_create_channel_canvases', 'canvas_disabled_user_team', 'missing_scope'])(
  'where the workspace says %s, everything else is as ever and nobody reads a word of it',
  async (error) => {
    s.slack.faults.add({
      match: ({ name }) => name === 'conversations.canvases.create',
      when: 'before',
      act: {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ok: false, error }),
      },
    });
    const channel = await resolved(`sev4 ${error}`);
    expect(canvas(channel)).toBeUndefined();
    expect(read(s, channel)).not.toMatch(/canvas (?!disabled)/);
    expect(s.slack.files().some(({ shares }) => shares.some((share) => share.channel === channel))).toBe(
      true,
    );
  },
);

endsWell(() => s);
