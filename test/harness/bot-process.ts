import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { oncePerRun } from './once-per-run.ts';
import { TEAM_YAML } from './team.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const APP = new URL('../../src/app.ts', import.meta.url).href;
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'daywatch-compile-cache') };
const PATIENCE_MS = 50_000;
/** The second: a process that lives for seconds is gone before optimizing its database pays, and that takes a core. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--liftoff-only'];

/** What `daywatch …` printed, and how it ended. */
export interface Ended {
  /** Exit status; undefined when a signal ended it. */
  status: number | undefined;
  stdout: string;
  stderr: string;
}

/** The bot as its users run it: a process of its own, on real time. */
export interface BotProcess extends AsyncDisposable {
  /** Where it listens. */
  url: string;
  output(): Pick<Ended, 'stdout' | 'stderr'>;
  /** SIGKILL: no goodbye, nothing flushed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: work in flight ends first. */
  stop(): Promise<Ended>;
  /** Sends a signal and waits for nothing, to freeze a process (`SIGSTOP`) and wake it again. */
  signal(name: NodeJS.Signals): void;
}

export interface BotOptions {
  /** Where the process stands: its team's file is written there, and no `.env` of a checkout is read. */
  directory: string;
  env: Record<string, string | undefined>;
  team?: string;
}

/** Runs `daywatch serve` until it says that it is ready. Killed when disposed of, if it still lives. */
export async function startBot(options: BotOptions): Promise<BotProcess> {
  const child = await spawnDaywatch(['serve'], options);
  const output = collect(child);
  const gone = once(child, 'exit');
  let url: string;
  try {
    url = await readyAddress(child, output);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url,
    output: () => ({ ...output }),
    kill,
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return { status: child.exitCode ?? undefined, ...output };
    },
    signal: (name) => void child.kill(name),
    [Symbol.asyncDispose]: kill,
  };
}

/** Runs a command of `daywatch` to its end; killed when it has not come to one in good time. */
export async function runDaywatch(args: string[], options: BotOptions): Promise<Ended> {
  const child = await spawnDaywatch(args, options);
  const output = collect(child);
  const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await once(child, 'close');
  clearTimeout(impatient);
  return { status: child.exitCode ?? undefined, ...output };
}

async function spawnDaywatch(
  args: string[],
  { directory, env, team = TEAM_YAML }: BotOptions,
): Promise<ChildProcess> {
  const config = join(directory, 'daywatch.yaml');
  await writeFile(config, team);
  await oncePerRun('compiled', compileAhead);
  return spawn(process.execPath, [...FLAGS, MAIN, ...args], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the surroundings but the way to programs.
    env: {
      PATH: process.env.PATH,
      ...COMPILED,
      DAYWATCH_CONFIG: config,
      ...env,
    },
  });
}

/** A process that is killed leaves nothing compiled for the next one, which takes half of its start. */
async function compileAhead(): Promise<void> {
  const code = `await import(${JSON.stringify(APP)}); process.exit();`;
  await promisify(execFile)(process.execPath, [...FLAGS, '--input-type=module', '--eval', code], {
    env: { PATH: process.env.PATH, ...COMPILED },
  });
}

function collect(child: ChildProcess): Pick<Ended, 'stdout' | 'stderr'> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString('utf8');
  });
  return output;
}

/** The address in the line of the log that says that the bot is ready. */
async function readyAddress(
  child: ChildProcess,
  output: { stdout: string; stderr: string },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const look = () => {
    const url = /"url":"([^"]+)"[^\n]*Daywatch is ready/.exec(output.stdout)?.[1];
    if (url !== undefined) resolve(url);
  };
  const fail = (why: string) => reject(new Error(`${why}\n${output.stdout}\n${output.stderr}`));
  const impatient = setTimeout(() => fail('the bot is not ready after a long while'), PATIENCE_MS);
  const ended = () => fail('the bot ended before it was ready');
  child.stdout?.on('data', look);
  child.once('exit', ended);
  try {
    return await promise;
  } finally {
    clearTimeout(impatient);
    child.stdout?.off('data', look);
    child.off('exit', ended);
  }
}
