import type { IncomingAlert } from '../domain/alert.ts';
import { Alert, AlertPage, AlertPolicy } from './alerts-schema.ts';
import { oddAnswer } from './google-error.ts';
import type { GetJson } from './rest.ts';
import { alertTitle, googleSeries, withPolicyLabels } from './uptime-words.ts';

const LIST = 'the list of alerts';
const PAGE = 200;
/** Newest come first; so many are looked through for those that are wanted. */
const MAX_PAGES = 25;
const POLICIES_KEPT = 500;

export interface AlertsList {
  openedSince(since: Date): Promise<IncomingAlert[]>;
  byFingerprint(fingerprint: string): Promise<IncomingAlert | undefined>;
}

/** Alerts as Google lists them. How long the trouble lasts before an alert opens is asked of its policy. */
export function createAlertsList(project: string, get: GetJson): AlertsList {
  const delays = new Map<string, Promise<number | undefined>>();

  return {
    /** Newest first, as they come without any order asked for. One that cannot be read is left out. */
    async openedSince(since) {
      const found: IncomingAlert[] = [];
      let pageToken = '';
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = AlertPage.safeParse(
          await get(LIST, `/v3/projects/${encodeURIComponent(project)}/alerts`, {
            pageSize: String(PAGE),
            ...(pageToken === '' ? {} : { pageToken }),
          }),
        );
        if (!answer.success) throw oddAnswer(LIST);
        const alerts = answer.data.alerts.flatMap((alert) => Alert.safeParse(alert).data ?? []);
        for (const alert of alerts) {
          if (alert.openTime >= since.getTime()) found.push(await complete(alert));
        }
        pageToken = answer.data.nextPageToken ?? '';
        if (pageToken === '' || alerts.some(({ openTime }) => openTime < since.getTime())) break;
      }
      return found;
    },
    async byFingerprint(fingerprint) {
      const id = /^google:([\w.-]+)$/.exec(fingerprint)?.[1];
      if (id === undefined) return undefined;
      const answer = await get('an alert', `/v3/projects/${encodeURIComponent(project)}/alerts/${id}`);
      const alert = Alert.safeParse(answer).data;
      return alert === undefined ? undefined : complete(alert);
    },
  };

  async function complete(alert: Alert): Promise<IncomingAlert> {
    const name = alert.policy?.name;
    return incomingAlert(project, alert, name === undefined ? undefined : await delayOf(name));
  }

  /** The list tells nothing of it. An alert without it is better than none, so a failure is no failure here. */
  function delayOf(policy: string): Promise<number | undefined> {
    const known = delays.get(policy);
    if (known) return known;
    if (delays.size >= POLICIES_KEPT) delays.clear();
    const asked = get('an alert policy', `/v3/${policy}`)
      .then((answer) => AlertPolicy.safeParse(answer).data)
      .catch(() => {
        delays.delete(policy);
        return undefined;
      });
    delays.set(policy, asked);
    return asked;
  }
}

function incomingAlert(
  project: string,
  { name, state, openTime, closeTime, resource, metric, policy }: Alert,
  delaySeconds: number | undefined,
): IncomingAlert {
  const id = name.split('/').at(-1) ?? name;
  const severity = policy?.severity?.toLowerCase();
  const labels = withPolicyLabels(
    { project_id: project, ...policy?.userLabels, ...metric?.labels, ...resource?.labels },
    { policy: policy?.displayName, condition: undefined },
  );
  const isUptime = metric?.type?.endsWith('/uptime_check/check_passed') ?? false;
  const title = alertTitle(labels, { isUptime, summary: undefined, id });
  return {
    source: 'google',
    fingerprint: `google:${id}`,
    ...googleSeries(policy?.displayName, resource?.labels ?? {}),
    state: state === 'CLOSED' ? 'closed' : 'open',
    startedAt: new Date(openTime),
    ...(state === 'CLOSED' && closeTime !== undefined ? { endedAt: new Date(closeTime) } : {}),
    title,
    labels: severity === undefined || severity === 'severity_unspecified' ? labels : { ...labels, severity },
    raw: policy?.displayName === undefined ? title : `${title} (policy: ${policy.displayName})`,
    link: `https://console.cloud.google.com/monitoring/alerting/alerts/${id}?project=${encodeURIComponent(project)}`,
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  };
}
