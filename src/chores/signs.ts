import { profileOfPerson } from '../actions/profiles.ts';
import { refreshQuiet } from '../actions/signs.ts';
import type { Core } from '../core.ts';

/** Keeps what Slack shows of the rosters' members at hand, so that no page has to wait for it. */
export async function lookForSigns(core: Core): Promise<void> {
  const names = new Set(Object.values(core.team.rosters).flatMap(({ members }) => members));
  const members = core.team.people.filter(({ name, slack }) => slack !== undefined && names.has(name));
  if (members.length === 0) return;
  await refreshQuiet(core);
  for (const { slack } of members) if (slack) await profileOfPerson(core, slack);
}
