import { randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import { type RecordedCall, startRestServer } from '../rest/rest-server.ts';
import { alertRoutes, problem } from './alerts-rest.ts';
import type { MetricService } from './metric-service.ts';
import { notificationBody, relayedText, testBody, type UptimeAlert } from './notification.ts';
import { startOnePort } from './one-port.ts';
import type { UptimeCheck } from './uptime-checks.ts';

export interface GoogleOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  port?: number;
  project?: string;
}

export type AlertFields = Pick<UptimeAlert, 'host' | 'cluster'> & Partial<UptimeAlert>;

/** Three places in one region, every quarter of an hour, as 2i2c's checks look. */
const PLACES = [
  { name: 'usa-iowa', offsetSeconds: 50 },
  { name: 'usa-oregon', offsetSeconds: 280 },
  { name: 'usa-virginia', offsetSeconds: 560 },
];
const PERIOD_SECONDS = 900;

/**
 * A Google Cloud Monitoring on loopback: alerts of uptime checks, their webhook, the list of them, and what the checks
 * saw. As a loopback address it asks for no credentials.
 */
export interface GoogleStandIn {
  url: string;
  project: string;
  /** `host:port` of both its gRPC and its REST side. */
  endpoint: string;
  calls: RecordedCall[];
  faults: Faults;
  /** An alert opens (or closes, by its `incidentId` and `state`); nobody is told yet. */
  alert(fields: AlertFields): UptimeAlert;
  /** An alert opens or closes and the webhook channel with this address is told; answers its status. */
  notify(url: string, fields: AlertFields): Promise<{ status: number; alert: UptimeAlert }>;
  /** The console's test button. */
  notifyTest(url: string): Promise<number>;
  /** An uptime check, and when its host was down. */
  uptimeCheck(fields: Pick<UptimeCheck, 'host'> & Partial<UptimeCheck>): UptimeCheck;
  /** While it is away, `endpoint` cannot be reached. */
  away(isAway: boolean): void;
  /** The same alert as PagerDuty's integration words it. */
  relayedText(alert: UptimeAlert): string;
  close(): Promise<void>;
}

const DEADLINE_MS = 10_000;

export async function startGoogle(options: GoogleOptions = {}): Promise<GoogleStandIn> {
  const now = options.now ?? Date.now;
  const project = options.project ?? 'two-eye-two-see';
  const alerts = new Map<string, UptimeAlert>();
  const checks: UptimeCheck[] = [];
  const server = await startRestServer({
    service: 'google',
    routes: alertRoutes(project, alerts),
    guard: () => undefined,
    notFound: problem(404, 'NOT_FOUND'),
    now,
    port: options.port,
  });
  const { calls, faults } = server;
  let metrics: Promise<MetricService> | undefined;
  const front = await startOnePort({
    rest: Number(new URL(server.url).port),
    async grpc() {
      // Loading the protos takes a while, and few who start this ask for a series.
      metrics ??= import('./metric-service.ts').then(({ startMetricService }) =>
        startMetricService({ known: { project, checks }, now, calls, faults }),
      );
      return (await metrics).port;
    },
  });

  function alert(fields: AlertFields): UptimeAlert {
    const known = fields.incidentId === undefined ? undefined : alerts.get(fields.incidentId);
    const closing = fields.state === 'closed' && known?.endedAt === undefined;
    const standing: UptimeAlert = {
      incidentId: `0.${randomBytes(6).toString('hex')}`,
      state: 'open',
      project,
      startedAt: new Date(now()),
      durationSeconds: 1860,
      severity: 'No severity',
      ...known,
      ...(closing ? { endedAt: new Date(now()) } : {}),
      ...fields,
    };
    alerts.set(standing.incidentId, standing);
    return standing;
  }

  return {
    url: server.url,
    project,
    endpoint: front.endpoint,
    calls,
    faults,
    alert,
    async notify(url, fields) {
      const standing = alert(fields);
      return { status: await post(url, notificationBody(standing)), alert: standing };
    },
    notifyTest: (url) => post(url, testBody()),
    uptimeCheck(fields) {
      const check: UptimeCheck = {
        project,
        checkId: `${fields.host.replaceAll(/[^a-z0-9]+/gi, '-')}-health`,
        periodSeconds: PERIOD_SECONDS,
        places: PLACES,
        down: [],
        blind: [],
        missing: [],
        ...fields,
      };
      checks.push(check);
      return check;
    },
    away(isAway) {
      front.away = isAway;
    },
    relayedText,
    async close() {
      await front.close();
      await (await metrics)?.close();
      await server.close();
    },
  };
}

/** A user and password in the address become basic auth, as in a `webhook_basicauth` channel. */
async function post(address: string, body: object): Promise<number> {
  const url = new URL(address);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const basic = url.username === '' && url.password === '' ? undefined : credentials;
  url.username = '';
  url.password = '';
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Google-Alerts',
        ...(basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
      },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
