import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** gRPC's first bytes; no HTTP/1 request begins so. */
const PREFACE = Buffer.from('PRI * HTTP/2.0');

/** One address for gRPC and REST, as Google's own is. */
export interface OnePort {
  /** `host:port`. */
  endpoint: string;
  /** While it is away, nobody is let in and whoever is in is thrown out. */
  away: boolean;
  close(): Promise<void>;
}

/**
 * Passes every connection on to one of two servers on loopback, by what its first bytes speak. The gRPC server is
 * asked for when somebody speaks to it.
 */
export async function startOnePort(ports: { grpc: () => Promise<number>; rest: number }): Promise<OnePort> {
  const sockets = new Set<Socket>();
  let away = false;
  const server = createServer((socket) => {
    if (away) return void socket.destroy();
    keep(socket);
    socket.once('data', (first) => {
      socket.pause();
      const speaksGrpc = PREFACE.subarray(0, first.length).equals(first.subarray(0, PREFACE.length));
      const port = speaksGrpc ? ports.grpc() : Promise.resolve(ports.rest);
      port.then(
        (found) => join(socket, connect(found, '127.0.0.1'), first),
        () => socket.destroy(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function join(outer: Socket, inner: Socket, first: Buffer): void {
    keep(inner);
    inner.write(first);
    outer.pipe(inner).pipe(outer);
    outer.once('close', () => inner.destroy());
    inner.once('close', () => outer.destroy());
  }

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  }

  function throwOut(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get away() {
      return away;
    },
    set away(wanted) {
      away = wanted;
      if (away) throwOut();
    },
    async close() {
      throwOut();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}
