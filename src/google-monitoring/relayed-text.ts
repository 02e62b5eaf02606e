import type { IncomingAlert } from '../domain/alert.ts';
import { alertTitle, googleSeries, labelsInBraces, webLink, withPolicyLabels } from './uptime-words.ts';

/** Longer ones are something else. */
const TEXT_MAX = 8_000;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Google's alert in the words in which PagerDuty and Slack relay it: parts between ` | ` and a link
 * whose last path part is the incident's id, by which it is known as the same alert. Undefined for
 * any other text.
 */
export function parseRelayedAlert(text: string, receivedAt: Date = new Date()): IncomingAlert | undefined {
  if (text.length > TEXT_MAX) return undefined;
  const link = linkIn(text);
  const id = link === undefined ? undefined : incidentId(link);
  if (link === undefined || id === undefined) return undefined;
  const parts = text.split(/\s\|\s/).map((part) => part.replace(/\s+/g, ' ').trim());
  const summary = parts[0] ?? '';
  const labels = withPolicyLabels(labelsInBraces(summary), {
    policy: namedPart(parts, 'Policy'),
    condition: namedPart(parts, 'Condition'),
  });
  return {
    source: 'google',
    fingerprint: `google:${id}`,
    ...googleSeries(labels.policy, labelsInBraces(summary)),
    state: /returned to (a )?normal/i.test(summary) ? 'closed' : 'open',
    startedAt: violationStart(namedPart(parts, 'Violation started')) ?? receivedAt,
    title: alertTitle(labels, { isUptime: /\buptime check\b/i.test(summary), summary, id }),
    labels,
    raw: text,
    ...webLink(link),
  };
}

/** The link may be broken over lines, and `(View Message)` may follow it. */
function linkIn(text: string): string | undefined {
  const from = text.search(/https:\/\/console\.cloud\.google\.com\/monitoring\/alerting\//);
  if (from === -1) return undefined;
  return text
    .slice(from)
    .split('(View Message)')[0]
    ?.split(/\s\|\s/)[0]
    ?.replace(/\s+/g, '')
    .replace(/[>|].*$/, '');
}

function incidentId(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const last = new URL(link).pathname.split('/').at(-1);
  return last !== undefined && /^[\w.-]+$/.test(last) && last !== 'alerting' ? last : undefined;
}

function namedPart(parts: string[], name: string): string | undefined {
  const value = parts
    .find((part) => part.startsWith(`${name}: `))
    ?.slice(name.length + 2)
    .trim();
  return value === '' ? undefined : value;
}

/** `Aug 12, 2025 at 4:32PM UTC (less than 1 sec ago)`; always UTC, the month short or long. */
function violationStart(words: string | undefined): Date | undefined {
  const parts = /^([A-Za-z]{3,9}) (\d{1,2}), (\d{4}) at (\d{1,2}):(\d{2}) ?(AM|PM) UTC/i.exec(words ?? '');
  if (parts === null) return undefined;
  const [, monthName = '', day, year, hour, minute, half = ''] = parts;
  const month = MONTHS.indexOf(monthName.slice(0, 3).toLowerCase());
  if (month === -1) return undefined;
  const hour24 = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return new Date(Date.UTC(Number(year), month, Number(day), hour24, Number(minute)));
}
