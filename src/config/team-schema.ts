import { z } from 'zod';
import { WEEKDAYS } from '../domain/team.ts';
import { SEVERITIES } from '../domain/words.ts';
import {
  channelName,
  clockText,
  countryCode,
  dateText,
  durationText,
  emojiName,
  flag,
  githubLogin,
  hoursText,
  instantText,
  mailText,
  oneOf,
  pagerdutyId,
  readHours,
  reportPath,
  repositoryName,
  roundCount,
  slackUserId,
  templateName,
  text,
  zoneName,
} from './team-values.ts';

/** The team's file as it is written. Descriptions become hints in editors. */

const Person = z.strictObject({
  name: text.describe('What the team calls them; rosters name them so'),
  slack: slackUserId.optional().describe('Slack member id'),
  pagerduty: pagerdutyId.optional().describe('PagerDuty user id'),
  email: mailText.optional(),
  github: githubLogin.optional(),
  phone: text.optional().describe('Shown only when everybody was asked and nobody answered'),
  title: text.optional().describe('What a public report may call them'),
  timezone: zoneName.optional().describe("IANA zone; the team's unless said otherwise"),
  hours: z
    .array(hoursText, { error: 'write a list such as ["09:00-17:30"]' })
    .superRefine((windows, context) => {
      const overlap = overlappingHours(windows);
      if (overlap) context.addIssue({ code: 'custom', path: [overlap.index], message: overlap.message });
    })
    .optional()
    .describe('Windows of the local wall clock; "22:00-06:00" crosses midnight'),
  days: z.array(oneOf(WEEKDAYS), { error: 'write a list such as [mon, tue, wed]' }).optional(),
  holidays: z
    .union([countryCode, z.array(dateText)])
    .optional()
    .describe('A country (RO), a part of one (GB-ENG), or a list of dates'),
  nights: oneOf(['never', 'sev1', 'always']).optional().describe('Whether they agreed to be woken'),
});

const Override = z
  .strictObject({
    person: text,
    from: instantText,
    to: instantText,
    off: flag.optional(),
    on: flag.optional(),
  })
  .superRefine((value, context) => {
    if ((value.off === true) === (value.on === true)) {
      context.addIssue({
        code: 'custom',
        message: 'says neither or both; write either off: true or on: true',
      });
    }
    if (Date.parse(value.to) <= Date.parse(value.from)) {
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: 'is not after its from; write a later instant',
      });
    }
  });

const Roster = z.strictObject({
  members: z.array(text, { error: 'write a list of names' }).min(1, { error: 'write at least one name' }),
  pagerduty_schedule: pagerdutyId.optional(),
  escalation_policy: pagerdutyId.optional().describe('Called when nobody answered'),
  rounds: roundCount
    .optional()
    .describe('How often everybody is asked before the ladder is exhausted; 1 unless said otherwise'),
  overrides: z.array(Override).optional(),
});

const Severity = z.strictObject({
  label: text.optional(),
  meaning: text.optional().describe('When to choose it, shown in the declare form'),
  page_on_declare: z.array(text).optional().describe('Rosters that are paged on declaring; [] for none'),
  acknowledge_within: durationText.optional(),
  first_update: durationText.optional(),
  update_every: durationText.optional(),
  pagerduty: text.optional().describe('Name of the priority in PagerDuty, such as P1'),
});

const Reactions = z.strictObject({
  timeline: z.array(emojiName).optional(),
  action_item: z.array(emojiName).optional(),
  lesson: z.array(emojiName).optional(),
  update: z.array(emojiName).optional(),
});

const Labels = z.record(text, text, { error: 'write labels such as { host: leap.2i2c.cloud }' });

const Service = z.strictObject({
  name: text,
  match: Labels.optional().describe('Labels of an alert that mean this service; all must be there'),
  communities: z
    .array(
      z.strictObject({
        name: text,
        channel: channelName.optional(),
        contact: text.optional(),
        email: mailText.optional(),
      }),
    )
    .optional(),
});

const AlertRule = z.strictObject({
  match: Labels,
  do: oneOf(['declare', 'offer', 'attach', 'ignore']),
  severity: oneOf(SEVERITIES).optional(),
});

const Report = z.strictObject({
  template: templateName.optional(),
  timezone: zoneName.optional().describe("The one zone of a report; the team's unless said otherwise"),
  public: flag.optional().describe('Whether people are called by their role'),
  repository: repositoryName.optional(),
  path: reportPath.optional(),
  issues: z
    .strictObject({
      repository: repositoryName.optional(),
      labels: z.array(text).optional(),
      title_prefix: z.string({ error: 'write it as text' }).optional(),
    })
    .optional(),
  names_from_outside: flag.optional().describe('Whether people outside the team keep their names in public'),
});

const RoleLabel = z.strictObject({ label: text });

const WeeklyPicture = z
  .strictObject({
    roster: text,
    day: oneOf(WEEKDAYS).optional().describe('mon unless said otherwise'),
    at: clockText.optional().describe("Time of day in the team's zone; 09:00 unless said otherwise"),
  })
  .describe("A picture of a roster's next seven days for the announcements channel; none without this");

export const TeamFile = z
  .strictObject({
    team: z.strictObject({
      name: text,
      timezone: zoneName.optional(),
      announcements: channelName.optional(),
      weekly_picture: WeeklyPicture.optional(),
      shift_notes: flag
        .optional()
        .describe(
          'Whether people of a roster are told what is open when their day starts; true unless said otherwise',
        ),
    }),
    people: z.array(Person).optional(),
    rosters: z.record(text, Roster).optional(),
    severities: z
      .strictObject({
        sev1: Severity.optional(),
        sev2: Severity.optional(),
        sev3: Severity.optional(),
        sev4: Severity.optional(),
      })
      .optional(),
    reactions: Reactions.optional(),
    roles: z
      .strictObject({
        responder: RoleLabel.optional(),
        communications: RoleLabel.optional(),
        'tech-lead': RoleLabel.optional(),
        scribe: RoleLabel.optional(),
      })
      .optional(),
    services: z.array(Service).optional(),
    alerts: z.array(AlertRule).optional(),
    report: Report.optional(),
  })
  .describe("Daywatch: the team's file");
export type TeamFile = z.infer<typeof TeamFile>;

function overlappingHours(windows: readonly string[]): { index: number; message: string } | undefined {
  const read = windows.map((window, index) => ({ window, index, ...readHours(window) }));
  const sound = read.filter(({ window }) => hoursText.safeParse(window).success);
  const sorted = sound.toSorted((a, b) => a.from - b.from);
  for (const [position, later] of sorted.entries()) {
    const earlier = sorted[position - 1];
    if (!earlier || earlier.to <= later.from) continue;
    return {
      index: later.index,
      message: `overlaps ${earlier.window} of the same day; join them or set them apart`,
    };
  }
  return undefined;
}
