import type { RestAnswer, RestRequest, Routes } from '../rest/rest-server.ts';
import { onCallAt, type PagerDutyAccount } from './account.ts';
import type { BookedIncident, IncidentChange, NewIncident } from './booked-incident.ts';
import type { IncidentBook } from './incident-book.ts';
import type { OnCallEntry, Shapes } from './incident-json.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { readChange, readCreate, readNote } from './write-bodies.ts';

interface Parts {
  account: PagerDutyAccount;
  book: IncidentBook;
  shapes: Shapes;
  now: () => number;
}

/** A month: how far `GET /incidents` looks back when nothing else is said. */
const DEFAULT_SPAN_MS = 31 * 24 * 3_600_000;

export function createRoutes({ account, book, shapes, now }: Parts): Routes {
  const routes: Routes = {
    'GET /users': (request) =>
      paged(
        request,
        'users',
        account.users.filter(named(request)).map(({ id }) => shapes.user(id)),
      ),
    'GET /users/:id': ({ params }) => ok({ user: shapes.user(known(account.users, params.id)) }),
    'GET /services': (request) =>
      paged(
        request,
        'services',
        account.services.filter(named(request)).map(({ id }) => shapes.service(id)),
      ),
    'GET /services/:id': ({ params }) => ok({ service: shapes.service(known(account.services, params.id)) }),
    'GET /priorities': (request) => {
      if (account.priorities.length === 0)
        throw new Refusal(402, 2012, 'Account does not have the priorities ability');
      return paged(
        request,
        'priorities',
        account.priorities.map(({ id }) => shapes.priority(id)),
      );
    },
    'GET /oncalls': (request) =>
      paged(
        request,
        'oncalls',
        onCalls(request).map((entry) => shapes.onCall(entry)),
      ),
    'GET /incidents': (request) => paged(request, 'incidents', filtered(request).map(shapes.incident)),
    'POST /incidents': (request) => {
      const agentId = caller(request);
      const incident = book.create(newIncident(request.body), agentId);
      return { status: 201, body: { incident: shapes.incident(incident) } };
    },
    'GET /incidents/:id': ({ params }) => ok({ incident: shapes.incident(book.get(params.id ?? '')) }),
    'PUT /incidents/:id': (request) => {
      const agentId = caller(request);
      const incident = book.change(request.params.id ?? '', incidentChange(request.body), agentId);
      return ok({ incident: shapes.incident(incident) });
    },
    'GET /incidents/:id/log_entries': (request) => {
      const incident = book.get(request.params.id ?? '');
      const told = book.happened.filter((happened) => happened.incident.id === incident.id);
      const rung = book.notifications.filter(({ incidentId }) => incidentId === incident.id);
      const lines = [
        ...rung.map((one) => shapes.notifyEntry(incident, one)),
        ...told.flatMap(shapes.logEntry),
      ];
      const oldestFirst = lines.sort((a, b) => a.created_at.localeCompare(b.created_at));
      return paged(request, 'log_entries', oldestFirst.toReversed());
    },
    'GET /incidents/:id/notes': ({ params }) =>
      ok({ notes: book.get(params.id ?? '').notes.map((note) => shapes.note(note)) }),
    'POST /incidents/:id/notes': (request) => {
      const note = book.note(request.params.id ?? '', readNote(request.body), caller(request));
      return ok({ note: shapes.note(note) });
    },
  };
  return Object.fromEntries(Object.entries(routes).map(([name, answer]) => [name, refusing(answer)]));

  /** Writes are done in the name of a user of the account. */
  function caller({ headers }: RestRequest): string {
    if (headers.from === undefined) throw invalid('The From header is required');
    const user = account.users.find(({ email }) => email.toLowerCase() === headers.from?.toLowerCase());
    if (user === undefined) throw new Refusal(400, 1008, 'Requester User Not Found');
    return user.id;
  }

  function filtered({ query }: RestRequest): BookedIncident[] {
    const statuses = query.getAll('statuses[]');
    const services = query.getAll('service_ids[]');
    const key = query.get('incident_key');
    const whole = query.get('date_range') === 'all';
    const since = query.has('since') ? Date.parse(query.get('since') ?? '') : now() - DEFAULT_SPAN_MS;
    return book.incidents
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .filter(({ serviceId }) => services.length === 0 || services.includes(serviceId))
      .filter((incident) => key === null || incident.key === key)
      .filter(({ createdAt }) => whole || createdAt >= since);
  }

  function onCalls({ query }: RestRequest): OnCallEntry[] {
    const schedules = query.getAll('schedule_ids[]');
    const wholeUser = query.getAll('include[]').includes('users');
    const entries: OnCallEntry[] = [];
    for (const policy of account.policies) {
      for (const [index, level] of policy.levels.entries()) {
        const common = { policyId: policy.id, level: index + 1, wholeUser };
        for (const userId of level.users ?? []) {
          if (schedules.length > 0) continue;
          entries.push({ ...common, userId, scheduleId: undefined, start: undefined, end: undefined });
        }
        for (const schedule of account.schedules) {
          if (!level.schedules?.includes(schedule.id)) continue;
          if (schedules.length > 0 && !schedules.includes(schedule.id)) continue;
          for (const { userId, from, until } of onCallAt(schedule, now())) {
            entries.push({ ...common, userId, scheduleId: schedule.id, start: from, end: until });
          }
        }
      }
    }
    return entries;
  }
}

