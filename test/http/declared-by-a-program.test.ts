import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { cardOf, endsWell, pressInDirect } from '../scenarios/eyes.ts';
import { ApiClient, TOKEN } from './api-client.ts';

let s: Scenario;
let api: ApiClient;
beforeAll(async () => {
  s = await startScenario({
    start: Date.parse('2025-08-12T10:00:00+01:00'),
    team: TEAM_YAML.replace('page_on_declare: []', 'page_on_declare: [tech-lead]'),
    env: { API_TOKEN: TOKEN },
  });
  api = await ApiClient.of(() => s.app.url);
});
afterAll(() => s?.[Symbol.asyncDispose]());

test('an incident that a program declares is led by nobody until whoever is paged answers', async () => {
  const told = await api.post('/incidents', { title: 'Mail is late', by: { service: 'mail-probe' } });
  expect(told).toMatchObject({
    status: 201,
    body: { severity: 'sev1', declaredBy: { name: 'mail-probe' }, roles: {} },
  });
  await s.quiet();
  const { body } = await api.get('/incidents/1');
  expect(body.channel.name).toBe('inc-1-mail-is-late');
  expect(cardOf(s, body.channel.id)).toContain('*Responder:* nobody yet');
  await pressInDirect(s, 'U0ANA', ACTIONS.haveIt);
  expect((await api.get('/incidents/1')).body.roles.responder.name).toBe('Ana');
});

test('a private one needs somebody who sees it', async () => {
  expect(await api.post('/incidents', { title: 'Keys are out', private: true })).toMatchObject({
    status: 422,
    body: { error: expect.stringContaining('give `responder`') },
  });
  const { body } = await api.get('/incidents');
  expect(body.incidents).toHaveLength(1);
});

endsWell(() => s);
