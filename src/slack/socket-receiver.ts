import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from 'pino';
import { slackLogger } from './logger.ts';
import { asServiceError } from './web.ts';

interface Envelope {
  ack: (response?: Record<string, unknown>) => Promise<void>;
  body: ReceiverEvent['body'];
  retry_num?: number;
  retry_reason?: string;
}

/**
 * Socket Mode, with the answer sent when the listeners are done: what an event says is then in the database.
 * Bolt's own receiver answers first.
 */
export class SocketReceiver implements Receiver {
  #client: SocketModeClient;
  #log: Logger;
  /** Runs after every connection but the first: what came in the gap is looked for. */
  #onReconnect: () => void;
  #connections = 0;

  constructor(options: { appToken: string; apiUrl?: string; log: Logger; onReconnect?: () => void }) {
    this.#log = options.log;
    this.#onReconnect = options.onReconnect ?? (() => {});
    this.#client = new CalmClient({
      appToken: options.appToken,
      logger: slackLogger(options.log),
      // Its own object: the library writes its retries into it.
      clientOptions: options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl },
    });
  }

  init(app: App): void {
    this.#client.on('connected', () => {
      this.#connections += 1;
      if (this.#connections > 1) this.#onReconnect();
    });
    this.#client.on('slack_event', (envelope: Envelope) => void this.#take(app, envelope));
  }

  async #take(app: App, envelope: Envelope): Promise<void> {
    let answer: unknown;
    try {
      await app.processEvent({
        body: envelope.body,
        ack: async (response) => {
          answer = response;
        },
        ...(envelope.retry_num === undefined ? {} : { retryNum: envelope.retry_num }),
        ...(envelope.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
      });
      await envelope.ack(asPayload(answer));
    } catch (error) {
      // Unanswered, Slack sends it again.
      this.#log.error({ error: messageOf(error) }, 'a delivery could not be taken');
    }
  }

  /** @throws ServiceError when Slack opens no connection for this token. */
  async start(): Promise<unknown> {
    try {
      return await this.#client.start();
    } catch (error) {
      throw asServiceError('apps.connections.open', error);
    }
  }

  stop(): Promise<unknown> {
    return this.#client.disconnect();
  }
}

/** `app_rate_limited` has no inner event, and the library ends the process over it; it gets one. */
class CalmClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    return super.onWebSocketMessage(withInnerEvent(text), isBinary);
  }
}

function withInnerEvent(text: string): string {
  if (!text.includes('app_rate_limited')) return text;
  const envelope = JSON.parse(text) as { payload?: { type?: string; event?: object } };
  if (envelope.payload?.type !== 'app_rate_limited' || envelope.payload.event) return text;
  return JSON.stringify({
    ...envelope,
    payload: { ...envelope.payload, event: { type: 'app_rate_limited' } },
  });
}

function asPayload(answer: unknown): Record<string, unknown> | undefined {
  if (typeof answer === 'string') return answer === '' ? undefined : { text: answer };
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
