import { expect, test } from 'vitest';
import { textOf } from './sources.ts';

interface Locked {
  version?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };

/** Where Node would look for a package, nearest first. */
function placesOf(name: string, from: string): string[] {
  const places = [`${from}${from === '' ? '' : '/'}node_modules/${name}`];
  for (let at = from.lastIndexOf('/node_modules/'); at > 0; at = from.lastIndexOf('/node_modules/', at - 1)) {
    places.push(`${from.slice(0, at)}/node_modules/${name}`);
  }
  return [...places, `node_modules/${name}`];
}

/** `npm ci` refuses a lock that leaves anything out, also what only another system would install. */
test('the lock has everything that any system needs', () => {
  const wanted = Object.entries(packages).flatMap(([from, locked]) =>
    Object.keys({ ...locked.dependencies, ...locked.devDependencies, ...locked.optionalDependencies }).map(
      (name) => ({ from, name }),
    ),
  );
  expect(wanted.length).toBeGreaterThan(500);
  expect(wanted.filter(({ from, name }) => !placesOf(name, from).some((place) => place in packages))).toEqual(
    [],
  );
});

test('the lock is of this package.json, and every version there is exact', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Locked;
  expect(packages['']).toMatchObject({ dependencies, devDependencies });
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(versions.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual(
    [],
  );
});
