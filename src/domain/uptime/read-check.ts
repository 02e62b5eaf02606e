import { serviceNamed } from '../alert-rules.ts';
import { type Changes, type Effect, nothing } from '../decision.ts';
import type { Fact } from '../facts.ts';
import { proposeImpact } from '../impact-proposals.ts';
import type { Incident } from '../incident.ts';
import { measuredWords } from '../moment-words.ts';
import { asTyped } from '../sentence.ts';
import type { Service } from '../team.ts';
import type { Actor, Instant } from '../words.ts';
import { HOUR_MS, MINUTE_MS } from '../zone-offsets.ts';
import type { CheckSeries } from './check-series.ts';
import type { Outage } from './outage.ts';

/** So much before and after the incident is looked at too. */
const AROUND_MS = HOUR_MS;
/** Google has what its checks saw a few minutes late. */
const LATE_MS = 5 * MINUTE_MS;

const BY: Actor = { kind: 'service', name: 'Google Cloud Monitoring' };

/** What was read of a check. */
export interface CheckReading {
  series: CheckSeries;
  outage?: Outage;
}

/** Asks for the check at once, for those who are there, and again when the hour after the incident is over. */
export function askForCheck(now: Instant): Effect[] {
  return [{ do: 'read-check' }, { do: 'read-check', at: now + AROUND_MS + LATE_MS }];
}

/** Which host's check tells of the incident: that of an alert which joined it, or else its service's. */
export function checkedHost(
  incident: Pick<Incident, 'title' | 'service'>,
  alerts: readonly Record<string, string>[],
  services: readonly Service[],
): { host: string; check?: string } | undefined {
  const labels = alerts.find(({ host }) => host !== undefined);
  if (labels?.host !== undefined) {
    return { host: labels.host, ...(labels.check_id === undefined ? {} : { check: labels.check_id }) };
  }
  const service =
    services.find(({ name }) => name === incident.service) ?? serviceNamed(incident.title, services);
  const host = service?.match.host;
  return host === undefined ? undefined : { host };
}

/**
 * The incident's own time, and that of the chart around it as far as it has passed.
 * @param latest where it ends if nobody knows when it was resolved
 */
export function checkWindow(
  { declaredAt, resolvedAt, impact }: Incident,
  now: Instant,
  latest = declaredAt,
): { incident: { from: Instant; to: Instant }; from: Instant; to: Instant } {
  const from = Math.min(declaredAt, impact.start?.at ?? declaredAt);
  const over = resolvedAt ?? latest;
  const to = Math.max(over, impact.end?.at ?? over);
  return { incident: { from, to }, from: from - AROUND_MS, to: Math.min(to + AROUND_MS, now) };
}

/** Keeps what was read, posts the chart the first time, and offers what it measured for the impact. */
export function checkRead(incident: Incident, reading: CheckReading, zone: string, now: Instant): Changes {
  if (incident.resolvedAt === undefined) return nothing();
  const { series, outage } = reading;
  const host = asTyped(series.host);
  const words = (at: Instant) => measuredWords({ at }, zone, incident.declaredAt);
  const offers: Changes[] = [];
  if (outage) {
    const { firstFailure, lastPass, recovery } = outage;
    const before = lastPass === undefined ? '' : `; it had last passed at ${words(lastPass)}`;
    const because = `The uptime check of ${host} first failed at ${words(firstFailure)}${before}.`;
    offers.push(
      proposeImpact(
        incident,
        { id: 'check-start', edge: 'start', moment: { at: firstFailure }, because },
        BY,
        now,
      ),
    );
    if (recovery !== undefined) {
      const again = `The uptime check of ${host} passed again at ${words(recovery)}.`;
      offers.push(
        proposeImpact(
          incident,
          { id: 'check-end', edge: 'end', moment: { at: recovery }, because: again },
          BY,
          now,
        ),
      );
    }
  }
  return {
    facts: [{ type: 'check-read', ...reading, by: BY, at: now }, ...offers.flatMap(({ facts }) => facts)],
    effects: [
      // Its files are named like the report: where that is not made yet, its making shares the chart.
      ...(incident.check || incident.reportFile === undefined
        ? []
        : [{ do: 'share-chart' } satisfies Effect]),
      ...offers.flatMap(({ effects }) => effects),
    ],
  };
}

/** What was read last. */
export function lastReading(facts: readonly Fact[]): CheckReading | undefined {
  return facts.findLast((fact) => fact.type === 'check-read');
}
