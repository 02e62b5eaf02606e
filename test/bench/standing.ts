import { performance } from 'node:perf_hooks';
import { startOutside } from '../../src/stand-ins/outside.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { startBot } from '../harness/bot-process.ts';
import { freshDatabase } from '../harness/database.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { PEOPLE } from '../harness/team.ts';
import { load, quantile, signedCommand, signedEvent } from './load.ts';

type Row = (what: string, measured: number, bar: number, unit: string) => void;

const STORED = [10, 1_000, 100_000];
/** A query has a deadline. */
const AT_ONCE = 500;
const COSMETIC = 200;
/** An hour is 3600; what grows shows earlier. */
const MEMORY_SECONDS = Number(process.env.BENCH_MEMORY_SECONDS ?? 60);

/** From the start of the process to its word that it is ready. */
export async function starting(row: Row): Promise<void> {
  await using outside = await startOutside(WORKSPACE);
  await using database = await freshDatabase();
  const embedded = database.url === undefined;
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    await using bot = await startBot({
      directory: database.dataDir,
      env: { ...outside.environment, ...database.env },
    });
    times.push(performance.now() - began);
    await bot.stop();
  }
  const where = embedded ? 'embedded database' : 'PostgreSQL';
  row(`start to ready, ${where}`, quantile(times, 0.5) / 1000, embedded ? 4 : 2, 's');
}

/** The same acknowledgement beside more and more incidents. */
export async function growing(row: Row): Promise<void> {
  await using scenario = await startScenario({ movedTime: false, rateLimits: false });
  await scenario.incident('U0BEN', 'incidents', 'declare sev3 Load');
  const channel = scenario.slack.channel('inc-1-load').id;
  const url = `${scenario.app.url}/slack/events`;
  const times: number[] = [];
  let stored = 1;
  for (const wanted of STORED) {
    await store(scenario, wanted - stored);
    stored = wanted;
    await load(url, () => signedCommand(channel), { perSecond: 20, seconds: 2 });
    const taken = await load(url, () => signedCommand(channel), { perSecond: 20, seconds: 10 });
    times.push(quantile(taken, 0.5));
    await scenario.quiet();
  }
  const [few = Number.NaN, ...more] = times;
  for (const [index, time] of more.entries()) {
    const count = STORED[index + 1]?.toLocaleString('en');
    row(`acknowledge a command with ${count} incidents stored, against ${STORED[0]}`, time / few, 1.3, '×');
  }
}

/** Copies of the one that stands, closed and without a channel, each with some facts. */
async function store({ app }: Scenario, count: number): Promise<void> {
  const { prisma } = app.core.store.database;
  for (let left = count; left > 0; left -= AT_ONCE) {
    await prisma.$executeRaw`
      WITH made AS (
        INSERT INTO incident (uid, title, severity, status, private, declared_at, state)
        SELECT 'bench-' || gen_random_uuid(), title, severity, 'closed', false,
          declared_at - interval '90 days', (state - 'channel') || '{"status":"closed"}'
        FROM incident, generate_series(1, ${Math.min(left, AT_ONCE)}::int)
        WHERE number = 1
        RETURNING number, declared_at
      )
      INSERT INTO fact (incident_number, seq, type, at, recorded_at, data)
      SELECT number, line, 'joined', declared_at, declared_at, '{"person":"U0BEN"}'
      FROM made, generate_series(1, 3) AS line`;
  }
  await prisma.$executeRaw`ANALYZE incident`;
  await prisma.$executeRaw`ANALYZE fact`;
}

/** A page, while every channel's cards, topics and announcements are still to be drawn. */
export async function paging(row: Row): Promise<void> {
  await using scenario = await startScenario({
    team: ALWAYS_ON_DUTY,
    latencyMs: 150,
    movedTime: false,
    rateLimits: false,
  });
  const { slack, pagerduty } = scenario;
  for (let index = 0; index < 10; index += 1) {
    await scenario.incident('U0BEN', 'incidents', `declare sev3 Background ${index}`);
  }
  const channels = slack.channels().filter(({ name }) => name.startsWith('inc-'));
  const renamed = Array.from({ length: COSMETIC }, (_, index) =>
    slack.command('U0BEN', channels[index % channels.length]?.id ?? '', '/incident', `rename Name ${index}`),
  );
  await Promise.all(renamed);
  const began = Date.now();
  await slack.command('U0BEN', 'incidents', '/incident', 'declare sev1 Page me');
  await slack.until(() => pagerduty.incidents().at(-1));
  const page = pagerduty.incidents().at(-1)?.createdAt ?? Number.NaN;
  row(`page sent after declare, beside ${COSMETIC} cosmetic calls`, (page - began) / 1000, 1, 's');
  await scenario.quiet();
}

/** What a process holds while events come, a third of the way and at the end. */
export async function remembering(row: Row): Promise<void> {
  await using outside = await startOutside(WORKSPACE);
  await using database = await freshDatabase();
  await using bot = await startBot({
    directory: database.dataDir,
    env: { ...outside.environment, ...database.env },
  });
  outside.connect(bot.url);
  await outside.slack.command('U0BEN', 'incidents', '/incident', 'declare sev3 Load');
  const { id } = await outside.slack.until(() =>
    outside.slack.channels().find(({ name }) => name === 'inc-1-load'),
  );
  const events = (seconds: number) =>
    load(`${bot.url}/slack/events`, () => signedEvent(id), { perSecond: 50, seconds });
  await events(MEMORY_SECONDS / 3);
  const before = await residentBytes(bot.url);
  await events((MEMORY_SECONDS * 2) / 3);
  const after = await residentBytes(bot.url);
  const what = `resident memory after ${MEMORY_SECONDS} s at 50 events a second, against a third of it`;
  row(what, after / before, 1.1, '×');
}

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1] ?? Number.NaN);
}

const WORKSPACE = {
  people: PEOPLE,
  channels: [{ name: 'incidents', members: ['U0BEN', 'UDAYWATCH'] }],
};
