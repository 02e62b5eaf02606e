import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from '../../src/config/env.ts';
import { Variables } from '../../src/config/variables.ts';
import { IMPORTS, importsOf, isPackage, ROOT, textOf } from './sources.ts';

interface Service {
  image?: string;
  build?: string;
  init?: boolean;
  env_file?: string;
  environment: Record<string, string>;
  ports?: string[];
  volumes: string[];
  healthcheck: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

interface Compose {
  services: { daywatch: Service; postgres: Service };
  volumes: Record<string, null>;
}

const COMPOSE = parse(textOf('docker-compose.yml')) as Compose;
const { daywatch, postgres } = COMPOSE.services;
const PACKAGE = JSON.parse(textOf('package.json')) as {
  engines: { node: string };
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

/** The Dockerfile's instructions, continued lines joined, in order. */
const INSTRUCTIONS = textOf('Dockerfile')
  .replaceAll('\\\n', '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));

function instructions(word: string): string[] {
  return INSTRUCTIONS.filter((instruction) => instruction.word === word).map(({ rest }) => rest);
}

function place(word: string, rest: string): number {
  return INSTRUCTIONS.findIndex(
    (instruction) => instruction.word === word && instruction.rest.startsWith(rest),
  );
}

/** What compose makes of `${NAME:-default}` where nothing is set. */
function filledIn(value: string): string {
  return value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
}

describe('the image', () => {
  test('is of a Node that runs the program', () => {
    const least = Number(/\d+/.exec(PACKAGE.engines.node)?.[0]);
    const bases = instructions('FROM').map((base) => Number(/^node:(\d+)-slim\b/.exec(base)?.[1]));
    expect(bases).toHaveLength(2);
    for (const major of bases) expect(major).toBeGreaterThan(least);
    expect(PACKAGE.dependencies.node).toMatch(new RegExp(`^${bases[0]}\\.`));
  });

  test('installs what running needs, with the schema there before the database client is made of it', () => {
    const install = place('RUN', 'npm ci --omit=dev');
    expect(install).toBeGreaterThan(-1);
    expect(PACKAGE.scripts.postinstall).toBe('node prisma/generate.mjs');
    for (const needed of ['package.json package-lock.json', 'prisma']) {
      expect(place('COPY', needed)).toBeGreaterThan(-1);
      expect(place('COPY', needed)).toBeLessThan(install);
    }
    expect(textOf('prisma/schema.prisma')).toContain('output              = "../src/generated/prisma"');
    expect(instructions('COPY')).toContain('--from=packages /app/src/generated ./src/generated');
  });

  test('has every package that the program imports, also the demo', () => {
    const running = [...IMPORTS.filter(({ typesOnly }) => !typesOnly), ...importsOf('prisma/generate.mjs')];
    const packages = running.map(({ what }) => what).filter(isPackage);
    expect(packages).toContain('@slack/bolt');
    expect([...new Set(packages)].filter((name) => !(name in PACKAGE.dependencies))).toEqual([]);
    expect(PACKAGE.dependencies).toHaveProperty('prisma');
  });

  test('copies what is there and is let through', () => {
    const own = instructions('COPY').filter((rest) => !rest.startsWith('--from'));
    const copied = [...new Set(own.flatMap((rest) => rest.split(' ').slice(0, -1)))];
    expect(copied).toEqual(expect.arrayContaining(['prisma', 'templates', 'src', 'package-lock.json']));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const [nothing, ...rules] = textOf('.dockerignore').trim().split('\n');
    expect(nothing).toBe('*');
    expect(rules.filter((rule) => rule.startsWith('!')).sort()).toEqual(
      copied.map((path) => `!${path}`).sort(),
    );
    expect(rules.filter((rule) => !rule.startsWith('!'))).toEqual(['src/generated']);
  });

  test('runs the bot as nobody special, who owns the data', () => {
    const user = place('USER', 'node');
    expect(user).toBeGreaterThan(place('RUN', 'mkdir -p /data'));
    expect(instructions('RUN').join()).toContain('chown node:node /data');
    expect(INSTRUCTIONS.slice(user + 1).map(({ word }) => word)).not.toContain('USER');
    expect(JSON.parse(instructions('CMD').at(-1) ?? '')).toEqual(['node', 'src/main.ts', 'serve']);
    expect(instructions('VOLUME')).toEqual(['/data']);
    expect(instructions('HEALTHCHECK').join()).toContain('/readyz');
  });

  test('sets variables that are read, to values that are taken', () => {
    const pairs = instructions('ENV').flatMap((rest) => rest.trim().split(/\s+/));
    const env = Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
    expect(Object.keys(env).filter((name) => !(name in Variables.shape))).toEqual([]);
    const settings = readEnvironment(env, 'offline');
    expect(settings).toMatchObject({ dataDir: '/data', configFile: '/config/daywatch.yaml' });
    expect(settings.http).toEqual({ host: '0.0.0.0', port: Number(instructions('EXPOSE')[0]) });
  });
});

describe('docker-compose.yml', () => {
  test('is the bot and its PostgreSQL', () => {
    expect(Object.keys(COMPOSE.services)).toEqual(['daywatch', 'postgres']);
    expect(daywatch).toMatchObject({ build: '.', init: true, env_file: '.env' });
    expect(Number(/^postgres:(\d+)/.exec(postgres.image ?? '')?.[1])).toBeGreaterThanOrEqual(15);
    expect(postgres.ports).toBeUndefined();
  });

  test('gives the bot settings that are taken, whatever .env leaves empty', () => {
    const given = Object.entries(daywatch.environment).map(([name, value]) => [name, filledIn(value)]);
    const settings = readEnvironment(Object.fromEntries(given), 'offline');
    expect(settings.http).toMatchObject({ host: '0.0.0.0', port: 3000 });
    expect(settings.dataDir).toBe('/data');
    expect(settings.configFile).toBe('/config/daywatch.yaml');
    expect(Object.keys(daywatch.environment).filter((name) => !(name in Variables.shape))).toEqual([]);
  });

  test('points the bot at that database', () => {
    const url = new URL(filledIn(daywatch.environment.DATABASE_URL ?? ''));
    expect(url.hostname in COMPOSE.services).toBe(true);
    expect(url.username).toBe(postgres.environment.POSTGRES_USER);
    expect(url.password).toBe(filledIn(postgres.environment.POSTGRES_PASSWORD ?? ''));
    expect(url.pathname).toBe(`/${postgres.environment.POSTGRES_DB}`);
  });

  test('waits until each can work', () => {
    expect(daywatch.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(postgres.healthcheck.test.join(' ')).toContain('pg_isready --username daywatch --dbname daywatch');
    expect(daywatch.healthcheck.test.join(' ')).toContain('http://127.0.0.1:3000/readyz');
    expect(textOf('src/http/health.ts')).toContain("router.get('/readyz'");
  });

  test('keeps what must be kept, and brings the team’s own files in', () => {
    const mounts = [...daywatch.volumes, ...postgres.volumes].map(
      (mount) => mount.split(':') as [string, string],
    );
    const kept = mounts.filter(([source]) => !source.startsWith('./'));
    expect(kept.map(([source]) => source)).toEqual(Object.keys(COMPOSE.volumes));
    expect(Object.fromEntries(kept)).toEqual({
      data: daywatch.environment.DATA_DIR,
      postgres: '/var/lib/postgresql',
    });
    const brought = Object.fromEntries(mounts.filter(([source]) => source.startsWith('./')));
    expect(brought).toEqual({
      './daywatch.yaml': daywatch.environment.DAYWATCH_CONFIG,
      './templates': '/app/templates',
    });
    expect(existsSync(join(ROOT, 'daywatch.example.yaml')) && existsSync(join(ROOT, 'templates'))).toBe(true);
  });

  test('listens where only the machine itself reaches it', () => {
    expect((daywatch.ports ?? []).map(filledIn)).toEqual(['127.0.0.1:3000:3000']);
  });
});
