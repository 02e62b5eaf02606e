import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { ExpressReceiver, type Receiver } from '@slack/bolt';
import express from 'express';
import { type Clock, systemClock } from 'pg-boss';
import type { Logger } from 'pino';
import { recoverAll } from './actions/recover.ts';
import { ROUNDS, runRound } from './chores/registry.ts';
import type { Settings } from './config/env.ts';
import type { Core } from './core.ts';
import type { Team } from './domain/team.ts';
import { followClock } from './domain/update-clock.ts';
import { createRepository } from './github/repository.ts';
import { createMonitoring } from './google-monitoring/monitoring.ts';
import { openHatch } from './hatch/open-hatch.ts';
import { api } from './http/api/router.ts';
import { health } from './http/health.ts';
import { statusPage } from './http/status.ts';
import { webhooks } from './http/webhooks.ts';
import { runJob } from './jobs/registry.ts';
import { createOutlets, missingSecrets } from './outlets/create-outlets.ts';
import { createWiki } from './outlets/wiki.ts';
import { createPager } from './pagerduty/pager.ts';
import { startQueue } from './queue.ts';
import { isServiceError } from './service-error.ts';
import { createBolt } from './slack/bolt.ts';
import { createChat } from './slack/chat.ts';
import { guardSlackRequest } from './slack/http-guard.ts';
import { type Identity, readIdentity } from './slack/identity.ts';
import { slackLogger } from './slack/logger.ts';
import { SocketReceiver } from './slack/socket-receiver.ts';
import { createSlackOutlet } from './slack/update-outlet.ts';
import { createCall } from './slack/web.ts';
import { StartupError } from './startup-error.ts';
import { openDatabase } from './store/database.ts';
import type { World } from './world.ts';

export interface Overrides {
  /** Moved by hand in tests and in the demo. */
  clock?: Clock;
  /** The environment variables that the team's file names for its secrets. */
  secretNamed?: (variable: string) => string | undefined;
  /** Where reports are saved, if not in the data directory. */
  reportsDir?: string;
  /** Where Google's keys for Pub/Sub pushes are, if not at Google. */
  googleKeysUrl?: string;
}

/** The whole program, running. Disposing of it lets work in flight end. */
export interface App extends AsyncDisposable {
  url: string;
  core: Core;
}

