import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The program's own files with this ending, as paths from the checkout; what is generated is nobody's style. */
export function sources(ending = '.ts'): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith(ending))
    .map((item) => join(item.parentPath, item.name).slice(ROOT.length))
    .filter((path) => !path.startsWith('src/generated/'))
    .sort();
}

export interface Import {
  from: string;
  /** A path of the checkout, the name of a package, or a module of Node's: `node:fs`. */
  what: string;
  /** Gone when the program runs. */
  typesOnly: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(type\s)?[^'"`;]*?from '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm;

export function importsOf(path: string): Import[] {
  return [...textOf(path).matchAll(STATEMENT)].map(([, type, named, dynamic, bare]) => ({
    from: path,
    what: target(path, named ?? dynamic ?? bare ?? ''),
    typesOnly: type !== undefined,
  }));
}

export const IMPORTS: readonly Import[] = sources().flatMap(importsOf);

function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export function isPackage(what: string): boolean {
  return !what.startsWith('src/') && !what.startsWith('node:');
}
