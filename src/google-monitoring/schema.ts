import { z } from 'zod';

/**
 * What the bot reads of a notification. Payloads of different years differ: everything but the id and
 * the state may be missing or odd, and what is odd is taken as missing.
 */

const text = z.string().optional().catch(undefined);
const NumberOrString = z.union([z.number(), z.string().trim().min(1).transform(Number)]);
const epochSeconds = NumberOrString.refine((seconds) => seconds > 0 && seconds < 1e11)
  .optional()
  .catch(undefined);
const labels = z.record(z.string(), z.unknown()).transform(onlyTexts).optional().catch(undefined);

/** How many seconds the trouble must last before an alert of this condition opens; none is undefined. */
export const Condition = z
  .record(z.string(), z.unknown())
  .transform((condition) =>
    Object.values(condition)
      .map(durationSeconds)
      .find((found) => found !== undefined),
  )
  .optional()
  .catch(undefined);

export const GoogleIncident = z.object({
  incident_id: z.union([z.string().trim().min(1), z.number().transform(String)]),
  state: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(['open', 'acknowledged', 'closed'])),
  scoping_project_id: text,
  url: text,
  started_at: epochSeconds,
  ended_at: epochSeconds,
  severity: text,
  summary: text,
  policy_name: text,
  condition_name: text,
  resource_name: text,
  resource: z.object({ labels }).optional().catch(undefined),
  metric: z.object({ type: text, labels }).optional().catch(undefined),
  policy_user_labels: labels,
  /** The alert's own delay in seconds, whatever the kind of condition. */
  condition: Condition,
});
export type GoogleIncident = z.infer<typeof GoogleIncident>;

export const GoogleNotification = z.object({
  version: z.union([z.string(), z.number()]).optional().catch(undefined),
  incident: z.record(z.string(), z.unknown()),
});

function onlyTexts(record: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(record).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(texts);
}

/** `{ duration: "1860s" }` of a condition as 1860; undefined for none or zero. */
function durationSeconds(condition: unknown): number | undefined {
  if (typeof condition !== 'object' || condition === null || !('duration' in condition)) return undefined;
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(String(condition.duration))?.[1];
  return seconds === undefined || Number(seconds) === 0 ? undefined : Number(seconds);
}
