import { createHmac, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import {
  AnsweredIncident,
  WebhookEnvelope,
  WebhookIncident,
  WebhookNote,
  type WebhookReference,
  WebhookResponder,
} from './schema.ts';

const SIGNATURE = /^v1=([0-9a-f]{64})$/;

/**
 * Whether one of the header's `v1=` values is the HMAC-SHA256 of the raw body (two stand there while a
 * secret is changed). The signature holds no time: a replay is known only by its ids.
 */
export function verifyPagerDutySignature(
  rawBody: Buffer,
  header: string | undefined,
  secret: string,
): boolean {
  if (header === undefined || secret === '') return false;
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  let matched = false;
  for (const value of header.split(',')) {
    const hex = SIGNATURE.exec(value.trim())?.[1];
    if (hex === undefined) continue;
    // Every value is compared, so that the time of the answer does not tell which one matched.
    matched = timingSafeEqual(Buffer.from(hex, 'hex'), expected) || matched;
  }
  return matched;
}

const INCIDENT_KINDS = {
  'incident.triggered': 'triggered',
  'incident.acknowledged': 'acknowledged',
  'incident.unacknowledged': 'unacknowledged',
  'incident.escalated': 'escalated',
  'incident.delegated': 'delegated',
  'incident.reassigned': 'reassigned',
  'incident.reopened': 'reopened',
  'incident.resolved': 'resolved',
  'incident.priority_updated': 'priority-updated',
  'incident.service_updated': 'service-updated',
} as const satisfies Record<string, string>;

const NOTE_KINDS = {
  'incident.annotated': 'annotated',
  'incident.status_update_published': 'status-update-published',
} as const satisfies Record<string, string>;

const RESPONDER_KINDS = {
  'incident.responder.added': 'responder-added',
  'incident.responder.replied': 'responder-replied',
} as const satisfies Record<string, string>;

export type PagerDutyResponderKind = (typeof RESPONDER_KINDS)[keyof typeof RESPONDER_KINDS];
export type PagerDutyIncidentKind = (typeof INCIDENT_KINDS)[keyof typeof INCIDENT_KINDS];
export type PagerDutyNoteKind = (typeof NOTE_KINDS)[keyof typeof NOTE_KINDS];

/** Somebody or something of PagerDuty's. */
export interface PagerDutyReference {
  id: string;
  name: string;
}

interface Delivered {
  eventId: string;
  /** As PagerDuty calls it: `incident.acknowledged`. */
  type: string;
  occurredAt: Date;
  /** Who did it; undefined means automation. Our own PUTs come back with the bot's user here. */
  agent: PagerDutyReference | undefined;
}

export interface PagerDutyIncidentEvent extends Delivered {
  kind: PagerDutyIncidentKind;
  incidentId: string;
  incidentKey?: string;
  number?: number;
  status?: string;
  createdAt?: Date;
  title: string;
  urgency?: string;
  url?: string;
  assignees: PagerDutyReference[];
  service: PagerDutyReference | undefined;
  /** Its name: `P1`. Null: it has none; undefined: that is not told. */
  priority: string | null | undefined;
  escalationPolicy: PagerDutyReference | undefined;
}

export interface PagerDutyNoteEvent extends Delivered {
  kind: PagerDutyNoteKind;
  incidentId: string;
  text: string;
  /** PagerDuty cut the text. */
  trimmed: boolean;
}

/** Somebody more is asked to help, or answers that. */
export interface PagerDutyResponderEvent extends Delivered {
  kind: PagerDutyResponderKind;
  incidentId: string;
  responder: PagerDutyReference | undefined;
  /** What they were asked with, or answered. */
  text: string;
  /** `pending`, `accepted`, `declined`. */
  state: string | undefined;
}

export type PagerDutyEvent =
  | PagerDutyIncidentEvent
  | PagerDutyNoteEvent
  | PagerDutyResponderEvent
  /** The subscription is being tested. */
  | (Delivered & { kind: 'ping' })
  /** A type we have no use for; the list of types grows. */
  | (Delivered & { kind: 'other' });

/** The event of a V3 webhook; undefined when the body is none. An unknown type is `other`, not an error. */
export function parsePagerDutyWebhook(body: unknown): PagerDutyEvent | undefined {
  const envelope = WebhookEnvelope.safeParse(body);
  if (!envelope.success) return undefined;
  const { event } = envelope.data;
  const delivered: Delivered = {
    eventId: event.id,
    type: event.event_type,
    occurredAt: new Date(event.occurred_at),
    agent: event.agent && isUser(event.agent) ? reference(event.agent) : undefined,
  };
  if (event.event_type === 'pagey.ping') return { ...delivered, kind: 'ping' };
  if (isKeyOf(INCIDENT_KINDS, event.event_type)) {
    return incidentEvent(delivered, INCIDENT_KINDS[event.event_type], event.data);
  }
  if (isKeyOf(NOTE_KINDS, event.event_type)) {
    return noteEvent(delivered, NOTE_KINDS[event.event_type], event.data);
  }
  if (isKeyOf(RESPONDER_KINDS, event.event_type)) {
    return responderEvent(delivered, RESPONDER_KINDS[event.event_type], event.data);
  }
  return { ...delivered, kind: 'other' };
}

function incidentEvent(
  delivered: Delivered,
  kind: PagerDutyIncidentKind,
  data: unknown,
): PagerDutyIncidentEvent | undefined {
  const read = WebhookIncident.safeParse(data);
  if (!read.success) return undefined;
  const incident = read.data;
  return {
    ...delivered,
    kind,
    incidentId: incident.id,
    title: incident.title ?? incident.id,
    assignees: (incident.assignees ?? []).map(reference),
    service: incident.service ? reference(incident.service) : undefined,
    priority: incident.priority === null ? null : (incident.priority?.summary ?? undefined),
    escalationPolicy: incident.escalation_policy ? reference(incident.escalation_policy) : undefined,
    ...(incident.incident_key == null ? {} : { incidentKey: incident.incident_key }),
    ...(incident.number == null ? {} : { number: incident.number }),
    ...(incident.status == null ? {} : { status: incident.status }),
    ...(incident.created_at == null ? {} : { createdAt: new Date(incident.created_at) }),
    ...(incident.urgency == null ? {} : { urgency: incident.urgency }),
    ...webLink(incident.html_url),
  };
}

/** An incident that was asked for, as if its webhook had told its present state. */
export function incidentAsTold(answer: object): PagerDutyIncidentEvent | undefined {
  const read = AnsweredIncident.safeParse(answer);
  if (!read.success) return undefined;
  const { status, created_at: created, last_status_change_at: changed, incident_number: number } = read.data;
  const kind = status === 'resolved' || status === 'acknowledged' ? status : 'triggered';
  const at = changed ?? created;
  if (at == null) return undefined;
  const delivered: Delivered = {
    eventId: '',
    type: `incident.${kind}`,
    occurredAt: new Date(at),
    agent: undefined,
  };
  return incidentEvent(delivered, kind, { ...answer, number });
}

function noteEvent(
  delivered: Delivered,
  kind: PagerDutyNoteKind,
  data: unknown,
): PagerDutyNoteEvent | undefined {
  const read = WebhookNote.safeParse(data);
  if (!read.success) return undefined;
  const { incident, content, message, trimmed } = read.data;
  return {
    ...delivered,
    kind,
    incidentId: incident.id,
    text: content ?? message ?? '',
    trimmed: trimmed ?? false,
  };
}

function responderEvent(
  delivered: Delivered,
  kind: PagerDutyResponderKind,
  data: unknown,
): PagerDutyResponderEvent | undefined {
  const read = WebhookResponder.safeParse(data);
  if (!read.success) return undefined;
  const { incident, user, escalation_policy: policy, message, state } = read.data;
  const asked = user ?? policy;
  return {
    ...delivered,
    kind,
    incidentId: incident.id,
    responder: asked ? reference(asked) : undefined,
    text: message ?? '',
    state: state ?? undefined,
  };
}

/** An integration or a service is not somebody who could answer. */
function isUser({ type }: z.infer<typeof WebhookReference>): boolean {
  return type == null || type.startsWith('user');
}

function reference({ id, summary }: z.infer<typeof WebhookReference>): PagerDutyReference {
  return { id, name: summary ?? id };
}

function webLink(url: string | null | undefined): { url?: string } {
  return url != null && /^https?:\/\//i.test(url) ? { url } : {};
}

function isKeyOf<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
