import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { type Outside, startOutside } from '../../src/stand-ins/outside.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { freshDatabase, type TestDatabase } from '../harness/database.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../harness/database-proxy.ts';
import { eventually } from '../harness/eventually.ts';
import { wordsOf } from '../harness/scenario.ts';
import { PEOPLE, testTeam } from '../harness/team.ts';
import { expectDeclaredOnce, expectNothing, timelinesOf } from './whole-incident.ts';

const ON_POSTGRESQL = process.env.TEST_DATABASE_URL !== undefined;

describe.skipIf(!ON_POSTGRESQL)('PostgreSQL away (needs TEST_DATABASE_URL)', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let outside: Outside;
  let app: App;
  beforeAll(async () => {
    database = await freshDatabase();
    proxy = await startDatabaseProxy(database.url ?? '');
    outside = await startOutside({
      people: PEOPLE,
      channels: [{ name: 'incidents', members: [...PEOPLE.map(({ id }) => id), 'UDAYWATCH'] }],
      rateLimits: false,
    });
    const settings = readEnvironment({ ...outside.environment, ...database.env, DATABASE_URL: proxy.url });
    app = await createApp(
      settings,
      testTeam(ALWAYS_ON_DUTY),
      pino({ level: process.env.TEST_LOG ?? 'silent' }),
    );
    outside.connect(app.url);
    await declare('Before it');
    await eventually(() => expectDeclaredOnce(outside, 'Before it'));
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await proxy?.[Symbol.asyncDispose]();
    await outside?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  /** Slack itself gives up after three seconds; an answer at all is one within them. */
  async function declare(title: string): Promise<string> {
    const answer = await outside.slack.command('U0BEN', 'incidents', '/incident', `declare sev1 ${title}`);
    expect(answer.status, title).toBe(200);
    return wordsOf(answer);
  }

  async function expectAsAnswered(answers: [title: string, answer: string][]): Promise<void> {
    const told = await timelinesOf(app);
    for (const [title, answer] of answers) {
      const kept = told.filter((incident) => incident.title === title);
      expect(answer).toMatch(/is declared|^Not taken: my database|^My database went away at the very moment/);
      if (answer.includes('is declared')) expect(kept).toHaveLength(1);
      else if (answer.startsWith('Not taken')) expect(kept, answer).toEqual([]);
      else expect(kept.length).toBeLessThanOrEqual(1);
      if (kept.length === 0) expectNothing(outside, title);
      else await eventually(() => expectDeclaredOnce(outside, title), 30_000);
    }
  }

  const failures = { cut: () => proxy.cut(), 'silent without closing': () => proxy.fallSilent() };
  test.each(Object.entries(failures))(
    '%s: kept or honestly not taken, and it recovers by itself',
    async (name, fail) => {
      const letters = name.slice(0, 3);
      const answers: [string, string][] = [];
      const during = Promise.all([1, 2].map((nr) => declare(`During ${letters} ${nr}`)));
      fail();
      for (const [index, answer] of (await during).entries())
        answers.push([`During ${letters} ${index + 1}`, answer]);
      const away = `Away ${letters}`;
      answers.push([away, await declare(away)]);
      expect(answers.at(-1)?.[1]).toMatch(/^Not taken/);
      expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
      proxy.mend();
      await eventually(async () => expect((await fetch(`${app.url}/readyz`)).status).toBe(200));
      const after = `Back ${letters}`;
      answers.push([after, await declare(after)]);
      expect(answers.at(-1)?.[1]).toContain('is declared');
      await expectAsAnswered(answers);
    },
    90_000,
  );
});

test.runIf(!ON_POSTGRESQL)(
  'the embedded database cannot go away: this is tried with TEST_DATABASE_URL',
  ({ skip }) => skip('set TEST_DATABASE_URL to try what happens while PostgreSQL is away'),
);
