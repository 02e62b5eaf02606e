import { z } from 'zod';
import { soundText } from '../domain/sound-alert.ts';

/** What the bot reads of PagerDuty's answers and webhooks; everything else is let through unread. */

/** Longer than any note of PagerDuty's that is told whole. */
const WORDS_MAX = 8_000;

const Reference = z.object({ id: z.string(), summary: z.string().nullish() });

const IncidentStatus = z.enum(['triggered', 'acknowledged', 'resolved']);

export const Incident = z.object({
  id: z.string(),
  status: IncidentStatus,
  html_url: z.string().nullish(),
  incident_number: z.number().nullish(),
  created_at: z.string().nullish(),
  assigned_via: z.string().nullish(),
  escalation_policy: Reference.nullish(),
  assignments: z.array(z.object({ assignee: Reference })).nullish(),
});
export type Incident = z.infer<typeof Incident>;

export const IncidentAnswer = z.object({ incident: Incident });
export const IncidentsAnswer = z.object({ incidents: z.array(Incident) });
export const NotesAnswer = z.object({ notes: z.array(z.object({ content: z.string() })) });

export const LogEntry = z.object({
  type: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  agent: z.object({ id: z.string(), type: z.string(), summary: z.string().nullish() }).nullish(),
});

export type LogEntry = z.infer<typeof LogEntry>;

export const UserAnswer = z.object({
  user: z.object({ id: z.string(), email: z.string().nullish() }),
});

export const User = z.object({ id: z.string(), name: z.string().nullish(), email: z.string().nullish() });
export type User = z.infer<typeof User>;

export const Service = z.object({
  id: z.string(),
  name: z.string().nullish(),
  summary: z.string().nullish(),
});
export type Service = z.infer<typeof Service>;

export const Priority = z.object({
  id: z.string(),
  name: z.string().nullish(),
  summary: z.string().nullish(),
});
export type Priority = z.infer<typeof Priority>;

export const OnCall = z.object({
  escalation_level: z.number().nullish(),
  user: z.object({
    id: z.string(),
    summary: z.string().nullish(),
    name: z.string().nullish(),
    email: z.string().nullish(),
  }),
});

/** One page of any list. */
export const Page = z.looseObject({ more: z.boolean().nullish() });

export const ErrorAnswer = z.object({
  error: z.object({
    message: z.string().optional(),
    code: z.number().optional(),
    errors: z.array(z.string()).optional(),
  }),
});

/** What is odd in a webhook is taken as missing: PagerDuty brings nothing again that was refused. */
const text = z
  .string()
  .transform((words) => soundText(words, WORDS_MAX))
  .nullish()
  .catch(undefined);
const instant = z.iso.datetime({ offset: true }).nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const Name = z
  .string()
  .max(200)
  .transform((name) => soundText(name, name.length))
  .refine((name) => name !== '');

export const WebhookReference = z.object({ id: Name, type: text, summary: text });
const reference = WebhookReference.nullish().catch(undefined);

export const WebhookIncident = z.object({
  id: Name,
  html_url: text,
  number,
  status: text,
  created_at: instant,
  incident_key: text,
  title: text,
  urgency: text,
  service: reference,
  assignees: z
    .array(reference)
    .transform((all) => all.filter((one) => one != null))
    .nullish()
    .catch(undefined),
  /** Null: it has none. */
  priority: z.object({ summary: text }).nullish().catch(undefined),
  escalation_policy: reference,
});

/** The same as the REST API answers it. */
export const AnsweredIncident = z.object({
  status: text,
  created_at: instant,
  last_status_change_at: instant,
  incident_number: number,
});

export const WebhookResponder = z.object({
  incident: WebhookReference,
  user: reference,
  escalation_policy: reference,
  message: text,
  state: text,
});

export const WebhookNote = z.object({
  incident: WebhookReference,
  content: text,
  message: text,
  trimmed: z.boolean().nullish().catch(undefined),
});

export const WebhookEnvelope = z.object({
  event: z.object({
    id: Name,
    event_type: Name,
    occurred_at: z.iso.datetime({ offset: true }),
    agent: reference,
    data: z.unknown(),
  }),
});
