import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** PostgreSQL when `TEST_DATABASE_URL` names a server, the embedded database otherwise. */
const SERVER = process.env.TEST_DATABASE_URL;

export interface TestDatabase extends AsyncDisposable {
  dataDir: string;
  /** The environment that points a bot at it. */
  env: Record<string, string>;
  url?: string;
}

/** A database of one's own, gone afterwards. */
export async function freshDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'daywatch-'));
  const clean = () => rm(dataDir, { recursive: true, force: true });
  if (SERVER === undefined) {
    return { dataDir, env: { DATA_DIR: dataDir }, [Symbol.asyncDispose]: clean };
  }
  const name = `daywatch_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return {
    dataDir,
    env: { DATA_DIR: dataDir, DATABASE_URL: url.href },
    url: url.href,
    async [Symbol.asyncDispose]() {
      await clean();
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
