import { z } from 'zod';
import { instant, zoneName } from '../../domain/case/instants.ts';
import { ACTION_CATEGORIES, ENTRY_KINDS, LESSON_KINDS, SEVERITIES, STATUSES } from '../../domain/words.ts';

/** Shapes that callers send; the OpenAPI document names them by these ids. */
export const ASKED = z.registry<{ id: string }>();
/** Shapes that callers get. */
export const TOLD = z.registry<{ id: string }>();

const isoTime = z.string().meta({ format: 'date-time' });
const filled = z.string().refine((text) => text.trim() !== '', 'must not be empty');
const webAddress = z
  .string()
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'must be an http or https address');

// What is told.

const Actor = z.object({
  kind: z.enum(['person', 'daywatch', 'service']),
  name: z.string(),
  /** How the incident knows a person. */
  id: z.string().optional(),
});

const Moment = z.object({ at: isoTime, until: isoTime.optional(), approximate: z.boolean() });

export const ToldIncident = z
  .object({
    number: z.int(),
    name: z.string(),
    private: z.literal(false),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(STATUSES),
    service: z.string().optional(),
    /** Only written down, after it was over; `resolvedAt` is then when it was, if anybody said so. */
    retrospective: z.boolean().optional(),
    declaredAt: isoTime,
    declaredBy: Actor,
    resolvedAt: isoTime.optional(),
    impact: z.object({ start: Moment.optional(), end: Moment.optional() }),
    roles: z.record(z.string(), Actor),
    channel: z.object({ id: z.string(), name: z.string() }).optional(),
    updates: z.object({ count: z.int(), lastAt: isoTime.optional() }),
    summary: z.string().optional(),
    resolution: z.string().optional(),
  })
  .register(TOLD, { id: 'Incident' });

/** A private incident as everybody else may see it. */
const ToldPrivateIncident = z
  .object({ number: z.int(), name: z.string(), private: z.literal(true), title: z.string() })
  .register(TOLD, { id: 'PrivateIncident' });

export const ToldAnyIncident = z
  .union([ToldIncident, ToldPrivateIncident])
  .register(TOLD, { id: 'AnyIncident' });

export const ToldIncidents = z
  .object({ incidents: z.array(ToldAnyIncident), next: z.string().optional() })
  .register(TOLD, { id: 'Incidents' });

const ToldFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  /** Its bytes are at /incidents/{number}/files/{id}. */
  kept: z.boolean(),
  /** Why they are not kept. */
  lost: z.string().optional(),
  /** Where people of the chat find it. */
  link: z.string().optional(),
  /** It was deleted in the chat. */
  deleted: z.boolean(),
});

export const ToldEntry = z
  .object({
    id: z.string(),
    kind: z.enum(ENTRY_KINDS),
    at: isoTime,
    until: isoTime.optional(),
    approximate: z.boolean(),
    text: z.string(),
    author: Actor,
    role: z.string().optional(),
    quote: z.boolean(),
    code: z.string().optional(),
    raw: z.string().optional(),
    link: z.string().optional(),
    image: z.string().optional(),
    files: z.array(ToldFile),
    endedAt: isoTime.optional(),
    followUp: z.boolean(),
    removed: z.boolean(),
    formerTexts: z.array(z.string()),
    recordedAt: isoTime,
    recordedBy: Actor,
    origin: z.string(),
  })
  .register(TOLD, { id: 'Entry' });

export const ToldEntries = z
  .object({ entries: z.array(ToldEntry), next: z.string().optional() })
  .register(TOLD, { id: 'Entries' });

export const ToldUpdates = z.object({ updates: z.array(ToldEntry) }).register(TOLD, { id: 'Updates' });

export const ToldAction = z
  .object({
    id: z.string(),
    title: z.string(),
    category: z.string().optional(),
    owner: Actor.optional(),
    /** The day by which. */
    due: z.iso.date().optional(),
    link: z.string().optional(),
    done: z.boolean(),
    withdrawn: z.boolean(),
    addedBy: Actor,
  })
  .register(TOLD, { id: 'ActionItem' });

export const ToldActions = z
  .object({ actionItems: z.array(ToldAction) })
  .register(TOLD, { id: 'ActionItems' });

export const ToldLesson = z
  .object({ id: z.string(), kind: z.enum(LESSON_KINDS), text: z.string(), by: Actor })
  .register(TOLD, { id: 'Lesson' });

export const ToldLessons = z.object({ lessons: z.array(ToldLesson) }).register(TOLD, { id: 'Lessons' });

/** An incident with what was learnt of it, what is to be done, and how far its report is. */
const ToldWholeIncident = ToldIncident.extend({
  /** Those that stand, by field. */
  lessons: z.object({ well: z.array(ToldLesson), badly: z.array(ToldLesson), lucky: z.array(ToldLesson) }),
  /** Those that stand. */
  actionItems: z.array(ToldAction),
  report: z.object({
    /** Absent while the incident is not over. */
    state: z.enum(['draft', 'reviewed', 'closed']).optional(),
    /** The name of the saved file. */
    file: z.string().optional(),
    /** The pull request. */
    published: z.object({ repository: z.string(), number: z.int(), url: z.string() }).optional(),
  }),
}).register(TOLD, { id: 'WholeIncident' });

