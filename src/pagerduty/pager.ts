import { isServiceError } from '../service-error.ts';
import { createAccount } from './account.ts';
import { answersTo, notifiedAt, type PageAnswer } from './answers.ts';
import { createIncidents, incidentPath } from './incidents.ts';
import { listAll } from './list.ts';
import { type PageRequest, type PlacedPage, pageOnce, selfPage } from './page-once.ts';
import { createRestClient, type RestClient } from './rest-client.ts';
import { type Incident, NotesAnswer, OnCall, UserAnswer } from './schema.ts';
import type { PagerDutyIncidentEvent } from './webhook.ts';

export interface PagerOptions {
  token: string;
  /** E-mail of a PagerDuty user of the bot's own, never a roster member. */
  from: string;
  /** Id of the service on which pages are made; by default the account's only one. */
  service?: string;
  /** Without path; PagerDuty's own by default. */
  apiUrl?: string;
  /** For one call. */
  deadlineMs?: number;
}

export interface PersonOnCall {
  userId: string;
  email?: string;
  name: string;
}

export interface FoundPage {
  id: string;
  status: Incident['status'];
  htmlUrl: string;
}

/** Paging by PagerDuty. Every method throws only ServiceErrors, and every write may be repeated. */
export interface Pager {
  /** A lost answer or a refused duplicate ends in the same incident; never two for one key. */
  page(request: PageRequest): Promise<PlacedPage>;
  find(key: string): Promise<FoundPage | undefined>;
  /** Already acknowledged or resolved is done: acknowledging a resolved incident would reopen it. */
  acknowledge(id: string): Promise<void>;
  resolve(id: string): Promise<void>;
  /** Gives a page to an escalation policy from its first level on: the last step of a ladder. */
  reassignToPolicy(id: string, policyId: string): Promise<void>;
  reassign(id: string, userId: string): Promise<void>;
  /** Adds a note that holds `marker`, unless one with it stands there. */
  note(id: string, content: string, marker: string): Promise<void>;
  /** Who is on call on this schedule now, the first to be called first. */
  onCall(scheduleId: string): Promise<PersonOnCall[]>;
  userByEmail(email: string): Promise<string | undefined>;
  emailOf(userId: string): Promise<string | undefined>;
  /** An incident as its webhook would tell of it now; nothing when there is none of this id. */
  incident(id: string): Promise<PagerDutyIncidentEvent | undefined>;
  /** Who answered these pages there, and when, by page; nothing of those that ring on. `since`: when the first was sent. */
  answersTo(ids: readonly string[], since: Date): Promise<Map<string, PageAnswer>>;
  /** When PagerDuty first notified anybody of a page. */
  notifiedAt(id: string): Promise<Date | undefined>;
  /** Whether this is the user in whose name the bot acts. */
  isSelf(userId: string): Promise<boolean>;
  /** One line of who we are and where we page, for the doctor; also warms what `page` looks up. */
  check(): Promise<string>;
}

const DEFAULT_API_URL = 'https://api.pagerduty.com';
const DEFAULT_DEADLINE_MS = 6_000;

export function createPager({ token, from, service, apiUrl, deadlineMs }: PagerOptions): Pager {
  const call = createRestClient({
    token,
    from,
    apiUrl: apiUrl ?? DEFAULT_API_URL,
    deadlineMs: deadlineMs ?? DEFAULT_DEADLINE_MS,
  });
  const account = createAccount(call, service === undefined ? { from } : { from, service });
  const incidents = createIncidents(call);

  return {
    page: (request) => pageOnce({ call, account, incidents }, request),

    async find(key) {
      const found = await incidents.findByKey(key, await account.serviceId());
      if (found === undefined) return undefined;
      return { id: found.id, status: found.status, htmlUrl: found.html_url ?? '' };
    },

    acknowledge: (id) =>
      incidents.change(id, { status: 'acknowledged' }, (incident) => incident.status !== 'triggered'),

    resolve: (id) =>
      incidents.change(id, { status: 'resolved' }, (incident) => incident.status === 'resolved'),

    reassignToPolicy: (id, policyId) =>
      incidents.change(
        id,
        { escalation_policy: { id: policyId, type: 'escalation_policy_reference' } },
        (incident) =>
          incident.assigned_via === 'escalation_policy' && incident.escalation_policy?.id === policyId,
      ),

    async reassign(id, userId) {
      if ((await account.bot()).id === userId) throw selfPage();
      await incidents.change(
        id,
        { assignments: [{ assignee: { id: userId, type: 'user_reference' } }] },
        (incident) => isAssignedOnlyTo(incident, userId),
      );
    },

    incident: (id) => incidents.told(id),

    note: (id, content, marker) => noteOnce(call, id, content, marker),

    onCall: (scheduleId) => onCall(call, scheduleId),

    userByEmail: async (email) => (await account.userByEmail(email))?.id,

    async emailOf(userId) {
      const answer = await call({ method: 'GET', path: `/users/${encodeURIComponent(userId)}` });
      const read = UserAnswer.safeParse(answer);
      return read.success ? (read.data.user.email ?? undefined) : undefined;
    },

    answersTo: (ids, since) => answersTo({ call, account }, ids, since),

    notifiedAt: (id) => notifiedAt(call, id),

    isSelf: async (userId) => (await account.bot()).id === userId,

    async check() {
      const [bot, services] = await Promise.all([
        account.bot(),
        account.services(),
        account.serviceId(),
        account.priorityId('P1'),
      ]);
      const serviceName = services[0]?.name ?? services[0]?.summary ?? services[0]?.id ?? service;
      return `PagerDuty: pages as ${bot.name ?? bot.id} <${from}> on the service "${serviceName}"`;
    },
  };
}

function isAssignedOnlyTo(incident: Incident, userId: string): boolean {
  const assignees = incident.assignments ?? [];
  return assignees.length === 1 && assignees[0]?.assignee.id === userId;
}

async function noteOnce(call: RestClient, id: string, content: string, marker: string): Promise<void> {
  const path = `${incidentPath(id)}/notes`;
  if (await isNoted()) return;
  const text = content.includes(marker) ? content : `${content}\n\n${marker}`;
  try {
    await call({ method: 'POST', path, body: { note: { content: text } } });
  } catch (error) {
    if (!isServiceError(error, 'unknown-outcome')) throw error;
    if (!(await isNoted().catch(() => false))) throw error;
  }

  async function isNoted(): Promise<boolean> {
    const answer = NotesAnswer.safeParse(await call({ method: 'GET', path }));
    return answer.success && answer.data.notes.some((note) => note.content.includes(marker));
  }
}

async function onCall(call: RestClient, scheduleId: string): Promise<PersonOnCall[]> {
  const rows = await listAll(call, '/oncalls', {
    key: 'oncalls',
    row: OnCall,
    query: { 'schedule_ids[]': [scheduleId], 'include[]': ['users'] },
  });
  const people = new Map<string, PersonOnCall>();
  for (const { user } of rows.toSorted((a, b) => (a.escalation_level ?? 1) - (b.escalation_level ?? 1))) {
    if (people.has(user.id)) continue;
    people.set(user.id, {
      userId: user.id,
      name: user.name ?? user.summary ?? user.id,
      ...(user.email == null ? {} : { email: user.email }),
    });
  }
  return [...people.values()];
}