/** Builds and starts everything, in the order in which the parts need each other. */
export async function createApp(
  settings: Settings,
  team: Team,
  log: Logger,
  overrides: Overrides = {},
): Promise<App> {
  const clock = overrides.clock ?? systemClock;
  const slack = slackSettings(settings);
  await using stack = new AsyncDisposableStack();
  const quickCall = createCall(slack);
  const asked = whoAmI(quickCall);
  // Its failure is dealt with below, when the database is open and owned; opening it can take a busy machine so
  // long that the answer is not heard in time, so then it is asked again.
  asked.catch(() => {});
  const database = stack.use(await openDatabase(locationOf(settings), { movedClock: clock !== systemClock }));
  const self = await asked.catch(() => whoAmI(quickCall));
  const world = createWorld(settings, team, self, clock, overrides.secretNamed);
  // What is read from Google when everything stops is read to its end, so the queue stops first.
  if (world.monitoring) stack.use(world.monitoring);
  const queue = stack.use(await startQueue(database, log, clock));
  const core: Core = {
    store: {
      database,
      queue,
      now: () => new Date(clock.now()),
      follow: (before, after) => followClock(before, after, team),
    },
    world,
    team,
    log,
    reportsDir: overrides.reportsDir ?? join(settings.dataDir, 'reports'),
    fileLimit: settings.fileLimit,
  };

  const http = express();
  http.disable('x-powered-by');
  let connected = slack.appToken === undefined;
  const receiver =
    slack.appToken === undefined
      ? httpReceiver(http, slack, log)
      : socketReceiver(slack, log, () => lookAgain(core));
  const bolt = createBolt(core, self, quickCall, slack.token, receiver);
  http.use(
    webhooks(core, settings, overrides.googleKeysUrl),
    statusPage(core, settings),
    api(core, settings.apiToken),
    health(core, () => connected),
  );
  http.use(answerFaults(log));

  await queue.work((attempt) => runJob(core, attempt));
  await recoverAll(core);
  warmUp(core);
  await queue.repeat(ROUNDS, (name) => runRound(core, name));
  if (database.kind === 'embedded') stack.use(await openHatch(core, settings.dataDir));
  const server = await listen(createServer(http), settings.http);
  stack.defer(() => closeServer(server));
  if (slack.appToken !== undefined) {
    await connect(() => bolt.start());
    connected = true;
    stack.defer(async () => void (await bolt.stop()));
  }
  const owned = stack.move();
  return { url: addressOf(server), core, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

interface SlackSettings {
  token: string;
  apiUrl?: string;
  appToken?: string;
  signingSecret?: string;
}

function slackSettings({ slack }: Settings): SlackSettings {
  if (!slack) throw new StartupError('SLACK_BOT_TOKEN is not set, so there is no workspace to work in.');
  const { botToken: token, ...rest } = slack;
  return { token, ...rest };
}

function locationOf(settings: Settings) {
  return settings.database.url === undefined
    ? { kind: 'embedded' as const, dataDir: settings.dataDir }
    : { kind: 'postgres' as const, url: settings.database.url };
}

async function whoAmI(call: Parameters<typeof readIdentity>[0]): Promise<Identity> {
  try {
    return await readIdentity(call);
  } catch (error) {
    if (isServiceError(error, 'unauthorized')) {
      throw new StartupError(
        `Slack does not accept SLACK_BOT_TOKEN (${error.code}). Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.`,
      );
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new StartupError(`Slack cannot be reached. ${why} Check the network and SLACK_API_URL.`);
  }
}

/** Opens the Socket Mode connection. */
async function connect(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (isServiceError(error, 'unauthorized')) {
      throw new StartupError(
        `Slack does not accept SLACK_APP_TOKEN (${error.code}). Make an app-level token with the scope connections:write on your app's page, under Basic Information.`,
      );
    }
    if (!isServiceError(error)) throw error;
    throw new StartupError(
      `Slack opens no Socket Mode connection. ${error.message} Check that Socket Mode is on for the app.`,
    );
  }
}

function createWorld(
  settings: Settings,
  team: Team,
  self: Identity,
  clock: Clock,
  secretNamed: Overrides['secretNamed'] = () => undefined,
): World {
  const { slack, pagerduty, google, github, http } = settings;
  const web = {
    token: slack?.botToken ?? '',
    ...(slack?.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }),
  };
  const ways = { ...team, ...(settings.smtp ? { smtp: settings.smtp } : {}), secretNamed };
  const missing = missingSecrets(ways);
  if (missing.length > 0) {
    throw new StartupError(
      `The team's file names ${missing.join(', ')}, and the environment has no such variable. Set it, or take the target out of the file.`,
    );
  }
  return {
    chat: createChat(web, self, team, http.publicUrl, () => clock.now()),
    outlets: { slack: createSlackOutlet(web), ...createOutlets(ways) },
    ...wikiOf(team, secretNamed),
    ...(pagerduty?.rest ? { pager: createPager(pagerduty.rest) } : {}),
    ...(google?.project === undefined
      ? {}
      : { monitoring: createMonitoring({ ...google, project: google.project }) }),
    ...(github ? { repository: createRepository(github) } : {}),
  };
}

function wikiOf(
  { report, webhooks }: Team,
  secretNamed: NonNullable<Overrides['secretNamed']>,
): Pick<World, 'wiki'> {
  const webhook = report.webhook === undefined ? undefined : webhooks[report.webhook];
  if (!webhook) return {};
  const secretValue = webhook.secret === undefined ? undefined : secretNamed(webhook.secret);
  return { wiki: createWiki({ ...webhook, ...(secretValue === undefined ? {} : { secretValue }) }) };
}

/** Looked up before a page needs it; a wrong token is said in the log at once. */
function warmUp({ world, log }: Core): void {
  world.pager?.check().then(
    (who) => log.info({ who }, 'PagerDuty answers'),
    (error: unknown) =>
      log.warn({ error: error instanceof Error ? error.message : error }, 'PagerDuty does not answer'),
  );
}

function httpReceiver(http: express.Express, slack: SlackSettings, log: Logger): Receiver {
  http.use('/slack/events', guardSlackRequest);
  const router = express.Router();
  return new ExpressReceiver({
    signingSecret: slack.signingSecret ?? '',
    endpoints: '/slack/events',
    processBeforeResponse: true,
    app: http,
    router,
    logger: slackLogger(log),
  });
}

/** What came while no connection stood is looked for; when that fails, the next connection or start does it. */
function lookAgain(core: Core): void {
  recoverAll(core).catch((error: unknown) =>
    core.log.warn({ error: error instanceof Error ? error.message : error }, 'channels are not read again'),
  );
}

function socketReceiver(slack: SlackSettings, log: Logger, onReconnect: () => void): Receiver {
  return new SocketReceiver({
    appToken: slack.appToken ?? '',
    ...(slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }),
    log,
    onReconnect,
  });
}

/** What a handler threw is answered with 500, so that the sender tries again, and said in the log only. */
function answerFaults(log: Logger): express.ErrorRequestHandler {
  return (error, _request, response, _next) => {
    log.error({ error: error instanceof Error ? error.message : String(error) }, 'a request failed');
    if (!response.headersSent) response.status(500).send();
  };
}

async function listen(server: Server, { port, host }: Settings['http']): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
    return server;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartupError(
        `Port ${port} on ${host} is taken by another program. Stop that one, or set PORT.`,
      );
    }
    if (code === 'EACCES')
      throw new StartupError(`Port ${port} may not be used by this user. Set PORT to one above 1023.`);
    if (code === 'EADDRNOTAVAIL') throw new StartupError(`${host} is no address of this machine. Set HOST.`);
    throw error;
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 3_000);
  await closed.promise;
  clearTimeout(impatient);
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
