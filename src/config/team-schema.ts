import { z } from 'zod';
import { START_CONDITIONS, WEEKDAYS } from '../domain/team.ts';
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
  headerName,
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
  variableName,
  webUrl,
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
  handoff_within: durationText
    .optional()
    .describe('Then the next candidate is offered the role; acknowledge_within unless said otherwise'),
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
        email: mailText.optional().describe('Told by e-mail, where SMTP_URL is set'),
        webhook: text.optional().describe('Name of a webhook of this file'),
      }),
    )
    .optional(),
});

const Stakeholder = z.strictObject({
  name: text,
  channel: channelName.optional(),
  email: mailText.optional().describe('Told by e-mail, where SMTP_URL is set'),
  webhook: text.optional().describe('Name of a webhook of this file'),
});

const Webhook = z.strictObject({
  url: webUrl.describe('Where updates are posted; for Freshdesk its address without a path'),
  form: oneOf(['json', 'freshdesk']).optional().describe('json unless said otherwise'),
  secret: variableName.optional().describe('The environment variable that holds the secret'),
  header: headerName.optional().describe('The header that carries it; Authorization unless said otherwise'),
});

const AtlassianStatuspage = z.strictObject({
  page: text.describe('Id of the page'),
  secret: variableName.describe('The environment variable that holds the API key'),
  url: webUrl.optional().describe('https://api.statuspage.io unless said otherwise'),
});

const StatusPage = z
  .strictObject({
    enabled: flag,
    title: text.optional(),
    description: text.optional(),
  })
  .describe('The public page and feeds at /status; off without this');

const AlertRule = z.strictObject({
  match: Labels.describe(
    'Labels of the alert, all must be there; * stands for any letters. Also source and title',
  ),
  do: oneOf(['declare', 'offer', 'attach', 'ignore']),
  severity: oneOf(SEVERITIES)
    .optional()
    .describe('Of what `declare` makes; by the priority in PagerDuty, else sev1'),
});

const Report = z.strictObject({
  template: templateName.optional(),
  timezone: zoneName.optional().describe("The one zone of a report; the team's unless said otherwise"),
  public: flag.optional().describe('Whether people are called by their role'),
  canvas: flag.optional().describe('Whether it is the canvas of the channel too; true unless said otherwise'),
  repository: repositoryName.optional(),
  path: reportPath.optional(),
  webhook: text.optional().describe('Name of a webhook of this file: a wiki that takes published reports'),
  issues: z
    .strictObject({
      repository: repositoryName.optional(),
      labels: z.array(text).optional(),
      title_prefix: z.string({ error: 'write it as text' }).optional(),
    })
    .optional(),
  names_from_outside: flag.optional().describe('Whether people outside the team keep their names in public'),
});

const RoleSetup = z.strictObject({
  label: text.optional().describe('What messages call it'),
  aliases: z
    .array(text, { error: 'write a list of words' })
    .optional()
    .describe('Other words for it in commands'),
  roster: text
    .optional()
    .describe('Whose members it is handed over to; a roster of its own name, else everybody of the team'),
});

const StartCondition = z.union([
  oneOf(START_CONDITIONS),
  z.strictObject({ is: oneOf(START_CONDITIONS), label: text }),
]);

const WeeklyPicture = z
  .strictObject({
    roster: text,
    day: oneOf(WEEKDAYS).optional().describe('mon unless said otherwise'),
    at: clockText.optional().describe("Time of day in the team's zone; 09:00 unless said otherwise"),
  })
  .describe("A picture of a roster's next seven days for the announcements channel; none without this");

const WeeklyActions = z
  .strictObject({
    channel: channelName.optional().describe('announcements unless said otherwise'),
    day: oneOf(WEEKDAYS).optional().describe('mon unless said otherwise'),
    at: clockText.optional().describe("Time of day in the team's zone; 09:00 unless said otherwise"),
  })
  .describe('When and where the open action items are listed by age, while there are some; `off`: never');

export const TeamFile = z
  .strictObject({
    team: z.strictObject({
      name: text,
      timezone: zoneName.optional(),
      announcements: channelName.optional(),
      alerts_channel: channelName
        .optional()
        .describe(
          'Where alerts are offered that no incident is known for; announcements unless said otherwise',
        ),
      weekly_picture: WeeklyPicture.optional(),
      weekly_actions: z.union([z.literal('off'), z.literal(false), WeeklyActions]).optional(),
      shift_notes: flag
        .optional()
        .describe(
          'Whether people are told what happened while they were away when their day starts; true unless said otherwise',
        ),
      pagerduty_follows_responder: flag
        .optional()
        .describe(
          'Whether what the responder has in PagerDuty goes to the next one; false unless said otherwise',
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
      .object({
        responder: RoleSetup.optional(),
        communications: RoleSetup.optional(),
        'tech-lead': RoleSetup.optional(),
        scribe: RoleSetup.optional(),
      })
      .catchall(RoleSetup)
      .optional()
      .describe('The usual four, and roles of your own'),
    start_conditions: z
      .array(StartCondition, { error: 'write a list such as [paged, acknowledged]' })
      .optional()
      .describe(
        'What makes an incident started by your rule, on the card; paged, acknowledged, channel-open and community-told unless said otherwise',
      ),
    services: z.array(Service).optional(),
    stakeholders: z
      .array(Stakeholder)
      .optional()
      .describe('Who gets updates beside the communities, whatever the service'),
    webhooks: z
      .record(text, Webhook)
      .optional()
      .describe('Where updates can be posted, by name; communities and stakeholders name them'),
    atlassian_statuspage: AtlassianStatuspage.optional(),
    status_page: StatusPage.optional(),
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
