import { randomUUID } from 'node:crypto';

const RESPONSE_LIFE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

export interface ResponseTarget {
  user: string;
  channel: string;
  /** The message whose button was pressed: what `replace_original` replaces. */
  messageTs?: string;
  ephemeralId?: string;
}

/** The `trigger_id`s and `response_url`s that the bot was given, each with its life. Real time. */
export class Tickets {
  readonly #triggers = new Map<string, { user: string; at: number; isUsed: boolean }>();
  readonly #responses = new Map<string, ResponseTarget & { at: number; uses: number }>();
  readonly #triggerLifeMs: number;

  constructor(triggerLifeMs: number) {
    this.#triggerLifeMs = triggerLifeMs;
  }

  newTrigger(user: string): string {
    const id = `${Date.now()}.${randomUUID().slice(0, 8)}`;
    this.#triggers.set(id, { user, at: Date.now(), isUsed: false });
    return id;
  }

  /** The person behind a trigger, which this uses up; or why not. */
  useTrigger(
    id: string,
  ): { user: string } | { error: 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' } {
    const trigger = this.#triggers.get(id);
    if (!trigger) return { error: 'invalid_trigger_id' };
    if (trigger.isUsed) return { error: 'exchanged_trigger_id' };
    if (Date.now() - trigger.at > this.#triggerLifeMs) return { error: 'expired_trigger_id' };
    trigger.isUsed = true;
    return { user: trigger.user };
  }

  newResponse(target: ResponseTarget): string {
    const id = randomUUID();
    this.#responses.set(id, { ...target, at: Date.now(), uses: 0 });
    return id;
  }

  useResponse(id: string): { target: ResponseTarget } | { error: 'expired_url' | 'used_url' } {
    const response = this.#responses.get(id);
    if (!response || Date.now() - response.at > RESPONSE_LIFE_MS) return { error: 'expired_url' };
    if (response.uses >= RESPONSE_USES) return { error: 'used_url' };
    response.uses += 1;
    return { target: response };
  }

  /** Makes every ticket given so far too old. */
  expireAll(): void {
    for (const trigger of this.#triggers.values()) trigger.at = 0;
    for (const response of this.#responses.values()) response.at = 0;
  }
}
