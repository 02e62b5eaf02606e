import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { ErrandProblem } from '../actions/errand-problem.ts';
import { readEnvironment, type Settings, withDotEnv } from '../config/env.ts';
import type { Desk } from '../core.ts';
import type { Team } from '../domain/team.ts';
import { type Ask, doErrand, type ErrandName, type Told } from '../hatch/errands.ts';
import { HATCH_FILE, type HatchAddress } from '../hatch/open-hatch.ts';
import { fetchProfile } from '../slack/people.ts';
import { createCall } from '../slack/web.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { DirectoryInUse } from '../store/directory-lock.ts';
import { loadTeam } from './load.ts';

/** A bot that is just starting has the lock and no hatch yet; another command is done soon. */
const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 200;
const DEADLINE_MS = 120_000;

/**
 * Does an errand in the database of this configuration. The embedded one may be open in a running bot: then the bot
 * is asked to do it.
 */
export async function runErrand<Name extends ErrandName>(name: Name, ask: Ask<Name>): Promise<Told<Name>> {
  const settings = readEnvironment(withDotEnv(process.env), 'offline');
  const team = await loadTeam(settings);
  return inDatabase(settings, name, ask, (database) => doErrand(deskOf(settings, team, database), name, ask));
}

/** Does something in the database by itself, or has the bot that has it open do the errand of that name. */
export async function inDatabase<Name extends ErrandName>(
  settings: Settings,
  name: Name,
  ask: Ask<Name>,
  byItself: (database: Database) => Promise<Told<Name>>,
): Promise<Told<Name>> {
  const { url } = settings.database;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await using database = await openDatabase(
        url === undefined ? { kind: 'embedded', dataDir: settings.dataDir } : { kind: 'postgres', url },
      );
      return await byItself(database);
    } catch (error) {
      if (!(error instanceof DirectoryInUse)) throw error;
      const told = await askTheBot(settings.dataDir, name, ask);
      if (told) return told;
      if (Date.now() > until) throw error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function deskOf(settings: Settings, team: Team, database: Database): Desk {
  const call = settings.slack
    ? createCall({
        token: settings.slack.botToken,
        ...(settings.slack.apiUrl === undefined ? {} : { apiUrl: settings.slack.apiUrl }),
      })
    : undefined;
  return {
    store: { database, queue: NOTHING_TO_DO, now: () => new Date(), follow: () => [] },
    world: { chat: { profile: async (person) => (call ? fetchProfile(call, person) : undefined) } },
    team,
    log: pino({ level: 'silent' }),
    reportsDir: join(settings.dataDir, 'reports'),
  };
}

/** Nobody is there who would do a job, so an errand must not call for one. */
const NOTHING_TO_DO: Desk['store']['queue'] = {
  async send(_, jobs) {
    if (jobs.length > 0) throw new Error('a command cannot bring anything about outside');
  },
  committed() {},
};

/** What the running bot says; nothing when none answers there. */
async function askTheBot<Name extends ErrandName>(
  dataDir: string,
  name: Name,
  ask: Ask<Name>,
): Promise<Told<Name> | undefined> {
  const hatch = await readHatch(dataDir);
  if (!hatch) return undefined;
  let response: Response;
  try {
    response = await fetch(`${hatch.url}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hatch.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new ErrandProblem(
        'The running Daywatch does not answer. Look at its log, or stop it and try again.',
      );
    }
    return undefined;
  }
  // A file that a killed bot left names a port that may be somebody else's by now.
  if (response.status === 401) return undefined;
  const body: unknown = await response.json();
  if (response.ok) return body as Told<Name>;
  const problem = typeof body === 'object' && body !== null ? Reflect.get(body, 'problem') : undefined;
  throw new ErrandProblem(String(problem ?? `The running Daywatch answered with HTTP ${response.status}.`));
}

async function readHatch(dataDir: string): Promise<HatchAddress | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, HATCH_FILE), 'utf8')) as HatchAddress;
  } catch {
    return undefined;
  }
}
