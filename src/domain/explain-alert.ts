import { type Destination, destinationOf, type Judged, ruleMisfit, serviceOfLabels } from './alert-rules.ts';
import { severityOfAlert } from './alert-severity.ts';
import type { Team } from './team.ts';

/** Why an alert would go where it would, rule by rule. */
export interface Explanation {
  rules: { rule: number; fits: boolean; why: string }[];
  destination: Destination;
  /** What becomes of it, as sentences. */
  outcome: string;
}

/** The dry run of the rules, as if no incident were open. */
export function explainAlert(
  alert: Judged,
  team: Pick<Team, 'alerts' | 'services' | 'alertsChannel'> & Partial<Pick<Team, 'severities'>>,
): Explanation {
  const { alerts, services, alertsChannel } = team;
  const destination = destinationOf(alert, alerts, services, [], severityOfAlert(alert, team.severities));
  const rules = alerts.map((rule, index) => {
    const misfit = ruleMisfit(rule.match, alert);
    const isFirst = destination.rule === index + 1;
    const fits = misfit === undefined;
    const why = fits
      ? isFirst
        ? `fits, and decides: ${rule.do}`
        : 'fits too, but an earlier one decides'
      : misfit;
    return { rule: index + 1, fits, why };
  });
  const service = serviceOfLabels(alert.labels, services)?.name;
  const about = service === undefined ? 'has its host or cluster in the title' : `is about ${service}`;
  const join = `If an open incident ${about}, it joins that one.`;
  return { rules, destination, outcome: outcomeWords(destination, alert, join, alertsChannel) };
}

function outcomeWords(
  destination: Destination,
  alert: Judged,
  join: string,
  alertsChannel: string | undefined,
): string {
  switch (destination.kind) {
    case 'ignore':
      return 'It is ignored.';
    case 'declare':
      return `${join} Otherwise it declares a ${destination.severity} incident.`;
    case 'offer': {
      const place =
        alertsChannel === undefined
          ? '(there is no alerts_channel nor announcements, so nobody would see it)'
          : `in ${alertsChannel}`;
      const offered = `is offered ${place}, with Declare, Attach and Ignore.`;
      return destination.rule === undefined ? `${join} Otherwise it ${offered}` : `It ${offered}`;
    }
    case 'join':
    case 'keep':
      return alert.open
        ? `${join} Otherwise it is kept, and nobody is told.`
        : `It is over. ${join} Otherwise it is kept, and nobody is told.`;
  }
}
