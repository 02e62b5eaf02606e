/** The same in the text of an issue, whoever wrote it. */
export const MARKED = /<!-- daywatch: ([A-Za-z0-9][A-Za-z0-9_./:-]*) -->/;

const MARKER = /^[A-Za-z0-9][A-Za-z0-9_./:-]*$/;

/**
 * The invisible line by which an issue is known as ours again.
 * @throws TypeError for a marker that could end the comment it stands in.
 */
export function issueMarker(marker: string): string {
  if (!MARKER.test(marker) || marker.includes('--') || marker.endsWith('-')) {
    throw new TypeError(
      `"${marker}" cannot mark an issue: letters, digits and _ . / : - only, no double dash`,
    );
  }
  return `<!-- daywatch: ${marker} -->`;
}
