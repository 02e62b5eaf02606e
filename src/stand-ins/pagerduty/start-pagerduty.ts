import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults.ts';
import {
  type RecordedCall,
  type RestAnswer,
  type RestRequest,
  startRestServer,
} from '../rest/rest-server.ts';
import { exampleAccount, type PagerDutyAccount } from './account.ts';
import type { BookedIncident, NewIncident, Notified } from './booked-incident.ts';
import { IncidentBook } from './incident-book.ts';
import { createShapes } from './incident-json.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { createRoutes } from './routes.ts';
import { type Delivery, Webhooks } from './webhooks.ts';

export interface PagerDutyOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  port?: number;
  account?: Partial<PagerDutyAccount>;
  /** What acknowledging or resolving twice gets; refused by default. */
  repeats?: 'refused' | 'accepted';
  /** Repeat failed webhooks by themselves after so long; by default only `retryWebhooks` does. */
  webhookRetryAfterMs?: number;
}

/** A PagerDuty on loopback: its REST API, its webhooks and the people who use it. */
export interface PagerDutyStandIn {
  url: string;
  account: PagerDutyAccount;
  calls: RecordedCall[];
  faults: Faults;
  incidents(): BookedIncident[];
  /** What rang this person's telephone, or all of them. */
  notified(userId?: string): Notified[];

  acknowledgeAs(userId: string, incidentId: string): void;
  resolveAs(userId: string, incidentId: string): void;
  reassignAs(userId: string, incidentId: string, toUserId: string): void;
  noteAs(userId: string, incidentId: string, content: string): void;
  /** The acknowledgement times out: the incident is triggered again. */
  lapseAcknowledgement(incidentId: string): void;
  /** A monitoring integration opens an incident, paging the service's policy. */
  openByIntegration(incident: NewIncident): BookedIncident;

  /** Subscribes; two secrets sign while one is being changed. */
  deliverTo(url: string, ...secrets: string[]): void;
  deliveries(): Delivery[];
  /** When every webhook so far has been tried. */
  settled(): Promise<void>;
  retryWebhooks(): Promise<void>;
  redeliverLast(): Promise<number>;

  close(): Promise<void>;
}

export async function startPagerDuty(options: PagerDutyOptions = {}): Promise<PagerDutyStandIn> {
  const now = options.now ?? Date.now;
  const account: PagerDutyAccount = { ...exampleAccount(), ...options.account };
  const shapes = createShapes(account);
  const webhooks = new Webhooks(options.webhookRetryAfterMs);
  const book = new IncidentBook({
    account,
    now,
    repeats: options.repeats ?? 'refused',
    tell: (happened) =>
      webhooks.send(happened.type, happened.incident.id, shapes.event(randomUUID(), happened)),
  });
  const server = await startRestServer({
    service: 'pagerduty',
    routes: createRoutes({ account, book, shapes, now }),
    guard: (request) => guard(request, account.token),
    notFound: notFound().answer,
    now,
    port: options.port,
  });

  return {
    url: server.url,
    account,
    calls: server.calls,
    faults: server.faults,
    incidents: () => structuredClone(book.incidents),
    notified: (userId) =>
      book.notifications.filter((notified) => userId === undefined || notified.userId === userId),

    acknowledgeAs: (userId, incidentId) => void book.change(incidentId, { status: 'acknowledged' }, userId),
    resolveAs: (userId, incidentId) => void book.change(incidentId, { status: 'resolved' }, userId),
    reassignAs: (userId, incidentId, toUserId) =>
      void book.change(incidentId, { assigneeIds: [toUserId] }, userId),
    noteAs: (userId, incidentId, content) => void book.note(incidentId, content, userId),
    lapseAcknowledgement: (incidentId) => book.lapse(incidentId),
    openByIntegration: (incident) => structuredClone(book.create(incident, undefined)),

    deliverTo: (url, ...secrets) => webhooks.subscribe(url, ...secrets),
    deliveries: () => webhooks.deliveries,
    settled: () => webhooks.settled(),
    retryWebhooks: () => webhooks.retry(),
    redeliverLast: () => webhooks.redeliverLast(),

    async close() {
      webhooks.stop();
      await server.close();
    },
  };
}

/** Every call, reads too, must sign in and say exactly `application/json`. */
function guard({ headers, method, body }: RestRequest, token: string): RestAnswer | undefined {
  if (headers.authorization !== `Token token=${token}`) {
    return new Refusal(401, 2006, 'Authentication failed').answer;
  }
  if (headers['content-type'] !== 'application/json') {
    return invalid('Content-Type must be application/json').answer;
  }
  if (method !== 'GET' && body === undefined) return invalid('The body is no JSON').answer;
  return undefined;
}
