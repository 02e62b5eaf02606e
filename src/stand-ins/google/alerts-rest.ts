import type { RestAnswer, RestRequest, Routes } from '../rest/rest-server.ts';
import type { UptimeAlert } from './notification.ts';

const PAGE = 50;
const MAX_PAGE = 1_000;

/** The REST side: `projects.alerts` and the policies that they name. */
export function alertRoutes(project: string, alerts: ReadonlyMap<string, UptimeAlert>): Routes {
  return {
    'GET /v3/projects/:project/alerts': (request) =>
      ofProject(project, request) ?? list([...alerts.values()], request),
    'GET /v3/projects/:project/alerts/:id': (request) => {
      const alert = alerts.get(request.params.id ?? '');
      return ofProject(project, request) ?? (alert ? answered(alertJson(alert)) : problem(404, 'NOT_FOUND'));
    },
    'GET /v3/projects/:project/alertPolicies/:id': (request) => {
      const alert = [...alerts.values()].find((one) => policyName(one).endsWith(`/${request.params.id}`));
      return ofProject(project, request) ?? (alert ? answered(policyJson(alert)) : problem(404, 'NOT_FOUND'));
    },
  };
}

export function problem(code: number, status: string): RestAnswer {
  return { status: code, body: { error: { code, status, message: status } } };
}

function answered(body: object): RestAnswer {
  return { status: 200, body };
}

function ofProject(project: string, { params }: RestRequest): RestAnswer | undefined {
  return params.project === project ? undefined : problem(403, 'PERMISSION_DENIED');
}

/** Newest first. The filter knows `state="OPEN"`; what else it might know is not documented, so it is refused. */
function list(alerts: UptimeAlert[], { query }: RestRequest): RestAnswer {
  const filter = query.get('filter') ?? '';
  const state = /^\s*state\s*=\s*["']?(OPEN|CLOSED)["']?\s*$/.exec(filter)?.[1];
  if (filter !== '' && state === undefined) return problem(400, 'INVALID_ARGUMENT');
  const size = Number(query.get('pageSize') ?? 0);
  const start = Number(/^from-(\d+)$/.exec(query.get('pageToken') ?? 'from-0')?.[1]);
  if (!Number.isInteger(size) || Number.isNaN(start)) return problem(400, 'INVALID_ARGUMENT');
  const found = alerts
    .filter((alert) => state === undefined || alert.state.toUpperCase() === state)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  const end = start + (size > 0 ? Math.min(size, MAX_PAGE) : PAGE);
  const page = found.slice(start, end);
  return answered({
    // Proto JSON leaves an empty list out.
    ...(page.length > 0 ? { alerts: page.map(alertJson) } : {}),
    ...(end < found.length ? { nextPageToken: `from-${end}` } : {}),
    totalSize: found.length,
  });
}

function alertJson(alert: UptimeAlert): object {
  const { project, host } = alert;
  return {
    name: `projects/${project}/alerts/${alert.incidentId}`,
    state: alert.state.toUpperCase(),
    openTime: alert.startedAt.toISOString(),
    ...(alert.endedAt === undefined ? {} : { closeTime: alert.endedAt.toISOString() }),
    resource: { type: 'uptime_url', labels: { project_id: project, host } },
    metadata: {},
    metric: { type: 'monitoring.googleapis.com/uptime_check/check_passed', labels: {} },
    policy: { name: policyName(alert), displayName: displayName(alert), ...severity(alert) },
  };
}

function policyJson(alert: UptimeAlert): object {
  const name = policyName(alert);
  return {
    name,
    displayName: displayName(alert),
    combiner: 'OR',
    conditions: [
      {
        name: `${name}/conditions/2`,
        displayName: 'Simple Health Check Endpoint',
        conditionThreshold: { comparison: 'COMPARISON_GT', duration: `${alert.durationSeconds}s` },
      },
    ],
    ...severity(alert),
  };
}

function severity(alert: UptimeAlert): { severity?: string } {
  return alert.severity === 'No severity' ? {} : { severity: alert.severity.toUpperCase() };
}

/** One policy a host; its number follows from the host's name. */
function policyName({ project, host }: UptimeAlert): string {
  const number = [...host].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 1);
  return `projects/${project}/alertPolicies/${number}`;
}

function displayName({ host, cluster }: UptimeAlert): string {
  return `${host} on ${cluster}`;
}
