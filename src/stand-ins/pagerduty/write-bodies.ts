import { z } from 'zod';
import { invalid } from './refusal.ts';

const Reference = z.object({ id: z.string(), type: z.string() });
const Assignments = z.array(z.object({ assignee: Reference }));
const Urgency = z.enum(['high', 'low']);

const Create = z.object({
  incident: z.object({
    type: z.literal('incident'),
    title: z.string().min(1),
    service: Reference,
    urgency: Urgency.default('high'),
    priority: Reference.optional(),
    incident_key: z.string().max(255).optional(),
    body: z.object({ type: z.literal('incident_body'), details: z.string() }).optional(),
    assignments: Assignments.optional(),
    escalation_policy: Reference.optional(),
  }),
});

const Change = z.object({
  incident: z.object({
    type: z.enum(['incident', 'incident_reference']),
    status: z.enum(['triggered', 'acknowledged', 'resolved']).optional(),
    title: z.string().min(1).optional(),
    urgency: Urgency.optional(),
    priority: Reference.optional(),
    assignments: Assignments.min(1).optional(),
    escalation_policy: Reference.optional(),
  }),
});

const Note = z.object({ note: z.object({ content: z.string().min(1) }) });

export function readCreate(body: unknown): z.infer<typeof Create>['incident'] {
  const { incident } = read(Create, body);
  if (incident.assignments !== undefined && incident.escalation_policy !== undefined) {
    throw invalid('Assignments and escalation policy cannot both be given');
  }
  if (incident.assignments !== undefined && incident.assignments.length !== 1) {
    throw invalid('An incident can be created with one assignee only');
  }
  return incident;
}

export function readChange(body: unknown): z.infer<typeof Change>['incident'] {
  return read(Change, body).incident;
}

export function readNote(body: unknown): string {
  return read(Note, body).note.content;
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalid(...result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}
