import { type Request, type Response, Router } from 'express';
import { takeAlert } from '../actions/take-alert.ts';
import { takePagerDutyEvent } from '../actions/take-pagerduty-event.ts';
import type { Settings } from '../config/env.ts';
import { parseGoogleNotification } from '../google-monitoring/webhook.ts';
import { basicAuthPassword, isGoogleTokenValid } from '../google-monitoring/webhook-token.ts';
import type { Core } from '../jobs/context.ts';
import { parsePagerDutyWebhook, verifyPagerDutySignature } from '../pagerduty/webhook.ts';
import { jsonObject, readBody } from './body.ts';

const MAX_BYTES = 1_000_000;

/** The doors of the services that tell us something. Each is answered when what it says is in the database. */
export function webhooks(core: Core, settings: Settings): Router {
  const router = Router();
  const secret = settings.pagerduty?.webhookSecret;
  const token = settings.google?.webhookToken;
  router.post('/webhooks/pagerduty', (request, response) => takePagerDuty(core, secret, request, response));
  router.post('/webhooks/google-monitoring', (request, response) =>
    takeGoogle(core, token, request, response),
  );
  return router;
}

async function takePagerDuty(
  core: Core,
  secret: string | undefined,
  request: Request,
  response: Response,
): Promise<void> {
  if (secret === undefined) {
    response.status(404).send('PagerDuty webhooks are off: PAGERDUTY_WEBHOOK_SECRET is not set');
    return;
  }
  const body = await readBody(request, MAX_BYTES);
  if (body.kind === 'refused') {
    response.status(body.status).send();
    return;
  }
  if (!verifyPagerDutySignature(body.bytes, request.get('x-pagerduty-signature'), secret)) {
    response.status(401).send();
    return;
  }
  const event = parsePagerDutyWebhook(jsonObject(body.bytes));
  if (!event) {
    response.status(400).send('not a V3 webhook');
    return;
  }
  // The event's id is signed and the header is not; the id alone is what cannot be forged into a new delivery.
  await takePagerDutyEvent(core, event, `pagerduty:${event.eventId}`);
  response.status(202).send();
}

async function takeGoogle(
  core: Core,
  token: string | undefined,
  request: Request,
  response: Response,
): Promise<void> {
  if (token === undefined) {
    response.status(404).send('Google webhooks are off: GOOGLE_WEBHOOK_TOKEN is not set');
    return;
  }
  const inQuery = typeof request.query.token === 'string' ? request.query.token : undefined;
  if (!isGoogleTokenValid(inQuery ?? basicAuthPassword(request.get('authorization')), token)) {
    response.status(401).send();
    return;
  }
  const body = await readBody(request, MAX_BYTES);
  if (body.kind === 'refused') {
    response.status(body.status).send();
    return;
  }
  const parsed = parseGoogleNotification(jsonObject(body.bytes), core.store.now());
  if (parsed.kind === 'malformed') {
    response.status(400).send(parsed.reason);
    return;
  }
  if (parsed.kind === 'test') {
    core.log.info({ summary: parsed.summary }, 'Google Cloud Monitoring sent its test notification');
    response.status(200).send('The test notification arrived.');
    return;
  }
  await takeAlert(core, parsed.alert);
  response.status(200).send();
}
