import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { type SlackWorkspace, startSlack } from '../../../src/stand-ins/slack/workspace.ts';
import type { SlackOptions } from '../../../src/stand-ins/slack/workspace-server.ts';

export const SIGNING_SECRET = 'test-signing-secret';
export const BOT_TOKEN = 'xoxb-test';
export const APP_TOKEN = 'xapp-test';

const PEOPLE = [
  { id: 'U0ANA', name: 'ana', realName: 'Ana Pop', tz: 'Europe/Bucharest', email: 'ana@example.org' },
  { id: 'U0BEN', name: 'ben', realName: 'Ben Wood', displayName: 'ben', tz: 'America/Los_Angeles' },
  { id: 'U0GUEST', name: 'guest', realName: 'Guest', tz: 'Europe/London', guest: true },
  { id: 'U0GONE', name: 'gone', realName: 'Gone', tz: 'Europe/London', deleted: true },
  { id: 'U0PAGER', name: 'pagerduty', realName: 'PagerDuty', tz: 'Etc/UTC', bot: true },
];

export async function openWorkspace(options: Partial<SlackOptions> = {}): Promise<SlackWorkspace> {
  return startSlack({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    people: PEOPLE,
    channels: [
      { name: 'general', members: ['U0ANA', 'U0BEN'] },
      { name: 'incidents', members: ['U0ANA', 'U0BEN', 'U0PAGER', 'UDAYWATCH'] },
      { name: 'secret', private: true, members: ['U0ANA'] },
    ],
    rateLimits: false,
    ...options,
  });
}

/** The client would write every refusal that a test provokes to the terminal. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

/** The real client, without its retries: a refusal or a lost answer shows at once. */
export function clientOf(workspace: SlackWorkspace, token = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** The error name of a refused call. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no refusal';
  } catch (error) {
    const { data } = error as { data?: { error?: string } };
    return data?.error ?? String(error);
  }
}

export interface Received {
  headers: IncomingMessage['headers'];
  raw: string;
}

/** The address of a bot that writes down what it is sent and answers as told. */
export class ListeningBot {
  readonly received: Received[] = [];
  answer: (received: Received) => { status: number; body?: string; headers?: Record<string, string> } =
    () => ({
      status: 200,
    });
  /** Takes what comes and never answers. */
  isMute = false;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const received = { headers: request.headers, raw: Buffer.concat(chunks).toString() };
      this.received.push(received);
      if (this.isMute) return;
      const { status, body, headers } = this.answer(received);
      response.writeHead(status, headers).end(body);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/slack/events`;
  }

  /** The inner events, in the order of arrival. */
  get events(): Record<string, unknown>[] {
    return this.received
      .filter(({ raw }) => raw.startsWith('{'))
      .map(({ raw }) => JSON.parse(raw).event as Record<string, unknown>);
  }

  /** The payload of the last button, form or shortcut. */
  get lastPayload(): Record<string, unknown> {
    const payload = new URLSearchParams(this.received.at(-1)?.raw).get('payload');
    return JSON.parse(payload ?? '{}') as Record<string, unknown>;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
