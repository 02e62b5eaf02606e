import { randomUUID } from 'node:crypto';
import { BOT, TEAM, VERIFICATION_TOKEN } from './identity.ts';
import { signedHeaders } from './signature.ts';
import { type EnvelopeType, SocketHub } from './socket-mode.ts';
import type { Json } from './types.ts';

const MOST_RETRIES = 3;

type RetryReason = 'http_timeout' | 'connection_failed' | 'http_error' | 'too_many_redirects';

export interface Delivery {
  kind: 'event' | 'command' | 'interactive';
  body: Json;
  /** HTTP status; 0 when there was no answer. Over a socket an ack counts as 200. */
  status: number;
  ms: number;
  retry: number;
  answer: string;
}

interface PendingEvent {
  body: Json;
  attempt: number;
  reason: RetryReason;
}

/** Carries what happens in the workspace to the bot, by HTTP or by socket, with Slack's retries. */
export class Deliveries {
  readonly log: Delivery[] = [];
  readonly socket = new SocketHub();
  readonly #secret: string;
  readonly #bySocket: boolean;
  readonly #patienceMs: number;
  readonly #seconds: () => number;
  readonly #changed: () => void;
  readonly #events = new Map<string, Json>();
  #url: string | undefined;
  #inFlight = 0;
  #idle: (() => void)[] = [];
  #pending: PendingEvent[] = [];
  #isHeld: ((body: Json) => boolean) | undefined;
  #held: Json[] = [];

  constructor(options: {
    secret: string;
    bySocket: boolean;
    /** How long to wait for an answer before this attempt has failed. */
    patienceMs: number;
    seconds: () => number;
    changed: () => void;
  }) {
    this.#secret = options.secret;
    this.#bySocket = options.bySocket;
    this.#patienceMs = options.patienceMs;
    this.#seconds = options.seconds;
    this.#changed = options.changed;
  }

  deliverTo(url: string): void {
    this.#url = url;
  }

  /** Sends one event, with an id of its own. An app that is subscribed nowhere gets none. */
  event(event: Json): void {
    if (!this.#url && !this.#bySocket) return;
    const body: Json = {
      token: VERIFICATION_TOKEN,
      team_id: TEAM.id,
      api_app_id: BOT.appId,
      event,
      type: 'event_callback',
      event_id: `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`,
      event_time: this.#seconds(),
      authorizations: [{ team_id: TEAM.id, user_id: BOT.userId, is_bot: true, is_enterprise_install: false }],
      is_ext_shared_channel: false,
      event_context: '4-stand-in',
    };
    this.#events.set(String(body.event_id), body);
    if (this.#isHeld?.(body)) {
      this.#held.push(body);
      return;
    }
    void this.#attempt({ body, attempt: 0, reason: 'http_timeout' });
  }

  /** Tells the bot that events are being dropped for a while: a delivery of its own, without an event in it. */
  async limit(): Promise<Delivery> {
    const body: Json = {
      token: VERIFICATION_TOKEN,
      type: 'app_rate_limited',
      team_id: TEAM.id,
      minute_rate_limited: this.#seconds(),
      api_app_id: BOT.appId,
    };
    return this.#tracked(() =>
      this.#send('event', 'events_api', body, JSON.stringify(body), 0, 'http_timeout'),
    );
  }

  /** Commands, buttons and forms: once, and the answer is what the person sees. */
  async ask(kind: 'command' | 'interactive', body: Json): Promise<Delivery> {
    const form =
      kind === 'command'
        ? new URLSearchParams(
            Object.entries(body).map(([key, value]): [string, string] => [key, String(value)]),
          )
        : new URLSearchParams({ payload: JSON.stringify(body) });
    const type: EnvelopeType = kind === 'command' ? 'slash_commands' : 'interactive';
    return this.#tracked(() => this.#send(kind, type, body, form.toString(), 0, 'http_timeout'));
  }

