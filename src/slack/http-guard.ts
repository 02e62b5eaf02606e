import type { NextFunction, Request, Response } from 'express';
import { jsonObject, readBody } from '../http/body.ts';

/** Slack's own largest deliveries are far below. */
const MAX_BYTES = 1_000_000;
const TOLERANCE_S = 5 * 60;

/**
 * Stands before Bolt's receiver and turns away what it would take or stumble over: times in the future,
 * signatures of no version, bodies that are no delivery. Whoever passes still has the signature checked there.
 */
export async function guardSlackRequest(
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  if (request.method !== 'POST') {
    response.status(405).set('allow', 'POST').send('POST only');
    return;
  }
  if (!isTimely(request.get('x-slack-request-timestamp')) || !isSigned(request.get('x-slack-signature'))) {
    response.status(401).send();
    return;
  }
  const body = await readBody(request, MAX_BYTES);
  if (body.kind === 'refused') {
    response.status(body.status).send();
    return;
  }
  const type = (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!isDelivery(type, body.bytes)) {
    response.status(400).send();
    return;
  }
  // Bolt compares the content type as a whole, and takes a body that was read already from here.
  request.headers['content-type'] = type;
  Object.assign(request, { rawBody: body.bytes });
  next();
}

function isTimely(header: string | undefined): boolean {
  if (header === undefined || !/^\d{1,12}$/.test(header)) return false;
  return Math.abs(Date.now() / 1000 - Number(header)) <= TOLERANCE_S;
}

function isSigned(header: string | undefined): boolean {
  return header !== undefined && /^v0=[0-9a-f]{64}$/.test(header);
}

/** Bolt waits three seconds over what it cannot place, and stumbles over an event that is none. */
function isDelivery(type: string, bytes: Buffer): boolean {
  if (type === 'application/json') {
    const body = jsonObject(bytes);
    return body?.type === 'event_callback' ? hasType(body.event) : hasType(body);
  }
  if (type !== 'application/x-www-form-urlencoded') return false;
  const form = new URLSearchParams(bytes.toString('utf8'));
  const payload = form.get('payload');
  return payload === null
    ? form.has('command') || form.has('ssl_check')
    : hasType(jsonObject(Buffer.from(payload)));
}

function hasType(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
