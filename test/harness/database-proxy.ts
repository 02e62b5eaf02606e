import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a database that can fail as networks do. */
export interface DatabaseProxy extends AsyncDisposable {
  /** The database's address by this way. */
  url: string;
  /** Ends every connection and refuses new ones, as a server that is restarting. */
  cut(): void;
  /** Lets nothing through any more, and says nothing of it. */
  fallSilent(): void;
  /** Works again. Connections that had fallen silent are ended, as by a router that forgot them. */
  mend(): void;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let state: 'open' | 'cut' | 'silent' = 'open';

  const server = createServer((incoming) => {
    if (state === 'cut') {
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(target.port || 5432), target.hostname);
    const pair: [Socket, Socket] = [incoming, outgoing];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      incoming.destroy();
      outgoing.destroy();
    };
    for (const [from, to] of [pair, [outgoing, incoming]] as const) {
      from.on('data', (chunk) => {
        if (state !== 'silent') to.write(chunk);
      });
      from.on('error', end);
      from.on('close', end);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port was to be had');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);

  const endAll = () => {
    for (const [incoming, outgoing] of pairs) {
      incoming.destroy();
      outgoing.destroy();
    }
    pairs.clear();
  };
  return {
    url: url.href,
    cut() {
      state = 'cut';
      endAll();
    },
    fallSilent() {
      state = 'silent';
    },
    mend() {
      if (state === 'silent') endAll();
      state = 'open';
    },
    async [Symbol.asyncDispose]() {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
