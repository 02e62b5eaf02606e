import { z } from 'zod';
import { Condition } from './schema.ts';

/** What is read of Google's list of alerts and of an alert's policy. */

const text = z.string().optional().catch(undefined);
const instant = z
  .string()
  .transform((written) => Date.parse(written))
  .refine((at) => !Number.isNaN(at));
const labels = z.record(z.string(), z.string()).optional().catch(undefined);
const typed = z.object({ type: text, labels }).optional().catch(undefined);

/** The id becomes part of addresses, so nothing else than an id is one. */
export const Alert = z.object({
  name: z.string().regex(/^projects\/[^/]+\/alerts\/[\w.-]+$/),
  state: z.enum(['OPEN', 'CLOSED']),
  openTime: instant,
  closeTime: instant.optional().catch(undefined),
  resource: typed,
  metric: typed,
  policy: z
    .object({
      name: z
        .string()
        .regex(/^projects\/[^/?#]+\/alertPolicies\/[\w.-]+$/)
        .optional()
        .catch(undefined),
      displayName: text,
      severity: text,
      userLabels: labels,
    })
    .optional()
    .catch(undefined),
});
export type Alert = z.infer<typeof Alert>;

/** Without any alert the list has no `alerts` at all. One bad element does not spoil the others. */
export const AlertPage = z.object({
  alerts: z.array(z.unknown()).default([]),
  nextPageToken: text,
});

/** The delay in seconds that all of its conditions have; undefined where they differ or have none. */
export const AlertPolicy = z
  .object({ conditions: z.array(Condition).default([]) })
  .transform(({ conditions }) => {
    const [first, ...rest] = conditions;
    return rest.every((other) => other === first) ? first : undefined;
  });
