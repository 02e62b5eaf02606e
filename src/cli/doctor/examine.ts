import { readEnvironment, type Settings, SettingsError } from '../../config/env.ts';
import { TeamFileError } from '../../config/team.ts';
import type { Team } from '../../domain/team.ts';
import { missingSecrets } from '../../outlets/create-outlets.ts';
import { StartupError } from '../../startup-error.ts';
import { loadTeam } from '../load.ts';
import { examineAddress } from './address.ts';
import { examineDatabase } from './database.ts';
import { amiss, type Finding, well } from './finding.ts';
import { examineAlertSources, examineGitHub, examineMail, examinePagerDuty } from './services.ts';
import { examineClock, examineSlack } from './slack.ts';

/** Looks at everything that the bot needs, and changes nothing. Parts that depend on a broken one are left out. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const read = settingsOf(env);
  if ('problems' in read) return read.problems;
  const { settings, findings } = read;
  const { team, findings: ofTeam } = await teamOf(settings, env);
  const found = await Promise.all([
    examineDatabase(settings),
    examineSlack(settings.slack, team),
    examineClock(settings.slack),
    examineAddress(settings),
    examinePagerDuty(settings.pagerduty, team),
    examineAlertSources(settings),
    examineGitHub(settings.github, team),
    examineMail(settings.smtp, team),
  ]);
  return [...findings, ...ofTeam, ...found.flat()];
}

/** Each mistake is a finding; what can be read without Slack is examined all the same. */
function settingsOf(
  env: NodeJS.ProcessEnv,
): { settings: Settings; findings: Finding[] } | { problems: Finding[] } {
  const problemsFor = (purpose: 'serve' | 'offline') => {
    try {
      return readEnvironment(env, purpose);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return error.problems.map((problem) => amiss('Settings', `${problem}.`));
    }
  };
  const whole = problemsFor('serve');
  if (!Array.isArray(whole)) return { settings: whole, findings: [well('Settings', 'all fit together.')] };
  const settings = problemsFor('offline');
  return Array.isArray(settings) ? { problems: whole } : { settings, findings: whole };
}

async function teamOf(
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Promise<{ team?: Team; findings: Finding[] }> {
  try {
    const team = await loadTeam(settings);
    const { smtp } = settings;
    const missing = missingSecrets({ ...team, ...(smtp ? { smtp } : {}), secretNamed: (name) => env[name] });
    const unset = missing.map((name) =>
      amiss(
        'Settings',
        `the team’s file names ${name}, and it is not set. Set it, or take the target out of the file.`,
      ),
    );
    const counts = {
      people: team.people.length,
      rosters: Object.keys(team.rosters).length,
      services: team.services.length,
      'alert rules': team.alerts.length,
    };
    const count = Object.entries(counts).map(([what, many]) => `${what} ${many}`);
    return {
      team,
      findings: [...unset, well('Team’s file', `${settings.configFile}: ${count.join(', ')}.`)],
    };
  } catch (error) {
    if (error instanceof TeamFileError)
      return { findings: error.problems.map((problem) => amiss('Team’s file', problem)) };
    if (error instanceof StartupError) return { findings: [amiss('Team’s file', error.message)] };
    throw error;
  }
}
