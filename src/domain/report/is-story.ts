import { isImporter } from '../case/importer.ts';
import type { Entry } from '../timeline.ts';

/** Bookkeeping, what was taken out, and what the import of a case writes about itself are no part of the story. */
export function isStory({ removed, bookkeeping, origin, author }: Entry): boolean {
  const ofImport = origin === 'daywatch' && isImporter(author);
  return !removed && !bookkeeping && !ofImport;
}
