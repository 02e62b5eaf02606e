import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IMPORTS, type Import, importsOf, isPackage, ROOT, sources, textOf } from './sources.ts';

const FOLDERS_OF_SERVICES = ['slack', 'pagerduty', 'google-monitoring', 'alertmanager', 'github', 'outlets'];

function importedBy(folder: string): Import[] {
  return IMPORTS.filter(({ from }) => from.startsWith(folder));
}

function importersOf(place: string): string[] {
  const importers = IMPORTS.filter(({ what }) => what === place || what.startsWith(`${place}/`));
  return [...new Set(importers.map(({ from }) => from))].filter((from) => !from.startsWith(`${place}/`));
}

function filesWith(pattern: RegExp): string[] {
  return sources().filter((path) => pattern.test(textOf(path)));
}

test('every import is understood: it names a file that is there, a package, or Node', () => {
  expect(IMPORTS.length).toBeGreaterThan(1_000);
  expect(importsOf('src/main.ts').map(({ what }) => what)).toContain('src/cli/serve.ts');
  const paths = IMPORTS.map(({ what }) => what).filter((what) => what.startsWith('src/'));
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe('the core', () => {
  const imported = importedBy('src/domain/');

  test('imports itself and no other folder', () => {
    const foreign = imported.filter(({ what }) => !isPackage(what) && !what.startsWith('src/domain/'));
    expect(foreign).toEqual([]);
  });

  test('imports of the packages only those that reckon or name: zones, holidays, Markdown and emoji', () => {
    const packages = imported.filter(
      ({ from, what }) => isPackage(what) && !from.startsWith('src/domain/case/'),
    );
    expect([...new Set(packages.map(({ what }) => what))].sort()).toEqual([
      '@date-fns/tz',
      'date-holidays',
      'gemoji',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'mdast-util-gfm-autolink-literal',
      'mdast-util-gfm-strikethrough',
      'mdast-util-to-markdown',
      'micromark-extension-gfm-strikethrough',
      'moment-timezone',
    ]);
  });

  test('reads a case with zod, and nothing else with it', () => {
    const ofCases = importedBy('src/domain/case/').filter(({ what }) => isPackage(what));
    expect([...new Set(ofCases.map(({ what }) => what))]).toEqual(['zod']);
  });

  test('is told the time and asks nobody for chance', () => {
    const asking = filesWith(/\bDate\.now\(\)|\bperformance\.now\(\)|\bMath\.random\(\)|\brandomUUID\(\)/);
    expect(asking.filter((path) => path.startsWith('src/domain/'))).toEqual([]);
    expect(asking).not.toEqual([]);
  });
});

describe('the services outside', () => {
  test.each(FOLDERS_OF_SERVICES)('src/%s imports no other service', (folder) => {
    const others = FOLDERS_OF_SERVICES.filter((other) => other !== folder).map((other) => `src/${other}/`);
    const mixed = importedBy(`src/${folder}/`).filter(({ what }) =>
      others.some((other) => what.startsWith(other)),
    );
    expect(mixed).toEqual([]);
  });

  test.each(FOLDERS_OF_SERVICES.slice(1))(
    'src/%s knows the core’s words and nothing of the bot',
    (folder) => {
      const own = importedBy(`src/${folder}/`).filter(({ what }) => what.startsWith('src/'));
      expect(own).not.toEqual([]);
      const allowed = [`src/${folder}/`, 'src/domain/', 'src/service-error.ts'];
      expect(own.filter(({ what }) => !allowed.some((place) => what.startsWith(place)))).toEqual([]);
    },
  );

  test('Slack is known to the composition, to the command line and to the demo only', () => {
    const importers = importersOf('src/slack');
    expect(importers).toContain('src/app.ts');
    expect(importers.filter((from) => !/^src\/(app\.ts|cli\/|demo\/)/.test(from))).toEqual([]);
  });

  test('Slack’s own packages stop at its folder; the composition makes its receiver', () => {
    const importers = IMPORTS.filter(({ what }) => what.startsWith('@slack/')).map(({ from }) => from);
    expect(importers.filter((from) => !from.startsWith('src/slack/'))).toEqual(['src/app.ts']);
  });
});

describe('the bot', () => {
  test('knows nothing of its stand-ins', () => {
    const importers = importersOf('src/stand-ins');
    expect(importers).not.toEqual([]);
    expect(importers.filter((from) => !from.startsWith('src/demo/'))).toEqual([]);
  });

  test('knows the demo as a command only', () => {
    expect(importersOf('src/demo')).toEqual(['src/main.ts']);
  });

  test('has one door to the database for what happens to an incident', () => {
    expect(filesWith(/\.(incident|fact)\.(create|update|upsert|delete)/)).toEqual(['src/actions/change.ts']);
  });

  test('speaks to the database in few places', () => {
    const allowed = ['src/actions/change.ts'];
    const importers = importersOf('src/generated');
    expect(importers).toEqual(expect.arrayContaining(allowed));
    expect(importers.filter((from) => !from.startsWith('src/store/') && !allowed.includes(from))).toEqual([]);
  });
});

test('the environment is read at the entrance only', () => {
  const readers = filesWith(/\bprocess\.env\b/);
  expect(readers).toContain('src/cli/serve.ts');
  expect(readers.filter((path) => !/^src\/(main\.ts|cli\/|demo\/)/.test(path))).toEqual([]);
});

test('nobody ends the process from inside', () => {
  expect(filesWith(/\bprocess\.(exit|abort)\(/)).toEqual([]);
});

describe('what must happen is a job', () => {
  /** A timer dies with its process, so each of these may. The stand-ins and the demo live as long as they are looked at. */
  const MAY_DIE: Record<string, string> = {
    'src/actions/patience.ts': 'the patience of whoever asked',
    'src/actions/with-deadline.ts': 'patience with a service, inside a job or a request',
    'src/app.ts': 'patience while stopping',
    'src/cli/run-errand.ts': 'waits for a bot that is just starting',
    'src/gather.ts': 'lets requests in that have arrived, while somebody waits for the answer',
    'src/github/write-queue.ts': 'the pause that GitHub asks for, inside a job',
    'src/http/health.ts': 'patience of a probe',
    'src/pagerduty/deadline.ts': 'patience with PagerDuty, inside a job',
    'src/queue.ts': 'looks whether the clock was set back, while the process lives',
    'src/slack/pace.ts': 'the pause that Slack asks for, inside a job',
    'src/store/database.ts': 'lets requests in between two statements',
    'src/store/directory-lock.ts': 'says that the process lives, while it lives',
    'src/workers.ts': 'looks for jobs while there are workers',
  };

  test('timers only wait, or do what the next start does again', () => {
    const withTimers = filesWith(/\bset(Timeout|Interval|Immediate)\b/).filter(
      (path) => !path.startsWith('src/stand-ins/') && !path.startsWith('src/demo/'),
    );
    expect(withTimers).toEqual(Object.keys(MAY_DIE).sort());
  });
});

describe('files', () => {
  test('are at most 300 lines long', () => {
    const lengths = sources().map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('are named in kebab-case, and not for being useful', () => {
    const names = sources().map((path) => basename(path, '.ts'));
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|index)$/.test(name))).toEqual([]);
  });

  test('have no default export', () => {
    expect(filesWith(/^export default\b/m)).toEqual([]);
  });
});
