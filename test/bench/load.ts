import { createHmac, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { notificationBody } from '../../src/stand-ins/google/notification.ts';
import { signature } from '../../src/stand-ins/pagerduty/webhooks.ts';

const SECRET = 'signing-secret-of-the-stand-in';

/** Sends at a steady rate, whatever the answers take; answers how long each took in milliseconds. */
export async function load(
  url: string,
  request: () => RequestInit,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number[]> {
  const began = performance.now();
  const under: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const wait = began + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    under.push(timed(url, request()));
  }
  return Promise.all(under);
}

async function timed(url: string, init: RequestInit): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - began;
}

/** The value below which a share of the others lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

let count = 0;

export function signedEvent(channel: string): RequestInit {
  count += 1;
  const ts = `${Math.floor(Date.now() / 1000)}.${String(count).padStart(6, '0')}`;
  const event = {
    type: 'message',
    channel,
    user: 'U0BEN',
    text: `line ${count}`,
    ts,
    event_ts: ts,
    channel_type: 'channel',
  };
  const body = {
    type: 'event_callback',
    team_id: 'TDAYWATCH',
    api_app_id: 'ADAYWATCH',
    event,
    event_id: `Ev${randomUUID()}`,
    event_time: 1,
  };
  return signed(JSON.stringify(body), 'application/json');
}

export function signedCommand(channel: string): RequestInit {
  const body = new URLSearchParams({
    command: '/incident',
    text: 'log pods are gone',
    user_id: 'U0BEN',
    user_name: 'ben',
    channel_id: channel,
    channel_name: 'inc',
    team_id: 'TDAYWATCH',
    trigger_id: randomUUID(),
    response_url: 'http://127.0.0.1:9/',
  });
  return signed(body.toString(), 'application/x-www-form-urlencoded');
}

/** A new alert of a host of its own, as Google's webhook tells it. */
export function googleAlert(name: string): RequestInit {
  count += 1;
  const alert = notificationBody({
    incidentId: `0.${name}${count}`,
    state: 'open',
    project: 'p',
    host: `${name}${count}.example.org`,
    cluster: 'flood',
    startedAt: new Date(),
    durationSeconds: 1860,
    severity: 'No severity',
  });
  return { method: 'POST', body: JSON.stringify(alert), headers: { 'content-type': 'application/json' } };
}

/** A new alert of Alertmanager's, in a group of its own. */
export function alertmanagerAlert(name: string): RequestInit {
  count += 1;
  const labels = { alertname: 'Flood', host: `${name}${count}.example.org` };
  const group = {
    version: '4',
    status: 'firing',
    groupLabels: labels,
    commonLabels: labels,
    alerts: [
      {
        status: 'firing',
        labels,
        annotations: { summary: `Homes of ${name}${count} are full` },
        startsAt: new Date().toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: `${name}${count}`,
      },
    ],
  };
  return { method: 'POST', body: JSON.stringify(group), headers: { 'content-type': 'application/json' } };
}

/** A new incident of PagerDuty's that is no page of ours. */
export function pagerDutyAlert(name: string, secret: string): RequestInit {
  count += 1;
  const data = {
    id: `P${name}${count}`,
    html_url: `https://acme.pagerduty.com/incidents/P${name}${count}`,
    number: count,
    status: 'triggered',
    incident_key: `somebody-else-${count}`,
    created_at: new Date().toISOString(),
    title: `Homes of ${name}${count} are full`,
    service: { id: 'PSVC01', type: 'service_reference', summary: 'Hubs' },
    assignees: [{ id: 'PCHI01', type: 'user_reference', summary: 'Chitra' }],
    priority: null,
    urgency: 'high',
  };
  const event = {
    id: randomUUID(),
    event_type: 'incident.triggered',
    resource_type: 'incident',
    occurred_at: new Date().toISOString(),
    agent: null,
    data,
  };
  const body = JSON.stringify({ event });
  return { method: 'POST', body, headers: { 'x-pagerduty-signature': signature(body, secret) } };
}

function signed(body: string, type: string): RequestInit {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  };
}
