import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request that a stand-in received, as a fault sees it. */
export interface ReceivedCall {
  service: 'slack' | 'pagerduty' | 'google' | 'github';
  /** Slack: the method (`chat.postMessage`). Others: verb and path (`POST /incidents`). */
  name: string;
  args: Record<string, unknown>;
}

/** What the caller sees instead of, or after, the true answer. */
export type FaultAct =
  | { kind: 'cut' }
  | { kind: 'hang' }
  | { kind: 'delay'; ms: number }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: string };

/**
 * A fault between the bot and a service. `before` strikes before the service has done anything,
 * `after` when it has done everything but answered: the two halves of a lost connection.
 */
export interface Fault {
  match: (call: ReceivedCall) => boolean;
  when: 'before' | 'after';
  act: FaultAct;
  /** How many matching calls it strikes; default 1. */
  times?: number;
  /** Matching calls let through first; default 0. */
  skip?: number;
  /** Runs at the strike, for instance to kill the bot at exactly this point. */
  onStrike?: (call: ReceivedCall) => void | Promise<void>;
}

/** The faults now in force at one stand-in. Each stand-in asks it twice a call: before and after. */
export class Faults {
  #active: { fault: Fault; seen: number; struck: number }[] = [];

  add(fault: Fault): void {
    this.#active.push({ fault, seen: 0, struck: 0 });
  }

  clear(): void {
    this.#active = [];
  }

  /** The act due at this point, if any; a delay is waited for here. */
  async due(when: Fault['when'], call: ReceivedCall): Promise<FaultAct | undefined> {
    for (const active of this.#active) {
      const { fault } = active;
      if (fault.when !== when || !fault.match(call)) continue;
      active.seen += 1;
      if (active.seen <= (fault.skip ?? 0) || active.struck >= (fault.times ?? 1)) continue;
      active.struck += 1;
      await fault.onStrike?.(call);
      const { act } = fault;
      if (act.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, act.ms));
      return act;
    }
    return undefined;
  }

  /** Plays the fault due at this point, if any. Answers true when the response has been dealt with. */
  async strike(
    when: Fault['when'],
    call: ReceivedCall,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const act = await this.due(when, call);
    return act !== undefined && play(act, request, response);
  }
}

function play(act: FaultAct, request: IncomingMessage, response: ServerResponse): boolean {
  switch (act.kind) {
    case 'cut':
      request.socket.destroy();
      return true;
    case 'hang':
      return true;
    case 'delay':
      return false;
    case 'answer':
      response.writeHead(act.status, act.headers);
      response.end(act.body);
      return true;
  }
}
