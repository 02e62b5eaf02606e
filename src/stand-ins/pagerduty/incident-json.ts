import type { PagerDutyAccount } from './account.ts';
import type { BookedIncident, Happened, Notified } from './booked-incident.ts';

/** PagerDuty's JSON of an account's things, for the REST API and for webhooks. */
export interface Shapes {
  user(id: string): object;
  service(id: string): object;
  onCall(entry: OnCallEntry): object;
  priority(id: string): object;
  incident(incident: BookedIncident): object;
  note(note: BookedIncident['notes'][number]): object;
  event(eventId: string, happened: Happened): object;
  /** The line of the incident's log; none for what the log has no word for. */
  logEntry(happened: Happened): LogLine[];
  notifyEntry(incident: BookedIncident, notified: Notified): LogLine;
}

/** The log is sorted by it. */
interface LogLine {
  created_at: string;
}

export interface OnCallEntry {
  userId: string;
  wholeUser: boolean;
  policyId: string;
  level: number;
  scheduleId: string | undefined;
  start: Date | undefined;
  end: Date | undefined;
}

const API = 'https://api.pagerduty.com';
const WEB = 'https://stand-in.pagerduty.com';

type Kind = 'user' | 'service' | 'escalation_policy' | 'schedule' | 'priority' | 'incident';
const FOLDERS: Record<Kind, string> = {
  user: 'users',
  service: 'services',
  escalation_policy: 'escalation_policies',
  schedule: 'schedules',
  priority: 'priorities',
  incident: 'incidents',
};

const LOG_ENTRIES: Partial<Record<Happened['type'], string>> = {
  'incident.triggered': 'trigger_log_entry',
  'incident.acknowledged': 'acknowledge_log_entry',
  'incident.unacknowledged': 'unacknowledge_log_entry',
  'incident.resolved': 'resolve_log_entry',
  'incident.reassigned': 'assign_log_entry',
  'incident.delegated': 'delegate_log_entry',
  'incident.annotated': 'annotate_log_entry',
};

