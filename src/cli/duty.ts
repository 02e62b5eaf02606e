import { readEnvironment, withDotEnv } from '../config/env.ts';
import { loadTeam } from './load.ts';
import { onDutyCommand } from './on-duty.ts';

/** `daywatch on-duty`, with the team's file of this configuration. */
export async function duty(args: string[]): Promise<number> {
  const team = await loadTeam(readEnvironment(withDotEnv(process.env), 'offline'));
  const { output, exit } = onDutyCommand(team, args, new Date());
  (exit === 0 ? process.stdout : process.stderr).write(`${output}\n`);
  return exit;
}
