import { expect, test } from 'vitest';
import { startScenario, wordsOf } from '../harness/scenario.ts';
import { startTargets } from '../harness/targets.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, messageWith, timelineOf } from './eyes.ts';

test('a correction replaces what stands where it can, follows up where it cannot, and says which', async () => {
  await using targets = await startTargets();
  const team = `${TEAM_YAML.replace(/\nservices:[\s\S]*?(?=\n[a-z]+:|$)/, '')}
${targets.yaml}
services:
  - name: Hub
    communities: [{ name: Users, channel: "#hub", email: users@example.edu, webhook: hook }]
stakeholders: [{ name: Desk, email: desk@example.edu, webhook: freshdesk }]
`;
  await using s = await startScenario({
    team,
    env: targets.env,
    channels: [
      { name: 'incidents', members: ['U0BEN', 'U0ANA', 'U0DORA', 'UDAYWATCH'] },
      { name: 'hub', members: ['UDAYWATCH'] },
    ],
  });
  const channel = await declared(s, 'U0DORA', 'sev2 Hub is down');
  await s.incident('U0DORA', channel, 'update to Users, Desk, Statuspage: All data are lost.');
  await s.quiet();
  const before = targets.pages.flatMap(({ incident_updates: updates }) => updates.map(({ id }) => id));
  const answer = await s.incident('U0DORA', channel, 'update correct No data are lost.');
  await s.quiet();

  expect(s.slack.messages('hub').map(wordsOf).join('\n')).toContain('No data are lost');
  expect(s.slack.messages('hub').map(wordsOf).join('\n')).not.toContain('All data are lost');
  const page = targets.pages.flatMap(({ incident_updates: updates }) => updates);
  expect(page.map(({ id }) => id)).toEqual(before);
  expect(page.map(({ body }) => body).join('\n')).toContain('No data are lost');
  expect(page.map(({ body }) => body).join('\n')).not.toContain('All data are lost');
  const [first, second, ...others] = targets.mails;
  expect(others).toEqual([]);
  expect(second?.text).toContain('No data are lost');
  expect(second?.inReplyTo).toBe(first?.id);
  expect(targets.posts.map(({ body }) => String(body.markdown)).at(-1)).toContain('No data are lost');
  expect(targets.tickets.flatMap(({ replies }) => replies.map(({ body }) => body)).at(-1)).toContain(
    'No data are lost',
  );
  expect(answer).toBe(
    'Update 1 is corrected. It is replaced at #hub and Statuspage. What went to Users by hook, Users by e-mail and Desk by freshdesk cannot be changed; a correction follows it.',
  );
  const shown = wordsOf(messageWith(s, channel, '*Update 1*'));
  expect(shown).toContain('☑ #hub, corrected there');
  expect(shown).toContain('☑ Statuspage, corrected there');
  expect(shown).toContain('☑ Users by e-mail, with a correction behind it');
  expect(await timelineOf(s, 'U0DORA', channel)).toContain(
    'The correction of update 1 followed it to Users by e-mail, where nothing sent can be changed.',
  );
  expect(s.slack.problems).toEqual([]);
});
