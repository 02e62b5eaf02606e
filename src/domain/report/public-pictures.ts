import { isShowable, keptName } from '../files.ts';
import type { Incident } from '../incident.ts';
import type { Veil } from '../public-form/veil.ts';
import type { Callings } from './callings.ts';

/** A picture that a report shows beside it. */
export interface ShownPicture {
  /** Where it is kept. */
  path: string;
  /** What the report calls it. */
  name: string;
}

/**
 * The pictures that somebody decided to show, by names that say nothing of the files' own and stay the same after an
 * import. Of a private incident there are none, whatever was decided.
 */
export function publicPictures(
  { private: isPrivate }: Pick<Incident, 'private'>,
  veil: Veil,
  leftOut: readonly string[] = [],
): { called: NonNullable<Callings['picture']>; shown: ShownPicture[] } {
  const shown: ShownPicture[] = [];
  const called = (path: string) => {
    if (isPrivate || !isShowable(path) || leftOut.includes(path)) return undefined;
    const id = veil.picture(path, keptName(path));
    if (id === undefined) return undefined;
    const name = `picture-${id.slice(0, 12)}${/\.[a-z]+$/.exec(path)?.[0]}`;
    if (!shown.some((picture) => picture.path === path)) shown.push({ path, name });
    return name;
  };
  return { called, shown };
}
