import { strFromU8, type UnzipFileInfo, unzipSync } from 'fflate';
import { ErrandProblem } from '../actions/errand-problem.ts';

const MEGABYTE = 1024 * 1024;
const LIMITS = { archive: 500 * MEGABYTE, file: 50 * MEGABYTE, all: 200 * MEGABYTE, files: 100_000 };

/**
 * The JSON files of a Slack export that `wanted` names, by their path. What a zip says of sizes bounds what is unpacked,
 * so that a small one cannot fill the memory.
 * @throws ErrandProblem that says what is wrong with the file.
 */
export function filesOfZip(
  bytes: Uint8Array,
  fileName: string,
  wanted: (path: string) => boolean,
): Map<string, unknown> {
  const wrong = (what: string) => new ErrandProblem(`${fileName} ${what} Nothing was imported.`);
  if (bytes.length > LIMITS.archive)
    throw wrong('is larger than 500 MB; export a shorter time from Slack, or fewer channels.');
  let [count, size] = [0, 0];
  const take = ({ name, originalSize }: UnzipFileInfo): boolean => {
    count += 1;
    if (count > LIMITS.files) throw wrong('holds more than 100,000 files; an export of Slack has fewer.');
    if (!wanted(name)) return false;
    size += originalSize;
    if (originalSize > LIMITS.file || size > LIMITS.all)
      throw wrong(`unpacks to too much (${name}); 50 MB a file and 200 MB together are the most.`);
    return true;
  };
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: take });
  } catch (error) {
    if (error instanceof ErrandProblem) throw error;
    throw wrong(`is no zip that can be read (${error instanceof Error ? error.message : String(error)}).`);
  }
  const read = new Map<string, unknown>();
  for (const [path, content] of Object.entries(files)) {
    try {
      read.set(path, JSON.parse(strFromU8(content)));
    } catch {
      throw wrong(`holds ${path}, which is not JSON.`);
    }
  }
  return read;
}
