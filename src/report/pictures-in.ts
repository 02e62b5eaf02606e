import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PictureBytes } from './report-html.ts';

/** More than this is a page that nobody can mail; such a picture stays beside it. */
const MOST_BYTES = 20 * 1024 * 1024;

/** The pictures of a folder, as long as a page can hold them. */
export function picturesIn(
  folder: string,
  files: readonly { path: string; name: string }[] = [],
): PictureBytes {
  let left = MOST_BYTES;
  return (path) => {
    try {
      const bytes = readFileSync(join(folder, files.find(({ name }) => name === path)?.path ?? path));
      if (bytes.length > left) return undefined;
      left -= bytes.length;
      return bytes;
    } catch {
      return undefined;
    }
  };
}
