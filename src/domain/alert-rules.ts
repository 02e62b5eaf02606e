import type { AlertView } from './alert-merge.ts';
import { severityOfAlert } from './alert-severity.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './permitted.ts';
import type { AlertRule, Service } from './team.ts';
import type { Instant, SeverityName } from './words.ts';

/** What an alert is judged by. */
export type Judged = Pick<AlertView, 'title' | 'labels' | 'source' | 'open' | 'startedAt' | 'endedAt'>;

/** What is looked at of an incident when an alert may belong to it. */
export type Candidate = Pick<
  Incident,
  'number' | 'title' | 'service' | 'status' | 'private' | 'declaredAt' | 'resolvedAt' | 'impact'
>;

/** Where an alert goes. `rule` is the place of the rule that says so, from 1; absent: no rule fits. */
export type Destination = { rule?: number; incident?: number } & (
  | { kind: 'join'; incident: number }
  | { kind: 'declare'; severity: SeverityName }
  /** `incident`: the one that it may belong to. */
  | { kind: 'offer' }
  /** Kept, and nobody is bothered. */
  | { kind: 'keep' }
  | { kind: 'ignore' }
);

/** Trouble is often declared late, and an alert that began shortly before belongs to it all the same. */
const BEFORE_MS = 2 * 3_600_000;

/**
 * The first rule that fits decides. Where none does, an alert joins the incident that it speaks of, and is offered
 * otherwise. Nothing is declared for an alert that is over. `usual`: the severity where the rule names none.
 */
export function destinationOf(
  alert: Judged,
  rules: readonly AlertRule[],
  services: readonly Service[],
  candidates: readonly Candidate[],
  usual: SeverityName = severityOfAlert(alert),
): Destination {
  const index = rules.findIndex(({ match }) => ruleMisfit(match, alert) === undefined);
  const rule = rules[index];
  const fired = rule ? { rule: index + 1 } : {};
  if (rule?.do === 'ignore') return { ...fired, kind: 'ignore' };
  const home = candidates.find((one) => isAbout(one, alert, services) && isInTime(one, alert));
  const incident = home?.number;
  if (rule?.do !== 'offer' && incident !== undefined) return { ...fired, kind: 'join', incident };
  if (!alert.open || rule?.do === 'attach') return { ...fired, kind: 'keep' };
  if (rule?.do === 'declare') {
    return { ...fired, kind: 'declare', severity: rule.severity ?? usual };
  }
  // Nobody outside is pointed at a private incident.
  return { ...fired, kind: 'offer', ...(incident === undefined || home?.private ? {} : { incident }) };
}

/** What does not fit, if anything. Every label of the rule must be there; `*` stands for any letters. `source` and `title` count as labels. */
export function ruleMisfit(match: Record<string, string>, alert: Judged): string | undefined {
  const labels: Record<string, string> = { source: alert.source, title: alert.title, ...alert.labels };
  for (const [label, wanted] of Object.entries(match)) {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (value === undefined) return `does not fit: the alert has no ${label} (${wanted} is wanted)`;
    if (!valueFits(wanted, value)) return `does not fit: ${label} is ${value} (${wanted} is wanted)`;
  }
  return undefined;
}

function valueFits(wanted: string, value: string): boolean {
  if (!wanted.includes('*')) return wanted === value;
  const parts = wanted.split('*');
  const [head = '', tail = ''] = [parts[0], parts.at(-1)];
  if (!value.startsWith(head) || !value.endsWith(tail) || value.length < head.length + tail.length)
    return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= value.length - tail.length;
}

/** Whether an alert speaks of the incident's service: by the service map, or by the title holding its host or cluster. */
export function isAbout(
  incident: Pick<Incident, 'service' | 'title'>,
  alert: Pick<Judged, 'labels'>,
  services: readonly Pick<Service, 'name' | 'match'>[],
): boolean {
  const service = serviceOfLabels(alert.labels, services);
  if (service) return incident.service === service.name || mentions(incident.title, service.name);
  const { host, cluster } = alert.labels;
  return [host, cluster].some((word) => word !== undefined && mentions(incident.title, word));
}

/** Open, or resolved after the alert began: what arrives late belongs where it happened. */
function isInTime(incident: Candidate, alert: Judged): boolean {
  const began: Instant = Math.min(incident.impact.start?.at ?? incident.declaredAt, incident.declaredAt);
  if (alert.endedAt !== undefined && alert.endedAt < began - BEFORE_MS) return false;
  if (isOpen(incident)) return true;
  return incident.resolvedAt !== undefined && alert.startedAt <= incident.resolvedAt;
}

/** The configured service whose labels an alert has: at least one says so and none speaks against it. */
export function serviceOfLabels<Some extends Pick<Service, 'name' | 'match'>>(
  labels: Record<string, string>,
  services: readonly Some[],
): Some | undefined {
  return services.find(({ match }) => {
    const known = Object.entries(match).filter(([label]) => labels[label] !== undefined);
    return known.length > 0 && known.every(([label, value]) => labels[label] === value);
  });
}

/** Names of one or two letters stand in too many titles by chance. */
const SHORTEST_NAME = 3;

/** Whether a title has the name as a word: not within another word or name, but in front of the host that it is part of. */
function mentions(title: string, name: string): boolean {
  const [text, word] = [title.toLowerCase(), name.trim().toLowerCase()];
  if (word.length < SHORTEST_NAME) return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + word.length)];
    if (!/[\p{L}\p{N}_.-]$/u.test(before) && !/^[\p{L}\p{N}_-]/u.test(after)) return true;
  }
  return false;
}

/** The service that a title speaks of, if one of the configured ones. */
export function serviceNamed<Some extends Pick<Service, 'name' | 'match'>>(
  title: string,
  services: readonly Some[],
): Some | undefined {
  return services.find(
    (service) =>
      mentions(title, service.name) || Object.values(service.match).some((value) => mentions(title, value)),
  );
}