function newIncident(body: unknown): NewIncident {
  const wanted = readCreate(body);
  const assigneeId = wanted.assignments?.[0]?.assignee.id;
  return {
    title: wanted.title,
    details: wanted.body?.details ?? '',
    serviceId: wanted.service.id,
    urgency: wanted.urgency,
    ...(wanted.incident_key === undefined ? {} : { key: wanted.incident_key }),
    ...(wanted.priority === undefined ? {} : { priorityId: wanted.priority.id }),
    ...(assigneeId === undefined ? {} : { assigneeId }),
    ...(wanted.escalation_policy === undefined ? {} : { policyId: wanted.escalation_policy.id }),
  };
}

function incidentChange(body: unknown): IncidentChange {
  const wanted = readChange(body);
  return {
    ...(wanted.status === undefined ? {} : { status: wanted.status }),
    ...(wanted.title === undefined ? {} : { title: wanted.title }),
    ...(wanted.urgency === undefined ? {} : { urgency: wanted.urgency }),
    ...(wanted.priority === undefined ? {} : { priorityId: wanted.priority.id }),
    ...(wanted.assignments === undefined
      ? {}
      : { assigneeIds: wanted.assignments.map(({ assignee }) => assignee.id) }),
    ...(wanted.escalation_policy === undefined ? {} : { policyId: wanted.escalation_policy.id }),
  };
}

/** `query` matches names, never addresses. */
function named({ query }: RestRequest): (thing: { name: string }) => boolean {
  const wanted = query.get('query')?.toLowerCase() ?? '';
  return ({ name }) => name.toLowerCase().includes(wanted);
}

function known(things: { id: string }[], id: string | undefined): string {
  const thing = things.find((candidate) => candidate.id === id);
  if (thing === undefined) throw notFound();
  return thing.id;
}

function paged({ query }: RestRequest, key: string, rows: object[]): RestAnswer {
  const limit = Number(query.get('limit') ?? 25);
  const offset = Number(query.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= 100) || !(offset >= 0) || offset + limit > 10_000) {
    throw invalid('Limit and offset are out of bounds');
  }
  const page = rows.slice(offset, offset + limit);
  return ok({ [key]: page, limit, offset, total: null, more: offset + limit < rows.length });
}

function ok(body: object): RestAnswer {
  return { status: 200, body };
}

function refusing(answer: Routes[string]): Routes[string] {
  return (request) => {
    try {
      return answer(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  };
}