export function createShapes(account: PagerDutyAccount): Shapes {
  const named: Record<Exclude<Kind, 'incident'>, { id: string; name: string }[]> = {
    user: account.users,
    service: account.services,
    escalation_policy: account.policies,
    schedule: account.schedules,
    priority: account.priorities,
  };

  function links(kind: Kind, id: string): { self: string; html_url: string } {
    return { self: `${API}/${FOLDERS[kind]}/${id}`, html_url: `${WEB}/${FOLDERS[kind]}/${id}` };
  }

  function nameOf(kind: Exclude<Kind, 'incident'>, id: string): string {
    return named[kind].find((thing) => thing.id === id)?.name ?? id;
  }

  function reference(kind: Exclude<Kind, 'incident'>, id: string): object {
    return { id, type: `${kind}_reference`, summary: nameOf(kind, id), ...links(kind, id) };
  }

  function user(id: string): object {
    const { name, email, timeZone } = account.users.find((candidate) => candidate.id === id) ?? missing(id);
    return {
      id,
      type: 'user',
      summary: name,
      ...links('user', id),
      name,
      email,
      time_zone: timeZone,
      color: 'green',
      role: 'user',
      description: null,
      invitation_sent: false,
      teams: [],
      contact_methods: [],
      notification_rules: [],
    };
  }

  function service(id: string): object {
    const { name, policyId } = account.services.find((candidate) => candidate.id === id) ?? missing(id);
    return {
      id,
      type: 'service',
      summary: name,
      ...links('service', id),
      name,
      status: 'active',
      escalation_policy: reference('escalation_policy', policyId),
      teams: [],
      integrations: [],
    };
  }

  function priority(id: string): object {
    const name = nameOf('priority', id);
    return { id, type: 'priority', summary: name, name, self: links('priority', id).self, html_url: null };
  }

  function onCall({ userId, wholeUser, policyId, level, scheduleId, start, end }: OnCallEntry): object {
    return {
      user: wholeUser ? user(userId) : reference('user', userId),
      escalation_policy: reference('escalation_policy', policyId),
      escalation_level: level,
      schedule: scheduleId === undefined ? null : reference('schedule', scheduleId),
      start: start?.toISOString() ?? null,
      end: end?.toISOString() ?? null,
    };
  }

  function incident(booked: BookedIncident): object {
    return {
      id: booked.id,
      type: 'incident',
      summary: `[#${booked.number}] ${booked.title}`,
      ...links('incident', booked.id),
      incident_number: booked.number,
      title: booked.title,
      created_at: iso(booked.createdAt),
      updated_at: iso(booked.changedAt),
      status: booked.status,
      incident_key: booked.key,
      service: reference('service', booked.serviceId),
      assignments: booked.assignees.map((id) => ({
        at: iso(booked.changedAt),
        assignee: reference('user', id),
      })),
      assigned_via: booked.assignedVia,
      last_status_change_at: iso(booked.changedAt),
      escalation_policy: reference('escalation_policy', booked.policyId),
      teams: [],
      pending_actions: [],
      acknowledgements: booked.acknowledgers.map(({ userId, at }) => ({
        at: iso(at),
        acknowledger: reference('user', userId),
      })),
      urgency: booked.urgency,
      ...(booked.priorityId === undefined ? {} : { priority: priority(booked.priorityId) }),
    };
  }

  function note({ id, userId, content, at }: BookedIncident['notes'][number]): object {
    return {
      id,
      user: reference('user', userId),
      content,
      created_at: iso(at),
      channel: { summary: 'The PagerDuty website or APIs' },
    };
  }

  function event(eventId: string, { type, incident: booked, agentId, at, note: noted }: Happened): object {
    return {
      event: {
        id: eventId,
        event_type: type,
        resource_type: 'incident',
        occurred_at: iso(at),
        agent: agentId === undefined ? null : reference('user', agentId),
        client: null,
        data: noted === undefined ? webhookIncident(booked) : webhookNote(booked, noted),
      },
    };
  }

  function logLine(kind: string, booked: BookedIncident, at: number) {
    const id = `R${booked.id.slice(1)}${at.toString(36).toUpperCase()}`;
    return {
      id,
      type: kind,
      self: `${API}/log_entries/${id}`,
      html_url: `${WEB}/incidents/${booked.id}/log_entries/${id}`,
      created_at: iso(at),
      incident: {
        id: booked.id,
        type: 'incident_reference',
        summary: `[#${booked.number}] ${booked.title}`,
        ...links('incident', booked.id),
      },
      service: reference('service', booked.serviceId),
      teams: [],
      contexts: [],
    };
  }

  function logEntry({ type, incident: booked, agentId, at }: Happened): LogLine[] {
    const kind = LOG_ENTRIES[type];
    if (kind === undefined) return [];
    const agent = agentId === undefined ? reference('service', booked.serviceId) : reference('user', agentId);
    const summary = `${kind.replace('_log_entry', '')} by ${agentId ?? 'the service'}`;
    return [{ ...logLine(kind, booked, at), ...{ summary, agent } }];
  }

  function notifyEntry(booked: BookedIncident, { userId, channel, at }: Notified): LogLine {
    const agent = reference('service', booked.serviceId);
    const told = { agent, user: reference('user', userId), summary: `Notified ${userId} by ${channel}` };
    return { ...logLine('notify_log_entry', booked, at), ...told };
  }

  function webhookIncident(booked: BookedIncident): object {
    return {
      id: booked.id,
      type: 'incident',
      ...links('incident', booked.id),
      number: booked.number,
      status: booked.status,
      incident_key: booked.key,
      created_at: iso(booked.createdAt),
      title: booked.title,
      service: reference('service', booked.serviceId),
      assignees: booked.assignees.map((id) => reference('user', id)),
      escalation_policy: reference('escalation_policy', booked.policyId),
      teams: [],
      priority: booked.priorityId === undefined ? null : reference('priority', booked.priorityId),
      urgency: booked.urgency,
      conference_bridge: null,
      resolve_reason: null,
    };
  }

  function webhookNote(booked: BookedIncident, { id, content }: { id: string; content: string }): object {
    return {
      id,
      type: 'incident_note',
      incident: {
        id: booked.id,
        type: 'incident_reference',
        summary: booked.title,
        ...links('incident', booked.id),
      },
      content,
      trimmed: false,
    };
  }

  return { user, service, onCall, priority, incident, note, event, logEntry, notifyEntry };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function missing(id: string): never {
  throw new Error(`the stand-in's account has no ${id}`);
}
