import { readSeverity } from './lifecycle.ts';
import type { Team } from './team.ts';
import { SEVERITIES, type SeverityName } from './words.ts';

/** Serious until somebody says less. */
const DEFAULT_SEVERITY: SeverityName = 'sev1';

/** The severity of what an alert declares when no rule says one: PagerDuty's priority, by the team's names for it or P1 to P5. */
export function severityOfAlert(
  { labels }: { labels: Record<string, string> },
  severities?: Readonly<Record<SeverityName, Pick<Team['severities'][SeverityName], 'pagerduty'>>>,
): SeverityName {
  const priority = labels.priority?.trim().toLowerCase();
  if (!priority) return DEFAULT_SEVERITY;
  const named = SEVERITIES.find((name) => severities?.[name].pagerduty?.toLowerCase() === priority);
  return named ?? (/^p\d$/.test(priority) ? readSeverity(priority) : undefined) ?? DEFAULT_SEVERITY;
}
