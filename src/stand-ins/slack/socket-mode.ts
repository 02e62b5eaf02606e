import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { BOT } from './identity.ts';
import { isJson } from './state.ts';

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

const MOST_CONNECTIONS = 10;
const PING_EVERY_MS = 10_000;

/** The server side of Socket Mode: each payload goes to one of the open connections and waits for its ack. */
export class SocketHub {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  readonly #pings = setInterval(() => this.#ping(), PING_EVERY_MS).unref();

  get connected(): number {
    return this.#sockets.size;
  }

  /** A ticket opens one connection, as the address from `apps.connections.open` does. */
  issueTicket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://loopback').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#open(connection));
  }

  /**
   * Sends one envelope and answers what the ack carried.
   * Rejects when there is no connection, it closes, or no ack came within `timeoutMs`.
   */
  async send(
    type: EnvelopeType,
    payload: unknown,
    options: { timeoutMs: number; attempt: number; reason: string },
  ): Promise<unknown> {
    const socket = this.#next();
    if (!socket) throw new Error('no Socket Mode connection');
    const envelopeId = randomUUID();
    const envelope = {
      envelope_id: envelopeId,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(type === 'events_api' ? { retry_attempt: options.attempt, retry_reason: options.reason } : {}),
    };
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        clearTimeout(timer);
        socket.off('close', onClose);
        this.#waiting.delete(envelopeId);
        act();
      };
      const onClose = (): void => finish(() => reject(new Error('the Socket Mode connection closed')));
      const timer = setTimeout(
        () => finish(() => reject(new DOMException('no ack', 'TimeoutError'))),
        options.timeoutMs,
      );
      this.#waiting.set(envelopeId, (ack) => finish(() => resolve(ack)));
      socket.once('close', onClose);
      socket.send(JSON.stringify(envelope));
    });
  }

  /** Asks every client to reconnect and hangs up, as Slack does a few times a day. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void {
    for (const socket of this.#sockets) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } }));
      if (reason !== 'warning') socket.close();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#pings);
    for (const socket of this.#sockets) socket.terminate();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #open(socket: WebSocket): void {
    if (this.#sockets.size >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#acknowledge(String(data)));
    const hello = {
      type: 'hello',
      num_connections: this.#sockets.size,
      connection_info: { app_id: BOT.appId },
    };
    socket.send(JSON.stringify(hello));
  }

  #acknowledge(text: string): void {
    const ack: unknown = JSON.parse(text);
    if (!isJson(ack) || typeof ack.envelope_id !== 'string') return;
    this.#waiting.get(ack.envelope_id)?.(ack.payload);
  }

  /** The connections take turns. */
  #next(): WebSocket | undefined {
    for (const socket of this.#sockets) {
      if (socket.readyState !== socket.OPEN) continue;
      this.#sockets.delete(socket);
      this.#sockets.add(socket);
      return socket;
    }
    return undefined;
  }

  #ping(): void {
    for (const socket of this.#sockets) socket.ping();
  }
}
