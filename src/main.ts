import { ErrandProblem } from './actions/errand-problem.ts';
import { UsedWrongly } from './cli/used-wrongly.ts';
import { SettingsError } from './config/env.ts';
import { TeamFileError } from './config/team.ts';
import { ServiceError } from './service-error.ts';
import { StartupError } from './startup-error.ts';
import { DatabaseUnavailable } from './store/database.ts';
import { DirectoryInUse } from './store/directory-lock.ts';

interface Command {
  usage: string;
  says: string;
  /** Answers the exit status: 0, 1 (found a problem), 2 (used wrongly). */
  run(args: string[]): Promise<number>;
}

/** Loaded when asked for, so that a quick command starts quickly. */
const COMMANDS: Record<string, Command> = {
  serve: {
    usage: 'serve',
    says: 'run the bot',
    run: async (args) => {
      const { serve } = await import('./cli/serve.ts');
      await serve(args);
      return 0;
    },
  },
  demo: {
    usage: 'demo [--exit] [--case FILE] [--port N] [--page-on-declare]',
    says: 'replay the LEAP outage against stand-ins on this machine; no account needed',
    run: async (args) => (await import('./demo/demo.ts')).demo(args),
  },
  import: {
    usage:
      'import FILE [--template T] [--timezone Z] [--public] [--out FILE] [--dry-run] [--json] [--channel C] [--from D] [--to D] [--title T]',
    says: 'a case, a channel of a Slack export (zip) or the text of a postmortem becomes an incident, and its report is written; --dry-run checks the file only',
    run: async (args) => (await import('./cli/cases.ts')).importCommand(args),
  },
  report: {
    usage: 'report INC-12 [--template T] [--timezone Z] [--public] [--html] [--out FILE] [--json]',
    says: 'render the report of an incident, open ones included',
    run: async (args) => (await import('./cli/cases.ts')).reportCommand(args),
  },
  export: {
    usage: 'export INC-12 [--out FILE] [--json]',
    says: 'write an incident as a case',
    run: async (args) => (await import('./cli/cases.ts')).exportCommand(args),
  },
  stats: {
    usage: 'stats [--from DAY] [--to DAY] [--timezone Z] [--json | --csv | --each]',
    says: 'the numbers over time: how many, found by whom, how long each thing took, action items done; --each is a CSV line an incident',
    run: async (args) => (await import('./cli/stats.ts')).statsCommand(args),
  },
  'on-duty': {
    usage: 'on-duty [--roster R] [--from ISO] [--to ISO] [--severity sev1] [--json]',
    says: 'who would be paged first, from the team’s file alone; the next 60 days unless said otherwise',
    run: async (args) => (await import('./cli/duty.ts')).duty(args),
  },
  check: {
    usage: 'check [--alert FILE] [--json]',
    says: 'doctor: settings, database, tokens, scopes, address and clock, with the mend of what is amiss; --alert: which rule of the team’s file an alert meets, as a source sends it, and where it would go',
    run: async (args) => (await import('./cli/check.ts')).check(args),
  },
  manifest: {
    usage: 'manifest',
    says: 'print the Slack app manifest for this configuration',
    run: async (args) => (await import('./cli/manifest.ts')).manifest(args),
  },
  migrate: {
    usage: 'migrate [--json]',
    says: 'bring the database up to date (serve does it too)',
    run: async (args) => (await import('./cli/migrate.ts')).migrate(args),
  },
};

const HELP = [
  'daywatch: an incident bot for Slack that pages whose day it is and writes the report',
  '',
  ...Object.values(COMMANDS).map(({ usage, says }) => `  daywatch ${usage}\n      ${says}`),
].join('\n');

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    process.stderr.write(`daywatch: there is no command “${name}”. \`daywatch help\` lists them.\n`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`daywatch ${command.usage}\n    ${command.says}\n`);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (isUsage(error)) {
      process.stderr.write(`daywatch ${name}: ${error.message}\nUsage: daywatch ${command.usage}\n`);
      return 2;
    }
    if (!isExpected(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function isUsage(error: unknown): error is Error {
  if (error instanceof UsedWrongly) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Troubles with a sentence of their own; anything else is a fault of ours and keeps its stack. */
function isExpected(error: unknown): error is Error {
  return [
    StartupError,
    SettingsError,
    TeamFileError,
    DatabaseUnavailable,
    DirectoryInUse,
    ErrandProblem,
    ServiceError,
  ].some((kind) => error instanceof kind);
}

process.exitCode = await main(process.argv.slice(2));
