import type { Role, SeverityName, UsualRole } from './words.ts';

/** What the team's file says, with every default filled in. Durations are milliseconds. */
export interface Team {
  name: string;
  /** IANA zone in which the team speaks where no person's own is meant. */
  timezone: string;
  /** Channel name with its `#`. */
  announcements?: string;
  /** Where alerts are offered that no incident is known for: a channel name with its `#`. */
  alertsChannel?: string;
  weeklyPicture?: WeeklyPicture;
  /** When and where the open action items are listed by age; absent: never. */
  weeklyActions?: WeeklyActions;
  /** Whether people are told what is open when their day starts. */
  shiftNotes: boolean;
  people: Person[];
  rosters: Record<string, Roster>;
  severities: Record<SeverityName, Severity>;
  reactions: Reactions;
  services: Service[];
  /** Who is told beside the communities, whatever the service. */
  stakeholders: Recipient[];
  /** Where updates can be posted, by name. */
  webhooks: Record<string, Webhook>;
  atlassianStatuspage?: AtlassianStatuspage;
  /** The page and the feeds at `/status`; without it there are none. */
  statusPage?: { title: string; description?: string };
  alerts: AlertRule[];
  report: Report;
  /** The usual roles first, then the team's own, in its order. */
  roles: Roles;
  /** What makes an incident started by the team's own rule, in the order of the card. */
  startConditions: readonly StartCondition[];
  /** Whether PagerDuty's assignee is changed when another person becomes responder. */
  pagerdutyFollowsResponder: boolean;
}

export type Roles = Record<UsualRole, RoleSetup> & Record<Role, RoleSetup>;

export interface RoleSetup {
  /** What messages call it. */
  label: string;
  /** Other words for it in commands. */
  aliases: readonly string[];
  /** Whose members it is handed over to; without one, everybody of the team. */
  roster?: string;
}

export const START_CONDITIONS = [
  'paged',
  'acknowledged',
  'channel-open',
  'community-told',
  'responder',
  'communications',
  'impact-start',
] as const;
export type StartConditionName = (typeof START_CONDITIONS)[number];

export interface StartCondition {
  name: StartConditionName;
  label: string;
}

/** When the picture of a roster's next seven days goes to the announcement channel, on the team's clock. */
export interface WeeklyPicture {
  roster: string;
  day: Weekday;
  /** Minutes after midnight. */
  minute: number;
}

export interface WeeklyActions {
  /** Channel name with its `#`. */
  channel: string;
  day: Weekday;
  /** Minutes after midnight. */
  minute: number;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `never`: is not woken; `sev1`: for the worst only; `always`: for any severity. */
export type Nights = 'never' | 'sev1' | 'always';

/** Part of a local day in minutes after its midnight. An end past 1440 lies in the next day. */
export interface Window {
  from: number;
  to: number;
}

/** A country of `date-holidays` (`RO`, `GB-ENG`) or local dates (`2025-12-24`). */
export type Holidays = { country: string } | { dates: readonly string[] };

export interface Person {
  name: string;
  slack?: string;
  pagerduty?: string;
  email?: string;
  github?: string;
  phone?: string;
  /** What a public report may call them. */
  title?: string;
  timezone: string;
  hours: readonly Window[];
  days: readonly Weekday[];
  holidays?: Holidays;
  nights: Nights;
}

/** Takes somebody off a roster's duty or puts them on it, whatever their hours say. Epoch milliseconds. */
export interface Override {
  person: string;
  from: number;
  to: number;
  kind: 'off' | 'on';
}

export interface Roster {
  name: string;
  /** Names of people; their order is the tie-break. */
  members: readonly string[];
  pagerdutySchedule?: string;
  escalationPolicy?: string;
  /** How often everybody is asked before the ladder is exhausted. */
  rounds: number;
  overrides: readonly Override[];
}

export interface Severity {
  label: string;
  /** What it means, for the declare form. */
  meaning?: string;
  /** Names of rosters that are paged when it is declared. */
  pageOnDeclare: readonly string[];
  acknowledgeWithinMs: number;
  /** How long an offered role waits for its answer. */
  handoffWithinMs: number;
  firstUpdateMs: number;
  updateEveryMs: number;
  pagerduty?: string;
}

/** Emoji names without colons that do each thing. */
export interface Reactions {
  timeline: readonly string[];
  actionItem: readonly string[];
  lesson: readonly string[];
  update: readonly string[];
}

/** Somebody who is told, and by which ways. */
export interface Recipient {
  name: string;
  /** Channel name with its `#`, or its id. */
  channel?: string;
  email?: string;
  /** Name of one of the team's webhooks. */
  webhook?: string;
}

export interface Community extends Recipient {
  contact?: string;
}

/** `json`: a JSON document of ours. `freshdesk`: tickets and replies in its API. */
export interface Webhook {
  name: string;
  url: string;
  form: 'json' | 'freshdesk';
  /** The environment variable that holds the secret. */
  secret?: string;
  /** The header that carries it. */
  header: string;
}

export interface AtlassianStatuspage {
  page: string;
  /** The environment variable that holds the API key. */
  secret: string;
  url: string;
}

export interface Service {
  name: string;
  /** Labels of an alert that mean this service: all of them must be there. Without any, no alert does. */
  match: Record<string, string>;
  communities: readonly Community[];
}

export interface AlertRule {
  match: Record<string, string>;
  do: 'declare' | 'offer' | 'attach' | 'ignore';
  severity?: SeverityName;
}

export interface Report {
  /** Name of a template in `templates/`. */
  template: string;
  timezone: string;
  public: boolean;
  /** Whether it is also the canvas of the incident's channel. */
  canvas: boolean;
  /** `owner/name` on GitHub. */
  repository?: string;
  /** Path in the repository, with `{date}` and `{slug}` to be filled in. */
  path: string;
  /** Name of the webhook that published reports go to as well. */
  webhook?: string;
  issues?: { repository: string; labels: readonly string[]; titlePrefix: string };
  /** Whether people outside the team keep their names in a public report. */
  namesFromOutside: boolean;
}
