import pg from 'pg';

/** Any number that no other program locks in this database. */
const LOCK = 7_302_541;

export interface Replicas extends AsyncDisposable {
  /** No other process of Daywatch was at work here when this one came. */
  alone: boolean;
}

/**
 * Every process holds a shared lock on a connection of its own, which ends with the process however it dies.
 * Whoever could take it exclusively was alone.
 */
export async function liveReplicas(url: string): Promise<Replicas> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
  // A lost connection only costs the knowledge of being alone at a later start.
  client.on('error', () => {});
  await client.connect();
  const answer = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [LOCK]);
  const alone = answer.rows[0]?.alone === true;
  await client.query('SELECT pg_advisory_lock_shared($1)', [LOCK]);
  if (alone) await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  return { alone, [Symbol.asyncDispose]: () => client.end() };
}