export const ToldAnyWholeIncident = z
  .union([ToldWholeIncident, ToldPrivateIncident])
  .register(TOLD, { id: 'AnyWholeIncident' });

export const ToldReport = z
  .object({
    incident: z.string(),
    template: z.string(),
    timezone: z.string(),
    public: z.boolean(),
    markdown: z.string(),
    /** The name of the saved file, when one was saved. */
    file: z.string().optional(),
  })
  .register(TOLD, { id: 'Report' });

export const ToldProblem = z
  .object({
    error: z.string(),
    /** What in the request is wrong, where it is more than one thing. */
    details: z.array(z.object({ place: z.string(), problem: z.string() })).optional(),
    /** Readings of a doubtful time: send one of them as `at`. */
    choices: z.array(z.object({ label: z.string(), at: isoTime, until: isoTime.optional() })).optional(),
    /** The incident that stands in the way. */
    incident: z.string().optional(),
  })
  .register(TOLD, { id: 'Problem' });

export type ToldProblem = z.infer<typeof ToldProblem>;

// What is asked.

const By = z
  .union([filled, z.strictObject({ service: filled })])
  .describe('A name or an e-mail address of the team’s file, or a service: {"service": "grafana"}');

const by = { by: By.optional() };

const time = {
  at: instant.optional().describe('ISO 8601 with an offset'),
  until: instant.optional().describe('The end of a range'),
  approximate: z.boolean().optional(),
  when: filled.optional().describe('Instead of `at`: 17:32, ca. 17:30 BST, yesterday 23:10, 17:30-17:45'),
  timezone: zoneName.optional().describe('The zone in which `when` is read; the team’s unless said'),
};

export type AskedTime = { [Key in keyof typeof time]?: z.infer<(typeof time)[Key]> };
export type AskedBy = z.infer<typeof By>;

export const AskedIncident = z
  .strictObject({
    title: filled,
    severity: z.enum(SEVERITIES).optional(),
    private: z.boolean().optional(),
    retrospective: z
      .boolean()
      .optional()
      .describe('It is over and only written down: nobody is paged, told or reminded'),
    responder: filled.optional().describe('A name or an e-mail address of the team’s file'),
    /** Declares although the same thing seems to be open. */
    anyway: z.boolean().optional(),
    ...by,
  })
  .register(ASKED, { id: 'NewIncident' });

const impactEdge = z.strictObject(time);

export const AskedIncidentChange = z
  .strictObject({
    title: filled.optional(),
    severity: z.enum(SEVERITIES).optional(),
    status: z
      .enum(['investigating', 'identified', 'monitoring', 'resolved', 'closed', 'cancelled'])
      .optional(),
    impact: z.strictObject({ start: impactEdge.optional(), end: impactEdge.optional() }).optional(),
    summary: filled.optional(),
    resolution: filled.optional(),
    ...by,
  })
  .register(ASKED, { id: 'IncidentChange' });

export const AskedEntry = z
  .strictObject({
    text: filled,
    kind: z.enum(ENTRY_KINDS).optional(),
    author: filled.optional().describe('Who did or said it, by name; `by` unless said'),
    role: filled.optional().describe('What a public report may call the author'),
    quote: z.boolean().optional(),
    code: z.string().optional(),
    raw: z.string().optional(),
    link: webAddress.optional(),
    image: webAddress.optional(),
    ...time,
    ...by,
  })
  .register(ASKED, { id: 'NewEntry' });

const orNothing = 'null takes it away';

export const AskedEntryChange = z
  .strictObject({
    text: filled.optional(),
    kind: z.enum(ENTRY_KINDS).optional(),
    role: filled.nullish().describe(`What a public report may call the author; ${orNothing}`),
    quote: z.boolean().optional(),
    code: z.string().nullish().describe(orNothing),
    raw: z.string().nullish().describe(orNothing),
    link: webAddress.nullish().describe(orNothing),
    image: webAddress.nullish().describe(orNothing),
    ...time,
    ...by,
  })
  .register(ASKED, { id: 'EntryChange' });

export const AskedWho = z.strictObject(by).register(ASKED, { id: 'Who' });

export const AskedUpdate = z
  .strictObject({ text: filled, author: filled.optional(), link: webAddress.optional(), ...time, ...by })
  .register(ASKED, { id: 'NewUpdate' });

const actionFields = {
  category: z.enum(ACTION_CATEGORIES).optional(),
  owner: filled.optional().describe('A name or an e-mail address of the team’s file'),
  due: z.iso.date().optional().describe('The day by which: 2025-09-01'),
  link: webAddress.optional(),
  done: z.boolean().optional(),
};

export const AskedAction = z
  .strictObject({
    title: filled,
    ...actionFields,
    ...by,
  })
  .register(ASKED, { id: 'NewActionItem' });

export const AskedActionChange = z
  .strictObject({ title: filled.optional(), ...actionFields, ...by })
  .register(ASKED, { id: 'ActionItemChange' });

export const AskedLesson = z
  .strictObject({ kind: z.enum(LESSON_KINDS), text: filled, ...by })
  .register(ASKED, { id: 'NewLesson' });
