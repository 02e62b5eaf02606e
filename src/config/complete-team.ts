import { present } from '../domain/present.ts';
import type { Override, Person, Report, Roster, Severity, Team } from '../domain/team.ts';
import { SEVERITIES, type SeverityName } from '../domain/words.ts';
import { readRoles, readStartConditions } from './complete-roles.ts';
import type { TeamFile } from './team-schema.ts';
import { readClock, readDuration, readHours } from './team-values.ts';

type Written<Key extends keyof TeamFile> = NonNullable<TeamFile[Key]>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const USUAL_SEVERITIES: Record<SeverityName, Omit<Severity, 'pageOnDeclare' | 'handoffWithinMs'>> = {
  sev1: usual('Outage', 5 * MINUTE_MS, 15 * MINUTE_MS, 2 * HOUR_MS, 'P1'),
  sev2: usual('Degraded', 15 * MINUTE_MS, 30 * MINUTE_MS, 4 * HOUR_MS, 'P2'),
  sev3: usual('Minor', HOUR_MS, 2 * HOUR_MS, 8 * HOUR_MS, 'P3'),
  sev4: usual('Cosmetic', 4 * HOUR_MS, 8 * HOUR_MS, 24 * HOUR_MS, 'P4'),
};

/** The roster that sev1 pages on declaring when the file does not say whom. */
const USUAL_ROSTER = 'tech-lead';

/** Fills in what the file leaves out, and turns what people write into what the product counts in. */
export function completeTeam(file: TeamFile): Team {
  const timezone = file.team.timezone ?? 'UTC';
  const rosters: Record<string, Roster> = Object.fromEntries(
    Object.entries(file.rosters ?? {}).map(([name, roster]) => [name, readRoster(name, roster)]),
  );
  return present({
    name: file.team.name,
    timezone,
    announcements: file.team.announcements,
    alertsChannel: file.team.alerts_channel ?? file.team.announcements,
    weeklyPicture: readWeeklyPicture(file.team.weekly_picture),
    weeklyActions: readWeeklyActions(file.team),
    shiftNotes: file.team.shift_notes ?? true,
    people: (file.people ?? []).map((person) => readPerson(person, timezone)),
    rosters,
    severities: readSeverities(file),
    reactions: {
      timeline: file.reactions?.timeline ?? ['pushpin'],
      actionItem: file.reactions?.action_item ?? ['hammer'],
      lesson: file.reactions?.lesson ?? ['bulb'],
      update: file.reactions?.update ?? ['mega'],
    },
    services: (file.services ?? []).map(readService),
    stakeholders: (file.stakeholders ?? []).map((recipient) => present(recipient)),
    webhooks: Object.fromEntries(
      Object.entries(file.webhooks ?? {}).map(([name, webhook]) => [name, readWebhook(name, webhook)]),
    ),
    atlassianStatuspage: file.atlassian_statuspage && {
      page: file.atlassian_statuspage.page,
      secret: file.atlassian_statuspage.secret,
      url: file.atlassian_statuspage.url ?? 'https://api.statuspage.io',
    },
    statusPage: readStatusPage(file),
    alerts: (file.alerts ?? []).map((rule) => present(rule)),
    report: readReport(file.report ?? {}, timezone),
    roles: readRoles(file.roles ?? {}, rosters),
    startConditions: readStartConditions(file.start_conditions),
    pagerdutyFollowsResponder: file.team.pagerduty_follows_responder ?? false,
  });
}

function readWeeklyActions({
  weekly_actions: written,
  announcements,
}: Pick<Written<'team'>, 'weekly_actions' | 'announcements'>): Team['weeklyActions'] {
  if (written === 'off' || written === false) return undefined;
  const channel = written?.channel ?? announcements;
  if (channel === undefined) return undefined;
  return { channel, day: written?.day ?? 'mon', minute: readClock(written?.at ?? '09:00') };
}

function readWeeklyPicture(written: Written<'team'>['weekly_picture']): Team['weeklyPicture'] {
  if (!written) return undefined;
  return { roster: written.roster, day: written.day ?? 'mon', minute: readClock(written.at ?? '09:00') };
}

