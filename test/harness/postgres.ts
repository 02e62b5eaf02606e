import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL when `TEST_DATABASE_URL` names a server, the embedded database otherwise. */
export const SERVER = process.env.TEST_DATABASE_URL;

/** What the server says of a template whose last connection is still going away. */
const IN_USE = '55006';

/** An empty database on that server, or a copy of another one there. Answers its address. */
export async function createDatabase(server: string, name: string, template?: string): Promise<string> {
  const create = `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`;
  for (let left = 200; ; left -= 1) {
    try {
      await asAdmin(server, create);
      break;
    } catch (error) {
      if (left === 0 || !(error instanceof pg.DatabaseError) || error.code !== IN_USE) throw error;
      await sleep(50);
    }
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export function dropDatabase(server: string, name: string): Promise<void> {
  return asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
