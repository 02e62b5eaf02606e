import { expect, test } from 'vitest';
import { startScenario } from '../harness/scenario.ts';
import { startTargets } from '../harness/targets.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, messageWith, reacts, read, says } from './eyes.ts';

test('a wiki takes reports by a webhook, with GitHub or without it', async () => {
  await using targets = await startTargets();
  const team = `${TEAM_YAML.replace('  public: true\n', '  public: true\n  webhook: hook\n')}${targets.yaml}`;
  await using s = await startScenario({
    team,
    env: { ...targets.env, GITHUB_TOKEN: undefined, GITHUB_API_URL: undefined },
  });
  const channel = await declared(s, 'U0BEN', 'sev2 Hub is slow');
  await reacts(s, 'U0BEN', channel, await says(s, 'U0BEN', channel, 'seen from 10.1.2.3'), 'pushpin');
  await s.incident('U0BEN', channel, 'resolve');

  expect(await s.incident('U0ANA', channel, 'report publish')).toBe(
    'On its way to hook. I say here when it stands.',
  );
  await s.quiet();
  messageWith(s, channel, '📄 The report is sent to hook.');
  const [post] = targets.posts;
  expect(post).toMatchObject({
    body: {
      incident: 'INC-1',
      title: 'Hub is slow',
      date: '2025-08-12',
      markdown: expect.stringContaining('# Incident report August 12 2025 - Hub is slow'),
      html: expect.stringContaining('<h1>Incident report August 12 2025 - Hub is slow</h1>'),
    },
  });
  expect(post?.secret).not.toBe('');
  expect(JSON.stringify(post?.body), 'the public form').not.toMatch(/10\.1\.2\.3|Ben Archer/);

  targets.down.add('hook');
  await s.incident('U0ANA', channel, 'report publish');
  await s.quiet();
  expect(targets.posts).toHaveLength(1);
  targets.down.delete('hook');
  await s.jump(20);
  expect(targets.posts).toHaveLength(2);
  expect(targets.posts[1]?.key).not.toBe(post?.key);
  expect(read(s, channel).match(/The report is sent to hook/g)).toHaveLength(2);

  const secret = await declared(s, 'U0DORA', 'sev3 private Salary list leaked');
  await s.incident('U0DORA', secret, 'resolve');
  expect(await s.incident('U0DORA', secret, 'report publish')).toContain('INC-2 is private');
  await s.quiet();
  expect(targets.posts).toHaveLength(2);
});
