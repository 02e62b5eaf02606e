import { isOnDisk, placeOfFile, writeWhole } from '../actions/kept-files.ts';
import { nowOf } from '../core.ts';
import type { NewFact } from '../domain/facts.ts';
import { filesToKeep } from '../domain/files.ts';
import { type Entry, foldEntry } from '../domain/timeline.ts';
import { isServiceError } from '../service-error.ts';
import { factsOfEntry } from '../store/incidents.ts';
import { type Job, record, type Task } from './context.ts';

const DEADLINE_MS = 120_000;

/** Fetches the bytes of a file into the data directory. What an earlier attempt has written there whole is kept. */
export const keepFile: Job<'keep-file'> = async (task) => {
  const { core, effect } = task;
  const file = awaited(await entryNow(task), effect.file);
  if (!file) return;
  const place = placeOfFile(core, file);
  const lost = (await isOnDisk(place)) ? undefined : await fetched(task, place);
  await record(task, async (_, reads) => {
    const entry = await reads.entry(effect.entry);
    if (!awaited(entry, effect.file)) return { facts: [], effects: [] };
    const about = {
      entry: effect.entry,
      file: effect.file,
      by: { kind: 'daywatch' },
      at: nowOf(core),
    } as const;
    const fact: NewFact =
      lost === undefined
        ? { type: 'entry-file-kept', ...about }
        : { type: 'entry-file-lost', ...about, why: lost };
    return { facts: [fact], effects: [] };
  });
};

/** Writes the bytes. Answers why there are none, when that will not change. */
async function fetched(
  { core, effect, attempt }: Task<'keep-file'>,
  place: string,
): Promise<string | undefined> {
  if (core.fileLimit === 0) return 'keeping files is switched off here';
  const signal = AbortSignal.any([attempt.signal, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    const found = await core.world.chat.file(effect.file, { bytes: core.fileLimit, signal });
    if ('absent' in found) return found.absent;
    await writeWhole(place, found.bytes);
    return undefined;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (error.kind === 'refused') return error.message.replace(/\.$/, '');
    throw error;
  }
}

async function entryNow({ core, incident, effect }: Task<'keep-file'>): Promise<Entry | undefined> {
  return foldEntry(await factsOfEntry(core.store.database.prisma, incident.number, effect.entry));
}

function awaited(entry: Entry | undefined, id: string) {
  return entry && filesToKeep(entry).find((file) => file.id === id);
}
