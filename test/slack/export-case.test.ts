import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readCase } from '../../src/domain/case/read-case.ts';
import { caseOfSlackExport, type ExportChoice, edgeOfRange } from '../../src/slack/export-case.ts';

const at = (iso: string) => `${Date.parse(iso) / 1000}.000100`;
const parent = at('2025-08-12T16:00:10Z');
const FILES = {
  'channels.json': [
    { id: 'C1', name: 'general' },
    { id: 'C2', name: 'inc-12-leap-hub-outage', purpose: { value: '' } },
  ],
  'users.json': [
    { id: 'U1', name: 'ana', profile: { real_name: 'Ana Silva' } },
    { id: 'U2', name: 'ben', real_name: 'Ben Okafor' },
  ],
  'inc-12-leap-hub-outage/2025-08-12.json': [
    { subtype: 'channel_join', user: 'U1', ts: at('2025-08-12T16:00:00Z'), text: '<@U1> has joined' },
    { user: 'U1', ts: parent, text: 'I deleted `prod` of *LEAP* &amp; more, see <#C1|general>' },
    { user: 'U2', ts: at('2025-08-12T16:02:00Z'), thread_ts: parent, text: 'thanks <@U1>' },
    { user: 'U2', ts: at('2025-08-12T16:02:00Z'), subtype: 'thread_broadcast', text: 'thanks <@U1>' },
    {
      subtype: 'bot_message',
      bot_id: 'B1',
      username: 'PagerDuty',
      ts: at('2025-08-12T16:32:00Z'),
      text: 'Check fails',
    },
  ],
  'inc-12-leap-hub-outage/2025-08-13.json': [
    { user: 'U1', ts: at('2025-08-13T08:00:00Z'), text: '', files: [{ name: 'log.txt' }] },
  ],
  'general/2025-08-12.json': [{ user: 'U1', ts: at('2025-08-12T10:00:00Z'), text: 'lunch' }],
};

function zip(files: Record<string, unknown>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, strToU8(JSON.stringify(content))]),
    ),
  );
}

function given(choice: Partial<ExportChoice>, files: Record<string, unknown> = FILES) {
  const text = caseOfSlackExport(zip(files), 'export.zip', { timezone: 'Europe/London', ...choice });
  const read = readCase(text, 'export.zip');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  expect(read.warnings).toEqual([]);
  return { ...read.case, entries: read.case.entries.map(({ at: _, ...entry }) => entry) };
}

test('a channel becomes a case: threads in their place, people by name, nothing twice', () => {
  expect(given({ channel: '#INC-12-leap-hub-outage' })).toMatchObject({
    title: 'Leap hub outage',
    resolvedAt: Date.parse('2025-08-13T08:00:00Z'),
    entries: [
      {
        kind: 'message',
        person: 'Ana Silva',
        text: 'I deleted `prod` of **LEAP** & more, see #general',
        quote: true,
      },
      { kind: 'message', person: 'Ben Okafor', text: 'thanks [Ana Silva](person:name%3AAna%20Silva)' },
      { kind: 'alert', role: 'PagerDuty', text: 'Check fails' },
      { kind: 'message', person: 'Ana Silva', text: 'Shares log\\.txt' },
    ],
  });
});

test('a day is a day of the zone', () => {
  const from = edgeOfRange('2025-08-13', 'from', 'Europe/London');
  expect(given({ channel: 'C2', ...(from === undefined ? {} : { from }) }).entries).toHaveLength(1);
  expect(new Date(edgeOfRange('2025-10-26', 'to', 'Europe/London') ?? 0).toISOString()).toBe(
    '2025-10-26T23:59:59.999Z',
  );
  expect(new Date(edgeOfRange('2025-10-26', 'from', 'Europe/London') ?? 0).toISOString()).toBe(
    '2025-10-25T23:00:00.000Z',
  );
  expect(edgeOfRange('2025-08-12T17:00:00+01:00', 'to', 'UTC')).toBe(Date.parse('2025-08-12T16:00:00Z'));
  expect(edgeOfRange('yesterday', 'to', 'UTC')).toBeUndefined();
});

test.each([
  [{}, 'The export has several channels; choose one with --channel: general, inc-12-leap-hub-outage.'],
  [{ channel: 'gneral' }, 'The export has no channel #gneral; choose one with --channel: general, inc-12'],
  [{ channel: 'general', from: Date.parse('2026-01-01Z') }, '#general has no message in that time.'],
])('%j is told what to choose', (choice, words) => {
  expect(() => given(choice)).toThrow(words);
});

test('what is no export, or would fill the memory, is refused', () => {
  const open = (bytes: Uint8Array) => () => caseOfSlackExport(bytes, 'x.zip', { timezone: 'UTC' });
  expect(open(zip({ 'other.json': [] }))).toThrow('x.zip is no export of Slack: it has no channels.json.');
  expect(open(zip(FILES).subarray(0, 400))).toThrow('x.zip is no zip that can be read');
  expect(open(zipSync({ 'channels.json': strToU8('[{') }))).toThrow(
    'x.zip holds channels.json, which is not JSON.',
  );
  const bomb = zipSync({ 'channels.json': new Uint8Array(60 * 1024 * 1024) });
  expect(bomb.length).toBeLessThan(100_000);
  expect(open(bomb)).toThrow('x.zip unpacks to too much (channels.json); 50 MB a file');
});