function readPerson(person: Written<'people'>[number], teamZone: string): Person {
  const { holidays } = person;
  return present({
    name: person.name,
    slack: person.slack,
    pagerduty: person.pagerduty,
    email: person.email,
    github: person.github,
    phone: person.phone,
    title: person.title,
    timezone: person.timezone ?? teamZone,
    hours: (person.hours ?? ['09:00-17:00']).map(readHours),
    days: person.days ?? (['mon', 'tue', 'wed', 'thu', 'fri'] as const),
    holidays: typeof holidays === 'string' ? { country: holidays } : holidays && { dates: holidays },
    nights: person.nights ?? 'never',
  });
}

function readRoster(name: string, roster: Written<'rosters'>[string]): Roster {
  return present({
    name,
    members: roster.members,
    pagerdutySchedule: roster.pagerduty_schedule,
    escalationPolicy: roster.escalation_policy,
    rounds: roster.rounds ?? 1,
    overrides: (roster.overrides ?? []).map(
      ({ person, from, to, off }): Override => ({
        person,
        from: Date.parse(from),
        to: Date.parse(to),
        kind: off ? 'off' : 'on',
      }),
    ),
  });
}

function readSeverities(file: TeamFile): Record<SeverityName, Severity> {
  const read = (name: SeverityName): Severity => {
    const written = file.severities?.[name] ?? {};
    const usually = USUAL_SEVERITIES[name];
    const usualRosters =
      name === 'sev1' && Object.hasOwn(file.rosters ?? {}, USUAL_ROSTER) ? [USUAL_ROSTER] : [];
    const acknowledgeWithinMs = durationOr(written.acknowledge_within, usually.acknowledgeWithinMs);
    return present({
      label: written.label ?? usually.label,
      meaning: written.meaning,
      pageOnDeclare: written.page_on_declare ?? usualRosters,
      acknowledgeWithinMs,
      handoffWithinMs: durationOr(written.handoff_within, acknowledgeWithinMs),
      firstUpdateMs: durationOr(written.first_update, usually.firstUpdateMs),
      updateEveryMs: durationOr(written.update_every, usually.updateEveryMs),
      pagerduty: written.pagerduty ?? usually.pagerduty,
    });
  };
  const [sev1, sev2, sev3, sev4] = SEVERITIES;
  return { sev1: read(sev1), sev2: read(sev2), sev3: read(sev3), sev4: read(sev4) };
}

function readService(service: Written<'services'>[number]): Team['services'][number] {
  return {
    name: service.name,
    match: service.match ?? {},
    communities: (service.communities ?? []).map((community) => present(community)),
  };
}

function readWebhook(name: string, webhook: Written<'webhooks'>[string]): Team['webhooks'][string] {
  const form = webhook.form ?? 'json';
  return present({
    name,
    url: webhook.url,
    form,
    secret: webhook.secret,
    header: webhook.header ?? 'Authorization',
  });
}

function readStatusPage({ status_page: written, team }: TeamFile): Team['statusPage'] {
  if (!written?.enabled) return undefined;
  return present({ title: written.title ?? `${team.name} status`, description: written.description });
}

function readReport(report: Written<'report'>, teamZone: string): Report {
  const repository = report.issues?.repository ?? report.repository;
  return present({
    template: report.template ?? 'standard',
    timezone: report.timezone ?? teamZone,
    public: report.public ?? false,
    canvas: report.canvas ?? true,
    repository: report.repository,
    webhook: report.webhook,
    path: report.path ?? 'reports/{date}-{slug}.md',
    issues: repository
      ? {
          repository,
          labels: report.issues?.labels ?? [],
          titlePrefix: report.issues?.title_prefix ?? '',
        }
      : undefined,
    namesFromOutside: report.names_from_outside ?? false,
  });
}

function durationOr(written: string | undefined, usually: number): number {
  return written === undefined ? usually : readDuration(written);
}

function usual(
  label: string,
  acknowledgeWithinMs: number,
  firstUpdateMs: number,
  updateEveryMs: number,
  pagerduty: string,
): Omit<Severity, 'pageOnDeclare' | 'handoffWithinMs'> {
  return { label, acknowledgeWithinMs, firstUpdateMs, updateEveryMs, pagerduty };
}
