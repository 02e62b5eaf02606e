import { readFile } from 'node:fs/promises';
import type { Settings } from '../config/env.ts';
import { readTeam } from '../config/team.ts';
import type { Team } from '../domain/team.ts';
import { StartupError } from '../startup-error.ts';

/** The team's file of these settings. */
export async function loadTeam(settings: Pick<Settings, 'configFile'>): Promise<Team> {
  let text: string;
  try {
    text = await readFile(settings.configFile, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing
      ? 'is not there'
      : `cannot be read (${error instanceof Error ? error.message : error})`;
    throw new StartupError(
      `The team's file ${settings.configFile} ${why}. Copy daywatch.example.yaml there, or set DAYWATCH_CONFIG.`,
    );
  }
  return readTeam(text, settings.configFile);
}
