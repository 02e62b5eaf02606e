import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { UsedWrongly } from '../cli/used-wrongly.ts';
import { readEnvironment } from '../config/env.ts';
import { readTeam } from '../config/team.ts';
import { readCase } from '../domain/case/read-case.ts';
import type { Case } from '../domain/case/schema.ts';
import { hourMinute } from '../domain/clock-words.ts';
import type { Incident } from '../domain/incident.ts';
import { bareTitle } from '../domain/report/report-title.ts';
import type { Team } from '../domain/team.ts';
import { commandLines } from '../slack/commands/table.ts';
import { SHORTCUTS } from '../slack/ids.ts';
import { type Outside, startOutside } from '../stand-ins/outside.ts';
import { servePage } from '../stand-ins/slack/page/serve-page.ts';
import { StartupError } from '../startup-error.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { type Cast, castOf } from './cast.ts';
import { MovedClock } from './moved-clock.ts';
import { play, quiet, type Stage } from './player.ts';
import { createProgress, type Progress } from './progress.ts';
import { type Step, scriptOf } from './script.ts';
import { watchHosts } from './uptime.ts';

const LEAP = fileURLToPath(new URL('./leap.json', import.meta.url));
const TEAM = fileURLToPath(new URL('./daywatch.yaml', import.meta.url));
const MINUTE_MS = 60_000;

/** Replays a case through the real bot against stand-ins on this machine, and leaves the workspace open. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      exit: { type: 'boolean', default: false },
      case: { type: 'string', default: LEAP },
      port: { type: 'string' },
      'page-on-declare': { type: 'boolean', default: false },
    },
  });
  const port = readPort(values.port);
  const story = await loadCase(values.case);
  const team = await demoTeam(values['page-on-declare']);
  await using stack = new AsyncDisposableStack();
  const cast = castOf(story, team);
  const steps = withPageOnDeclare(scriptOf(story, cast), values['page-on-declare']);
  const progress = createProgress(process.stdout, story.timezone, cast);
  const stage = await setStage(stack, { story, team, cast, steps });

  progress.title(
    `${bareTitle(story.title)}, ${new Date(steps[0]?.at ?? 0).toISOString().slice(0, 10)}, on its own clock`,
  );
  progress.line(
    'The real bot on an embedded database; Slack, PagerDuty, Google and GitHub are stand-ins on this machine.\n',
  );
  const began = performance.now();
  await replay(stage, steps, progress);
  const incident = await resolvedIncident(stage);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  tellTheEnd(progress, stage, story, incident, seconds);
  if (values['page-on-declare']) tellWhatWasSaved(progress, story, cast, incident);
  if (values.exit) return 0;
  await keepOpen(stage, progress, port, story);
  return 0;
}

function readPort(given: string | undefined): number {
  if (given === undefined) return 0;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsedWrongly(`--port ${given} is no port: a whole number from 0 to 65535 is.`);
}

async function loadCase(file: string): Promise<Case> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartupError(`The case ${file} cannot be read (${error.code ?? error.message}).`);
  });
  const read = readCase(text, basename(file));
  if ('problems' in read) throw new StartupError([...read.problems, ...read.warnings].join('\n'));
  for (const warning of read.warnings) process.stderr.write(`${warning}\n`);
  return read.case;
}

async function demoTeam(pageOnDeclare: boolean): Promise<Team> {
  const text = await readFile(TEAM, 'utf8');
  const team = readTeam(text, 'src/demo/daywatch.yaml');
  if (!pageOnDeclare) return team;
  const sev1 = { ...team.severities.sev1, pageOnDeclare: ['tech-lead'] };
  return { ...team, severities: { ...team.severities, sev1 } };
}

/** Paged with the declare, the tech lead answers as fast as they did that day, counted from the page. */
function withPageOnDeclare(steps: Step[], wanted: boolean): Step[] {
  if (!wanted) return steps;
  const asked = steps.find(({ gesture }) => gesture.do === 'type' && gesture.text === 'page tech-lead');
  const answered = steps.find(({ gesture }) => gesture.do === 'have-it');
  const declared = steps[0];
  if (!asked || !answered || !declared) return steps;
  const sooner = Math.floor((asked.at - declared.at) / MINUTE_MS) * MINUTE_MS;
  return steps
    .filter((step) => step !== asked)
    .map((step) => (step === answered ? { ...step, at: step.at - sooner } : step))
    .toSorted((a, b) => a.at - b.at);
}

