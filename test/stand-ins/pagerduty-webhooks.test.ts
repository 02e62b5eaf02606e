import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parsePagerDutyWebhook, verifyPagerDutySignature } from '../../src/pagerduty/webhook.ts';
import { type PagerDutyStandIn, startPagerDuty } from '../../src/stand-ins/pagerduty/start-pagerduty.ts';

let pagerDuty: PagerDutyStandIn;
let receiver: Server;
let url: string;
let answers: number[];
let received: { body: Buffer; headers: IncomingHttpHeaders }[];

beforeEach(async () => {
  answers = [];
  received = [];
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ body: Buffer.concat(chunks), headers: request.headers });
    response.writeHead(answers.shift() ?? 202).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/pagerduty`;
  pagerDuty = await startPagerDuty();
});

afterEach(async () => {
  await pagerDuty.close();
  receiver.closeAllConnections();
  receiver.close();
});

function open(title = 'LEAP is down'): string {
  return pagerDuty.openByIntegration({ title, details: '', serviceId: 'PSVC01', urgency: 'high' }).id;
}

function told(): string[] {
  return received.map(({ body }) => parsePagerDutyWebhook(JSON.parse(body.toString()))?.type ?? 'unreadable');
}

it('tells what people do, signed, in order, in their name', async () => {
  pagerDuty.deliverTo(url, 'secret');
  const id = open();
  pagerDuty.acknowledgeAs('PANA01', id);
  pagerDuty.lapseAcknowledgement(id);
  pagerDuty.reassignAs('PANA01', id, 'PCHI01');
  pagerDuty.noteAs('PCHI01', id, 'looking');
  pagerDuty.resolveAs('PCHI01', id);
  await pagerDuty.settled();
  expect(told()).toEqual([
    'incident.triggered',
    'incident.acknowledged',
    'incident.unacknowledged',
    'incident.reassigned',
    'incident.annotated',
    'incident.resolved',
  ]);
  for (const { body, headers } of received) {
    const header = String(headers['x-pagerduty-signature']);
    expect(verifyPagerDutySignature(body, header, 'secret')).toBe(true);
    expect(verifyPagerDutySignature(body, header, 'other')).toBe(false);
  }
  const last = parsePagerDutyWebhook(JSON.parse(received.at(-1)?.body.toString() ?? ''));
  expect(last).toMatchObject({ kind: 'resolved', incidentId: id, agent: { id: 'PCHI01', name: 'Chitra' } });
  expect(pagerDuty.notified().map(({ userId }) => userId)).toEqual(['PBEN01', 'PBEN01', 'PCHI01']);
});

it('signs with both secrets while one is changed', async () => {
  pagerDuty.deliverTo(url, 'old', 'new');
  open();
  await pagerDuty.settled();
  const [{ body, headers } = { body: Buffer.of(), headers: {} }] = received;
  const header = String(headers['x-pagerduty-signature']);
  expect(header.split(',')).toHaveLength(2);
  expect(verifyPagerDutySignature(body, header, 'old')).toBe(true);
  expect(verifyPagerDutySignature(body, header, 'new')).toBe(true);
});

it('repeats after a 500 with the same id, and keeps later events of that incident behind', async () => {
  pagerDuty.deliverTo(url, 'secret');
  answers = [500];
  const id = open();
  await pagerDuty.settled();
  answers = [500];
  pagerDuty.resolveAs('PANA01', id);
  await pagerDuty.settled();
  expect(told()).toEqual(['incident.triggered', 'incident.triggered']);
  open('another');
  await pagerDuty.retryWebhooks();
  expect(told().slice(2).sort()).toEqual(['incident.resolved', 'incident.triggered', 'incident.triggered']);
  expect(pagerDuty.deliveries().map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  const ids = received.slice(0, 3).map(({ headers }) => headers['x-webhook-id']);
  expect(new Set(ids).size).toBe(1);
});

it('redelivers what was taken', async () => {
  pagerDuty.deliverTo(url, 'secret');
  open();
  await pagerDuty.settled();
  expect(await pagerDuty.redeliverLast()).toBe(202);
  expect(received[1]).toMatchObject({ body: received[0]?.body });
  expect(received[1]?.headers['x-webhook-id']).toBe(received[0]?.headers['x-webhook-id']);
});

it('drops what is refused, and stops after the third in a row', async () => {
  pagerDuty.deliverTo(url, 'secret');
  answers = [401, 202, 401, 400, 404];
  for (let i = 0; i < 7; i += 1) open(`number ${i}`);
  await pagerDuty.settled();
  expect(received).toHaveLength(5);
  expect(pagerDuty.deliveries().map(({ state }) => state)).toEqual([
    'dropped',
    'delivered',
    'dropped',
    'dropped',
    'dropped',
    'dropped',
    'dropped',
  ]);
});
