import type { NextFunction, Request, Response } from 'express';
import { readBody } from '../http/body.ts';

/** Slack's own largest deliveries are far below. */
const MAX_BYTES = 1_000_000;
const TOLERANCE_S = 5 * 60;

/**
 * Stands before Bolt's receiver and turns away what it would take or stumble over: times in the future,
 * signatures of no version, bodies that are no object. Whoever passes still has the signature checked there.
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
  if (!holdsObject(type, body.bytes.toString('utf8'))) {
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

function holdsObject(type: string, text: string): boolean {
  if (type === 'application/x-www-form-urlencoded') {
    const payload = new URLSearchParams(text).get('payload');
    return payload === null || isObject(payload);
  }
  return type === 'application/json' && isObject(text);
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