async function setStage(
  stack: AsyncDisposableStack,
  { story, team, cast, steps }: { story: Case; team: Team; cast: Cast; steps: Step[] },
): Promise<Stage> {
  const clock = new MovedClock((steps[0]?.at ?? Date.now()) - MINUTE_MS);
  const dataDir = await mkdtemp(join(tmpdir(), 'daywatch-demo-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const outside = stack.use(await startWorkspace(clock, team, cast));
  watchHosts(outside.google, story);
  const settings = readEnvironment({ ...outside.environment, DATA_DIR: dataDir });
  const zoned = { ...team, timezone: story.timezone, report: { ...team.report, timezone: story.timezone } };
  const log = pino({ level: process.env.DEMO_LOG ?? 'silent' });
  const reportsDir = join(process.env.DATA_DIR || 'data', 'reports');
  const app = stack.use(await createApp(settings, zoned, log, { clock: clock.clock, reportsDir }));
  clock.follow(app.core.store.queue);
  outside.connect(app.url);
  const stage = { app, outside, clock, cast };
  await quiet(stage);
  return stage;
}

function startWorkspace(clock: MovedClock, team: Team, cast: Cast): Promise<Outside> {
  const users = team.people.flatMap(({ name, pagerduty, timezone, email }) =>
    pagerduty
      ? [{ id: pagerduty, name, email: email ?? `${pagerduty}@example.org`, timeZone: timezone }]
      : [],
  );
  const bot = { id: 'PBOT01', name: 'Daywatch', email: 'daywatch@example.org', timeZone: 'Etc/UTC' };
  const members = cast.people
    .filter(({ id }) => team.people.some(({ slack }) => slack === id))
    .map(({ id }) => id);
  return startOutside({
    googleApi: true,
    now: () => clock.now(),
    people: cast.people,
    channels: [
      { name: 'incidents', members: [...members, 'UDAYWATCH'] },
      { name: 'general', members: cast.people.map(({ id }) => id) },
      { name: 'leap-2i2c', members: [...cast.people.map(({ id }) => id), 'UDAYWATCH'] },
    ],
    pagerduty: {
      users: [bot, ...users],
      policies: [
        { id: 'PPOLICY', name: 'Outages', levels: [{ users: users.slice(0, 1).map(({ id }) => id) }] },
      ],
      schedules: [{ id: 'PSCHED1', name: 'Tech leads', timeZone: 'Europe/London', shifts: [] }],
    },
    repositories: ['2i2c-org/infrastructure', '2i2c-org/incident-reports'],
  });
}

async function replay(stage: Stage, steps: readonly Step[], progress: Progress): Promise<void> {
  const shown = new Map<string, number>();
  for (const step of steps) {
    progress.step(step);
    await play(stage, step);
    for (const line of newNotices(stage, shown)) progress.answer(line);
  }
}

/** What the bot said in the incident's channel since the last look. */
function newNotices({ outside }: Stage, shown: Map<string, number>): string[] {
  const { slack } = outside;
  return slack
    .channels()
    .filter(({ name }) => ['incidents', 'leap-2i2c'].includes(name) || name.startsWith('inc-'))
    .flatMap(({ id, name }) => {
      const messages = slack.messages(id);
      const fresh = messages.slice(shown.get(id) ?? 0).filter(({ bot_id: bot }) => bot !== undefined);
      shown.set(id, messages.length);
      return fresh.map(({ text }) => `#${name}: ${plain(text ?? '', stageNames(slack))}`);
    });
}

function stageNames(slack: Outside['slack']): Map<string, string> {
  return new Map(slack.people().map(({ id, realName }) => [id, realName]));
}

function plain(text: string, names: Map<string, string>): string {
  return text
    .replaceAll(/<@(\w+)>/g, (_, id: string) => names.get(id) ?? id)
    .replaceAll(/<!here>\s*/g, '')
    .replaceAll(/<[^|>]+\|([^>]+)>/g, '$1')
    .replaceAll('*', '');
}

async function resolvedIncident({ app }: Stage): Promise<Incident> {
  const incident = await incidentByNumber(app.core.store.database.prisma, 1);
  if (!incident?.reportFile) throw new Error('the replay ended without a report');
  return incident;
}

function tellTheEnd(
  progress: Progress,
  stage: Stage,
  story: Case,
  incident: Incident,
  seconds: string,
): void {
  const file = join(stage.app.core.reportsDir, incident.reportFile ?? '');
  const page = Object.values(incident.pages)[0];
  progress.title(`Done in ${seconds} s. The report is ready:`);
  progress.line(`  ${relative(process.cwd(), file) || file}`);
  if (incident.check) {
    const chart = file.replace(/\.md$/, '.png');
    progress.line(`  ${relative(process.cwd(), chart) || chart}`);
  }
  if (page?.settledAt !== undefined) {
    const minutes = Math.round((page.settledAt - page.pagedAt) / MINUTE_MS);
    progress.line(
      `  The tech lead was paged at ${hourMinute(page.pagedAt, story.timezone)} (their time: ${page.localTime}) and had it ${minutes} min later.`,
    );
  }
}

function tellWhatWasSaved(progress: Progress, story: Case, cast: Cast, incident: Incident): void {
  const asItWas = scriptOf(story, cast).find(({ gesture }) => gesture.do === 'have-it');
  const page = Object.values(incident.pages).find(({ state }) => state === 'acknowledged');
  if (!asItWas || page?.settledAt === undefined) return;
  const saved = Math.round((asItWas.at - page.settledAt) / MINUTE_MS);
  progress.line(
    `  Paged with the declare, the tech lead had it at ${hourMinute(page.settledAt, story.timezone)} instead of ${hourMinute(asItWas.at, story.timezone)}: ${saved} minutes saved.`,
  );
}

async function keepOpen(stage: Stage, progress: Progress, port: number, story: Case): Promise<void> {
  const stopped = untilInterrupted();
  const stopClock = stage.clock.letRun();
  const page = await servePage(stage.outside.slack, {
    port,
    title: `Daywatch demo: ${bareTitle(story.title)}`,
    commands: commandLines(),
    shortcuts: [
      { label: 'Add to timeline', callbackId: SHORTCUTS.addToTimeline },
      { label: 'Declare an incident', callbackId: SHORTCUTS.declare },
    ],
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new StartupError(
      `Port ${port} is taken by another program. Choose one with --port, or leave it out.`,
    );
  });
  progress.title('The workspace stays open. Read it, type as anybody, press the buttons:');
  progress.line(`  ${page.url}`);
  progress.line('  Ctrl-C ends it.');
  await stopped;
  stopClock();
  await page.close();
}

function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  return promise;
}
