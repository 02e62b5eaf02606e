import type { Server } from 'node:http';
import { Faults } from '../faults.ts';
import type { World } from './acts/world.ts';
import { Deliveries, type Delivery } from './deliveries.ts';
import { workspaceServer } from './http.ts';
import { BOT, TEAM } from './identity.ts';
import { WorkspaceState } from './state.ts';
import { Tickets } from './tickets.ts';
import type { Json, Person } from './types.ts';
import { type LoggedCall, WebApi } from './web-api.ts';

export interface SlackOptions {
  /** The clock of messages; signatures and time-outs always use the real one. */
  now?: () => Date;
  port?: number;
  host?: string;
  signingSecret: string;
  botToken: string;
  /** Turns on Socket Mode: what happens goes to an open connection if there is one. */
  appToken?: string;
  people: Person[];
  channels: { id?: string; name: string; private?: boolean; members: string[] }[];
  rateLimits?: boolean;
  /** Added to each answer of the Web API. */
  latencyMs?: number;
  /** How long a delivery waits for the bot, and how long a form may be opened after it; 3 s as Slack has it unless told. */
  patienceMs?: number;
}

/** The machinery of a workspace: its server, its logs, and the hand on what is delivered when. */
export class WorkspaceServer {
  readonly botUserId = BOT.userId;
  readonly botId = BOT.botId;
  readonly teamId = TEAM.id;
  readonly faults = new Faults();
  protected readonly state: WorkspaceState;
  protected readonly world: World;
  readonly #api: WebApi;
  readonly #server: Server;

  constructor(options: SlackOptions) {
    this.state = new WorkspaceState(options.now ?? (() => new Date()));
    const bot: Person = { id: BOT.userId, name: BOT.name, realName: 'Daywatch', tz: 'Etc/UTC', bot: true };
    for (const person of [bot, ...options.people]) this.state.people.set(person.id, { ...person });
    for (const { members, ...channel } of options.channels) {
      const creator = members.find((id) => id !== BOT.userId) ?? BOT.userId;
      const made = this.state.addChannel({ ...channel, creator });
      for (const member of members) made.members.add(personKnown(this.state, member));
    }
    const patienceMs = options.patienceMs ?? 3000;
    const deliveries = new Deliveries({
      secret: options.signingSecret,
      bySocket: options.appToken !== undefined,
      patienceMs,
      seconds: () => this.state.seconds(),
      changed: () => this.state.changed(),
    });
    this.world = { state: this.state, deliveries, tickets: new Tickets(patienceMs), baseUrl: '' };
    this.#api = new WebApi({
      world: this.world,
      faults: this.faults,
      botToken: options.botToken,
      appToken: options.appToken,
      rateLimits: options.rateLimits ?? true,
      latencyMs: options.latencyMs ?? 0,
    });
    const { botToken } = options;
    this.#server = workspaceServer({ world: this.world, api: this.#api, botToken, faults: this.faults });
  }

  async listen(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address();
    const taken = typeof address === 'object' && address ? address.port : port;
    this.world.baseUrl = `http://${host}:${taken}`;
  }

  /** The clock of the workspace. */
  now(): Date {
    return this.state.now();
  }

  get url(): string {
    return this.world.baseUrl;
  }

  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  get calls(): LoggedCall[] {
    return this.#api.calls;
  }

  get deliveries(): Delivery[] {
    return this.world.deliveries.log;
  }

  /** Answers of the bot that Slack would not have shown (bad blocks, unknown actions). */
  get problems(): readonly string[] {
    return this.state.problems;
  }

  set latencyMs(ms: number) {
    this.#api.latencyMs = ms;
  }

  get latencyMs(): number {
    return this.#api.latencyMs;
  }

  /** What the app was granted; said with each answer from now on. */
  set scopes(scopes: readonly string[]) {
    this.#api.scopes = scopes;
  }

  /** Whether `calls` keeps the answers as well. */
  set keepsAnswers(keeps: boolean) {
    this.#api.keepsAnswers = keeps;
  }

  // Delivery

  deliverTo(url: string): void {
    this.world.deliveries.deliverTo(url);
  }

  retryPending(): Promise<void> {
    return this.world.deliveries.retryPending();
  }

  get pendingRetries(): number {
    return this.world.deliveries.pending;
  }

  redeliver(eventId: string | 'last', times = 1): Promise<Delivery[]> {
    return this.world.deliveries.redeliver(eventId, times);
  }

  hold(isHeld: (body: Json) => boolean): void {
    this.world.deliveries.hold(isHeld);
  }

  release(arrange?: (held: Json[]) => Json[]): void {
    this.world.deliveries.release(arrange);
  }

  settled(): Promise<void> {
    return this.world.deliveries.settled();
  }

  disconnectSockets(reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets'): void {
    this.world.deliveries.socket.disconnect(reason);
  }

  get socketConnections(): number {
    return this.world.deliveries.socket.connected;
  }

  /** Slack tells the bot that it drops events for a while. */
  limitEvents(): Promise<Delivery> {
    return this.world.deliveries.limit();
  }

  /** Makes every `trigger_id` and `response_url` given so far too old. */
  expireTickets(): void {
    this.world.tickets.expireAll();
  }

  /** Calls `watcher` after every change; answers how to stop. */
  onChange(watcher: () => void): () => void {
    return this.state.onChange(watcher);
  }

  /** Resolves with what `look` finds as soon as it finds something; looks after every change. */
  async until<T>(look: () => T | undefined | false | null, timeoutMs = 5000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        try {
          const found = look();
          if (found === undefined || found === false || found === null) return;
          finish();
          resolve(found);
        } catch (error) {
          finish();
          reject(error);
        }
      };
      const stop = this.onChange(check);
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`Not seen in Slack within ${timeoutMs} ms: ${look.toString()}`));
      }, timeoutMs);
      const finish = (): void => {
        stop();
        clearTimeout(timer);
      };
      check();
    });
  }

  /** Empties the logs; a soak test would otherwise measure them. */
  forgetLogs(): void {
    this.#api.calls.length = 0;
    this.world.deliveries.forget();
  }

  /** Shuts the server and every connection, whatever is under way. */
  async shut(): Promise<void> {
    await this.world.deliveries.socket.close();
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

function personKnown(state: WorkspaceState, id: string): string {
  if (!state.people.has(id)) throw new Error(`Nobody has the id ${id}`);
  return id;
}
