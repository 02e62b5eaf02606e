import { randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import {
  type RecordedCall,
  type RestAnswer,
  type RestRequest,
  startRestServer,
} from '../rest/rest-server.ts';
import { notificationBody, relayedText, testBody, type UptimeAlert } from './notification.ts';

export interface GoogleOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  port?: number;
  project?: string;
}

export type AlertFields = Pick<UptimeAlert, 'host' | 'cluster'> & Partial<UptimeAlert>;

/** A Google Cloud Monitoring on loopback: alerts of uptime checks, their webhook and the list of them. */
export interface GoogleStandIn {
  url: string;
  calls: RecordedCall[];
  faults: Faults;
  /** An alert opens (or closes, by its `incidentId` and `state`); nobody is told yet. */
  alert(fields: AlertFields): UptimeAlert;
  /** An alert opens or closes and the webhook channel with this address is told; answers its status. */
  notify(url: string, fields: AlertFields): Promise<{ status: number; alert: UptimeAlert }>;
  /** The console's test button. */
  notifyTest(url: string): Promise<number>;
  /** The same alert as PagerDuty's integration words it. */
  relayedText(alert: UptimeAlert): string;
  close(): Promise<void>;
}

const DEADLINE_MS = 10_000;

export async function startGoogle(options: GoogleOptions = {}): Promise<GoogleStandIn> {
  const now = options.now ?? Date.now;
  const project = options.project ?? 'two-eye-two-see';
  const alerts = new Map<string, UptimeAlert>();
  const server = await startRestServer({
    service: 'google',
    routes: { 'GET /v3/projects/:project/alerts': (request) => listAlerts(alerts, request) },
    guard: ({ headers }) =>
      headers.authorization?.startsWith('Bearer ') ? undefined : problem(401, 'UNAUTHENTICATED'),
    notFound: problem(404, 'NOT_FOUND'),
    now,
    port: options.port,
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
    calls: server.calls,
    faults: server.faults,
    alert,
    async notify(url, fields) {
      const standing = alert(fields);
      return { status: await post(url, notificationBody(standing)), alert: standing };
    },
    notifyTest: (url) => post(url, testBody()),
    relayedText,
    close: server.close,
  };
}

/** `projects.alerts.list`, which alone tells of open alerts; the filter knows `state="OPEN"`. */
function listAlerts(alerts: Map<string, UptimeAlert>, { params, query }: RestRequest): RestAnswer {
  const state = /state\s*=\s*"(OPEN|CLOSED)"/.exec(query.get('filter') ?? '')?.[1];
  const found = [...alerts.values()]
    .filter(({ project }) => project === params.project)
    .filter((alert) => state === undefined || alert.state.toUpperCase() === state);
  return { status: 200, body: { alerts: found.map(alertJson), totalSize: found.length } };
}

function alertJson(alert: UptimeAlert): object {
  const { project, host, cluster } = alert;
  return {
    name: `projects/${project}/alerts/${alert.incidentId}`,
    state: alert.state.toUpperCase(),
    openTime: alert.startedAt.toISOString(),
    ...(alert.endedAt === undefined ? {} : { closeTime: alert.endedAt.toISOString() }),
    resource: { type: 'uptime_url', labels: { project_id: project, host } },
    metric: { type: 'monitoring.googleapis.com/uptime_check/check_passed', labels: {} },
    policy: { name: `projects/${project}/alertPolicies/1`, displayName: `${host} on ${cluster}` },
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

function problem(code: number, status: string): RestAnswer {
  return { status: code, body: { error: { code, status, message: status } } };
}
