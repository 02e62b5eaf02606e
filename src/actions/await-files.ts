import type { Core } from '../core.ts';
import type { Effect } from '../domain/decision.ts';
import { filesToKeep } from '../domain/files.ts';
import type { Incident } from '../domain/incident.ts';
import { describedEntries } from './described-entries.ts';

/** Files that were given up while Slack would not give them are asked for again. */
export async function filesAwaited(core: Core, incident: Incident): Promise<Effect[]> {
  const { entries } = await describedEntries(core, incident);
  return entries.flatMap((entry) =>
    filesToKeep(entry)
      .filter(({ gone }) => !gone)
      .map(({ id }): Effect => ({ do: 'keep-file', entry: entry.id, file: id })),
  );
}
