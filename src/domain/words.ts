/** The words of the product, as types. Everything else in the core speaks in these. */

/** Epoch milliseconds. Facts and rows hold instants so; zones are a matter of display. */
export type Instant = number;

/** A Slack user id, or `name:Ana` for somebody who has none. */
export type PersonId = string;

export const SEVERITIES = ['sev1', 'sev2', 'sev3', 'sev4'] as const;
export type SeverityName = (typeof SEVERITIES)[number];

export const STATUSES = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'closed',
  'cancelled',
  'merged',
] as const;
export type Status = (typeof STATUSES)[number];

/** The roles that every team has; more are named in the team's file. */
export const ROLES = ['responder', 'communications', 'tech-lead', 'scribe'] as const;
export type UsualRole = (typeof ROLES)[number];
export type Role = string;

export const ENTRY_KINDS = [
  'message',
  'alert',
  'report',
  'status',
  'role',
  'page',
  'update',
  'action',
  'note',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const LESSON_KINDS = ['well', 'badly', 'lucky'] as const;
export type LessonKind = (typeof LESSON_KINDS)[number];

export const ACTION_CATEGORIES = ['process', 'documentation', 'technical'] as const;
/** One of the three, or a heading of a case in its own words. */
export type ActionCategory = (typeof ACTION_CATEGORIES)[number] | (string & {});

/** Who did it. */
export type Actor =
  | { kind: 'person'; id: PersonId }
  | { kind: 'daywatch' }
  | { kind: 'service'; name: string };

/** When something happened: an instant, or a range when `until` is there; `approximate` covers both ends. */
export interface Moment {
  at: Instant;
  until?: Instant;
  approximate?: boolean;
}

/** A message in Slack. */
export interface MessageRef {
  channel: string;
  ts: string;
}

/** `INC-12` */
export function incidentName(number: number): string {
  return `INC-${number}`;
}
