import { createHmac, randomUUID } from 'node:crypto';

/** One event on its way to one subscriber. */
export interface Delivery {
  /** The same for every attempt: `X-Webhook-Id`. */
  webhookId: string;
  eventType: string;
  incidentId: string;
  body: string;
  attempts: number;
  /** Of the last attempt; 0 when nobody answered. */
  status: number;
  state: 'waiting' | 'delivered' | 'dropped';
}

interface Subscription {
  id: string;
  url: string;
  secrets: string[];
  deliveries: Delivery[];
  droppedInARow: number;
  on: boolean;
}

/** PagerDuty gives a subscriber five seconds. */
const DEADLINE_MS = 5_000;
const DROPS_UNTIL_OFF = 3;

/**
 * V3 webhooks: at least once, in order within an incident. Time-outs, 429 and 5xx wait for `retry`;
 * any other refusal drops the event, and the third in a row switches the subscription off.
 */
export class Webhooks {
  readonly #subscriptions: Subscription[] = [];
  readonly #retryAfterMs: number | undefined;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  /** With `retryAfterMs` failed deliveries are repeated by themselves; without it only by `retry`. */
  constructor(retryAfterMs?: number) {
    this.#retryAfterMs = retryAfterMs;
  }

  /** Several secrets sign as while one is being changed. */
  subscribe(url: string, ...secrets: string[]): void {
    this.#subscriptions.push({ id: randomUUID(), url, secrets, deliveries: [], droppedInARow: 0, on: true });
  }

  send(eventType: string, incidentId: string, event: object): void {
    const body = JSON.stringify(event);
    for (const subscription of this.#subscriptions) {
      if (!subscription.on) continue;
      subscription.deliveries.push({
        webhookId: randomUUID(),
        eventType,
        incidentId,
        body,
        attempts: 0,
        status: 0,
        state: 'waiting',
      });
    }
    this.retry();
  }

  /** Tries whatever waits, once each; later events of an incident whose event fails stay behind it. */
  retry(): Promise<void> {
    this.#running = this.#running.then(async () => {
      for (const subscription of this.#subscriptions) await this.#pump(subscription);
    });
    return this.#running;
  }

  /** When all that was asked for so far has been tried. */
  settled(): Promise<void> {
    return this.#running;
  }

  /** Sends the newest delivered event once more, as after a lost answer. Answers the status. */
  async redeliverLast(): Promise<number> {
    for (const subscription of this.#subscriptions) {
      const last = subscription.deliveries.findLast(({ state }) => state === 'delivered');
      if (last !== undefined) return this.#attempt(subscription, last);
    }
    throw new Error('no event has been delivered yet');
  }

  get deliveries(): Delivery[] {
    return this.#subscriptions.flatMap(({ deliveries }) => deliveries);
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.on = false;
  }

  async #pump(subscription: Subscription): Promise<void> {
    const blocked = new Set<string>();
    for (const delivery of subscription.deliveries) {
      if (!subscription.on) return;
      if (delivery.state !== 'waiting' || blocked.has(delivery.incidentId)) continue;
      await this.#attempt(subscription, delivery);
      if (delivery.status >= 200 && delivery.status < 300) {
        delivery.state = 'delivered';
        subscription.droppedInARow = 0;
      } else if (delivery.status >= 400 && delivery.status < 500 && delivery.status !== 429) {
        delivery.state = 'dropped';
        subscription.droppedInARow += 1;
        if (subscription.droppedInARow >= DROPS_UNTIL_OFF) switchOff(subscription);
      } else {
        blocked.add(delivery.incidentId);
      }
    }
    if (blocked.size > 0) this.#retryLater();
  }

  async #attempt({ id, url, secrets }: Subscription, delivery: Delivery): Promise<number> {
    delivery.attempts += 1;
    delivery.status = await post(url, delivery.body, {
      'content-type': 'application/json',
      'user-agent': 'PagerDuty-Webhook/V3.0',
      'x-pagerduty-signature': secrets.map((secret) => signature(delivery.body, secret)).join(','),
      'x-webhook-id': delivery.webhookId,
      'x-webhook-subscription': id,
    });
    return delivery.status;
  }

  #retryLater(): void {
    if (this.#retryAfterMs === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retry(), this.#retryAfterMs).unref();
  }
}

function switchOff(subscription: Subscription): void {
  subscription.on = false;
  for (const delivery of subscription.deliveries) {
    if (delivery.state === 'waiting') delivery.state = 'dropped';
  }
}

/** One value of `X-PagerDuty-Signature`. */
export function signature(body: string, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
