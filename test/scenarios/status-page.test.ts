import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared } from './eyes.ts';

let s: Scenario;
beforeAll(async () => {
  s = await startScenario({
    team: `${TEAM_YAML}
status_page: { enabled: true, title: 'Hubs & more', description: 'How the hubs are' }
`,
    env: { PUBLIC_URL: 'https://daywatch.example.org' },
  });
});
afterAll(() => s?.[Symbol.asyncDispose]());

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${s.app.url}${path}`, { headers });
  return { response, text: await response.text() };
}

test('the page and the feeds tell of updates that were meant for them, without names, and run nothing', async () => {
  expect((await get('/status')).text).toContain('Nothing was reported.');
  const channel = await declared(s, 'U0BEN', 'sev1 LEAP hub is down');
  await s.incident(
    'U0BEN',
    channel,
    'update next in 2h <@U0ANA> and Ben <script>alert(1)</script> ![x](https://spy.example/p.png) [here](javascript:alert(1)) ]]> *restore* it',
  );
  await s.incident('U0BEN', channel, 'update to #incidents: Not for the page.');
  const hidden = await declared(s, 'U0BEN', 'sev1 private Marzipan');
  await s.incident('U0BEN', hidden, 'update anyway Marzipan leaks');

  const { response, text } = await get('/status');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('public, max-age=30');
  expect(text).toContain('<h1>Hubs &amp; more</h1>');
  expect(text).toContain('LEAP hub: Outage');
  expect(text).toContain('We are looking into it');
  expect(text).toContain('<strong>restore</strong>');
  expect(text).toContain('Next update by 18:59 BST (17:59 UTC).');
  expect(text).not.toMatch(/<script|<img|href="javascript|Ana|Ben\b|U0|Marzipan|INC-2|Not for the page/);

  const etag = response.headers.get('etag') ?? '';
  // Without the second header Node's fetch asks for a fresh copy.
  const asked = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
  expect((await get('/status', asked)).response.status).toBe(304);

  for (const [path, type] of [
    ['/status/feed.atom', 'application/atom+xml'],
    ['/status/feed.rss', 'application/rss+xml'],
  ] as const) {
    const feed = await get(path);
    expect(feed.response.headers.get('content-type')).toContain(type);
    expect(feed.text).toContain('https://daywatch.example.org/status#INC-1-1');
    expect(feed.text.match(/<(item|entry)>/g)).toHaveLength(1);
    expect(feed.text).not.toMatch(/<script|Ana|Marzipan/);
    expect((await get(path)).text, 'the same bytes').toBe(feed.text);
  }
});

test('a correction and the end are seen there', async () => {
  const channel = s.slack.channels().find(({ name }) => name.startsWith('inc-1-'))?.id ?? '';
  await s.incident('U0BEN', channel, 'update to all: The hub is up.');
  await s.incident('U0BEN', channel, 'update correct The hub is up since 17:00.');
  await s.incident('U0BEN', channel, 'resolve');
  const { text } = await get('/status');
  expect(text).toContain('The hub is up since 17:00.');
  expect(text).toContain('corrected Tue 12 Aug');
  expect(text).toContain('>Resolved<');
  expect(text.indexOf('since 17:00'), 'newest first').toBeLessThan(text.indexOf('<strong>restore</strong>'));
});

test('without a line in the team’s file there is no page', async () => {
  await using off = await startScenario();
  for (const path of ['/status', '/status/feed.atom', '/status/feed.rss']) {
    expect((await fetch(`${off.app.url}${path}`)).status).toBe(404);
  }
});
