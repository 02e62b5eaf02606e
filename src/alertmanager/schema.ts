import { z } from 'zod';

/** What the bot reads of a delivery of Alertmanager's; versions differ, and what is odd is taken as missing. */

const text = z.string().optional().catch(undefined);
const texts = z
  .record(z.string(), z.unknown())
  .transform((record) =>
    Object.fromEntries(
      Object.entries(record).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
  )
  .catch({});

/** Go writes the year 1 for a time that there is none of. */
const instant = z.iso
  .datetime({ offset: true })
  .transform((written) => Date.parse(written))
  .refine((at) => at > 0)
  .optional()
  .catch(undefined);

const Status = z.enum(['firing', 'resolved']);

export const AlertmanagerGroup = z.object({
  status: Status.optional().catch(undefined),
  alerts: z.array(z.unknown()),
  truncatedAlerts: z.number().catch(0),
  groupLabels: texts.optional(),
  commonLabels: texts.optional(),
  externalURL: text,
});
export type AlertmanagerGroup = z.infer<typeof AlertmanagerGroup>;

export const AlertmanagerAlert = z.object({
  status: Status.optional().catch(undefined),
  labels: z
    .record(z.string(), z.string())
    .refine((labels) => Object.keys(labels).length > 0, 'an alert has labels'),
  annotations: texts.optional(),
  startsAt: instant,
  endsAt: instant,
  generatorURL: text,
  fingerprint: z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .optional()
    .catch(undefined),
});
export type AlertmanagerAlert = z.infer<typeof AlertmanagerAlert>;
