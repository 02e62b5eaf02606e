import { z } from 'zod';

/** What the bot reads of PagerDuty's answers and webhooks; everything else is let through unread. */

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

export const WebhookReference = z.object({
  id: z.string(),
  summary: z.string().nullish(),
  html_url: z.string().nullish(),
});

export const WebhookIncident = z.object({
  id: z.string(),
  html_url: z.string().nullish(),
  number: z.number().nullish(),
  status: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish().catch(undefined),
  incident_key: z.string().nullish(),
  title: z.string().nullish(),
  urgency: z.string().nullish(),
  service: WebhookReference.nullish(),
  assignees: z.array(WebhookReference).nullish(),
  priority: WebhookReference.nullish(),
});

export const WebhookNote = z.object({
  id: z.string().nullish(),
  incident: WebhookReference,
  content: z.string().nullish(),
  message: z.string().nullish(),
  trimmed: z.boolean().nullish(),
});

export const WebhookEnvelope = z.object({
  event: z.object({
    id: z.string().min(1),
    event_type: z.string().min(1),
    occurred_at: z.iso.datetime({ offset: true }),
    agent: WebhookReference.nullish(),
    data: z.unknown(),
  }),
});