  /** Fires the retries that Slack would send after a minute and after five. */
  async retryPending(): Promise<void> {
    const due = this.#pending;
    this.#pending = [];
    await Promise.all(due.map((pending) => this.#attempt(pending)));
  }

  get pending(): number {
    return this.#pending.length;
  }

  /** Delivers an event of before again, the last one or by id, as if its answer had been lost. */
  async redeliver(eventId: string | 'last', times = 1): Promise<Delivery[]> {
    const body = eventId === 'last' ? [...this.#events.values()].at(-1) : this.#events.get(eventId);
    if (!body) throw new Error(`There is no event ${eventId}`);
    const sent: Delivery[] = [];
    for (let attempt = 1; attempt <= times; attempt += 1) {
      sent.push(await this.#tracked(() => this.#sendEvent({ body, attempt, reason: 'http_timeout' })));
    }
    return sent;
  }

  /** Keeps back the events that match, until `release`. */
  hold(isHeld: (body: Json) => boolean): void {
    this.#isHeld = isHeld;
  }

  /** Sends what was kept back, in the order that `arrange` makes of it. */
  release(arrange: (held: Json[]) => Json[] = (held) => held): void {
    const held = arrange(this.#held);
    this.#held = [];
    this.#isHeld = undefined;
    for (const body of held) void this.#attempt({ body, attempt: 0, reason: 'http_timeout' });
  }

  /** Resolves when no delivery is under way. Retries that wait for their minute do not count. */
  async settled(): Promise<void> {
    while (this.#inFlight > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  forget(): void {
    this.log.length = 0;
    this.#events.clear();
  }

  async #attempt(pending: PendingEvent): Promise<void> {
    await this.#tracked(() => this.#attemptAndRetry(pending));
  }

  /** The first retry follows at once and counts as the same delivery; the others wait for their minute. */
  async #attemptAndRetry(pending: PendingEvent): Promise<void> {
    const delivery = await this.#sendEvent(pending);
    const failed = failureOf(delivery);
    if (!failed || pending.attempt >= MOST_RETRIES || delivery.answer === NO_RETRY) return;
    const next: PendingEvent = { body: pending.body, attempt: pending.attempt + 1, reason: failed };
    if (next.attempt === 1) await this.#attemptAndRetry(next);
    else this.#pending.push(next);
  }

  async #sendEvent({ body, attempt, reason }: PendingEvent): Promise<Delivery> {
    return this.#send('event', 'events_api', body, JSON.stringify(body), attempt, reason);
  }

  async #send(
    kind: Delivery['kind'],
    type: EnvelopeType,
    body: Json,
    raw: string,
    attempt: number,
    reason: RetryReason,
  ): Promise<Delivery> {
    const startedAt = performance.now();
    const delivery: Delivery = { kind, body, status: 0, ms: 0, retry: attempt, answer: '' };
    this.log.push(delivery);
    try {
      if (this.#bySocket && (this.socket.connected > 0 || !this.#url)) {
        const timeoutMs = this.#patienceMs;
        const answer = await this.socket.send(type, body, { timeoutMs, attempt, reason });
        delivery.status = 200;
        delivery.answer = answer === undefined ? '' : JSON.stringify(answer);
      } else {
        await this.#post(delivery, raw, attempt, reason);
      }
    } catch (error) {
      delivery.answer =
        error instanceof DOMException && error.name === 'TimeoutError' ? TIMED_OUT : UNREACHABLE;
    }
    delivery.ms = performance.now() - startedAt;
    return delivery;
  }

  async #post(delivery: Delivery, raw: string, attempt: number, reason: RetryReason): Promise<void> {
    if (!this.#url) throw new Error('the bot has no address yet');
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'Content-Type': delivery.kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
        'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signedHeaders(this.#secret, raw),
        ...(attempt > 0 ? { 'X-Slack-Retry-Num': String(attempt), 'X-Slack-Retry-Reason': reason } : {}),
      },
      body: raw,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#patienceMs),
    });
    delivery.answer = await response.text();
    delivery.status = response.status;
    if (!response.ok && response.headers.get('X-Slack-No-Retry') === '1') delivery.answer = NO_RETRY;
  }

  async #tracked<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) {
        const idle = this.#idle;
        this.#idle = [];
        for (const resolve of idle) resolve();
      }
      this.#changed();
    }
  }
}

const TIMED_OUT = '(no answer in time)';
const UNREACHABLE = '(could not connect)';
const NO_RETRY = '(the bot asked for no retry)';

function failureOf(delivery: Delivery): RetryReason | undefined {
  if (delivery.status >= 200 && delivery.status < 300) return undefined;
  if (delivery.answer === TIMED_OUT) return 'http_timeout';
  if (delivery.status === 0) return 'connection_failed';
  return 'http_error';
}
