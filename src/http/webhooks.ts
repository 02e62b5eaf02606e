import { type Request, type Response, Router } from 'express';
import { takeAlert } from '../actions/take-alert.ts';
import { takePagerDutyEvent } from '../actions/take-pagerduty-event.ts';
import { tellAlertsChannel } from '../actions/tell-alerts-channel.ts';
import { parseAlertmanager } from '../alertmanager/webhook.ts';
import type { Settings } from '../config/env.ts';
import type { Core } from '../core.ts';
import { asTyped } from '../domain/sentence.ts';
import { createPushCheck, readPush } from '../google-monitoring/pubsub.ts';
import { parseGoogleNotification } from '../google-monitoring/webhook.ts';
import { parsePagerDutyWebhook, verifyPagerDutySignature } from '../pagerduty/webhook.ts';
import { jsonObject, readBody } from './body.ts';
import { isTokenValid, tokensGiven } from './tokens.ts';

const MAX_BYTES = 1_000_000;
/** Hundreds of alerts in a group are real. */
const MAX_GROUP_BYTES = 8_000_000;

/** One door: what it is called, how large a body may be, and who deals with what passes. */
interface Door {
  path: string;
  /** What to set when it is off. */
  off: string;
  isOn: boolean;
  maxBytes?: number;
  /** The body is signed, so it is read before anybody is admitted. */
  signed?: true;
  admits(request: Request, body: Buffer): boolean | Promise<boolean | 'unsure'>;
  take(body: Buffer): Promise<Answer>;
}

interface Answer {
  status: number;
  says?: string;
}

/** The doors of the services that tell us something. Each is answered when what it says is in the database. */
export function webhooks(core: Core, settings: Settings, googleKeysUrl?: string): Router {
  const router = Router();
  const { pagerduty, google, alertmanager } = settings;
  const secret = pagerduty?.webhookSecret;
  const keys = googleKeysUrl === undefined ? {} : { keysUrl: googleKeysUrl };
  const isGenuine = google?.pubsub ? createPushCheck({ ...google.pubsub, ...keys }) : undefined;
  const doors: Door[] = [
    {
      path: '/webhooks/pagerduty',
      off: 'PagerDuty webhooks are off: PAGERDUTY_WEBHOOK_SECRET is not set',
      isOn: secret !== undefined,
      signed: true,
      admits: (request, body) =>
        verifyPagerDutySignature(body, request.get('x-pagerduty-signature'), secret ?? ''),
      take: (body) => takePagerDuty(core, body),
    },
    {
      path: '/webhooks/google-monitoring',
      off: 'Google webhooks are off: GOOGLE_WEBHOOK_TOKEN is not set',
      isOn: google?.webhookToken !== undefined,
      admits: (request) => isTokenValid(tokensGiven(request), google?.webhookToken ?? ''),
      take: (body) => takeGoogle(core, jsonObject(body)),
    },
    {
      path: '/webhooks/google-pubsub',
      off: 'Pub/Sub push is off: GOOGLE_PUBSUB_AUDIENCE and GOOGLE_PUBSUB_SERVICE_ACCOUNT are not set',
      isOn: isGenuine !== undefined,
      admits: async (request) => {
        const verdict = await isGenuine?.(request.get('authorization'), core.store.now());
        return verdict === 'unsure' ? 'unsure' : verdict === 'genuine';
      },
      take: (body) => takePush(core, body),
    },
    {
      path: '/webhooks/alertmanager',
      off: 'Alertmanager webhooks are off: ALERTMANAGER_WEBHOOK_TOKEN is not set',
      isOn: alertmanager !== undefined,
      maxBytes: MAX_GROUP_BYTES,
      admits: (request) => isTokenValid(tokensGiven(request), alertmanager?.webhookToken ?? ''),
      take: (body) => takeAlertmanager(core, body),
    },
  ];
  for (const door of doors) router.post(door.path, (request, response) => knock(door, request, response));
  return router;
}

async function knock(door: Door, request: Request, response: Response): Promise<void> {
  if (!door.isOn) {
    response.status(404).send(door.off);
    return;
  }
  if (!door.signed && !(await isAdmitted(door, request, response, Buffer.alloc(0)))) return;
  const body = await readBody(request, door.maxBytes ?? MAX_BYTES);
  if (body.kind === 'refused') {
    response.status(body.status).send();
    return;
  }
  if (door.signed && !(await isAdmitted(door, request, response, body.bytes))) return;
  const { status, says } = await door.take(body.bytes);
  response.status(status).send(says);
}

async function isAdmitted(door: Door, request: Request, response: Response, body: Buffer): Promise<boolean> {
  const admitted = await door.admits(request, body);
  if (admitted === true) return true;
  // Nobody can tell now: it must come again.
  response.status(admitted === 'unsure' ? 503 : 401).send();
  return false;
}

async function takePagerDuty(core: Core, body: Buffer): Promise<Answer> {
  const event = parsePagerDutyWebhook(jsonObject(body));
  if (!event) return { status: 400, says: 'not a V3 webhook' };
  // The event's id is signed and the header is not; the id alone is what cannot be forged into a new delivery.
  await takePagerDutyEvent(core, event, `pagerduty:${event.eventId}`);
  return { status: 202 };
}

async function takeGoogle(core: Core, body: unknown): Promise<Answer> {
  const parsed = parseGoogleNotification(body, core.store.now());
  if (parsed.kind === 'malformed') return { status: 400, says: parsed.reason };
  if (parsed.kind === 'test') {
    await tellAlertsChannel(core, {
      about: 'google-test',
      text: '✅ The test notification of Google Cloud Monitoring has arrived. Its alerts are offered here unless they belong to an incident or a rule of the team’s file says otherwise.',
    });
    return { status: 200, says: 'The test notification arrived.' };
  }
  await takeAlert(core, parsed.alert);
  return { status: 200 };
}

/** What can never be read is acknowledged all the same: Pub/Sub would bring it again for days. */
async function takePush(core: Core, body: Buffer): Promise<Answer> {
  const answer = await takeGoogle(core, readPush(jsonObject(body)));
  if (answer.status !== 400) return { status: 204 };
  core.log.warn({ why: answer.says }, 'a push of Pub/Sub holds no notification, and is dropped');
  return { status: 204 };
}

async function takeAlertmanager(core: Core, body: Buffer): Promise<Answer> {
  const parsed = parseAlertmanager(jsonObject(body), core.store.now());
  if (!parsed)
    return { status: 400, says: 'a group of alerts is wanted, as Alertmanager sends it (version 4)' };
  const { alerts, unread, leftOut, group } = parsed;
  await Promise.all(alerts.map((alert) => takeAlert(core, alert)));
  if (unread > 0) core.log.warn({ unread, group }, 'alerts of Alertmanager could not be read');
  if (leftOut > 0) {
    await tellAlertsChannel(core, {
      about: `left-out:${group}`,
      text: `Alertmanager left ${leftOut} alerts of “${asTyped(group)}” out (its \`max_alerts\`), so I do not know of them.`,
    });
  }
  return { status: 200, says: `${alerts.length} taken, ${unread} unread` };
}
