import { randomBytes } from 'node:crypto';
import { onCallAt, type PagerDutyAccount } from './account.ts';
import type {
  BookedIncident,
  Happened,
  HappenedType,
  IncidentChange,
  NewIncident,
  Notified,
  Status,
} from './booked-incident.ts';
import { invalid, notFound, Refusal } from './refusal.ts';

interface BookOptions {
  account: PagerDutyAccount;
  now: () => number;
  tell: (happened: Happened) => void;
  /** PagerDuty's own sources differ about acknowledging twice; both must be lived with. */
  repeats: 'refused' | 'accepted';
}

/** The incidents of the account, with PagerDuty's rules about who may do what to them. */
export class IncidentBook {
  readonly incidents: BookedIncident[] = [];
  readonly notifications: Notified[] = [];
  /** All that ever happened, oldest first. */
  readonly happened: Happened[] = [];
  readonly #options: BookOptions;

  constructor(options: BookOptions) {
    this.#options = options;
  }

  get(id: string): BookedIncident {
    const incident = this.incidents.find((candidate) => candidate.id === id);
    if (incident === undefined) throw notFound();
    return incident;
  }

  /** `agentId` undefined: an integration opened it. */
  create(wanted: NewIncident, agentId: string | undefined): BookedIncident {
    const { account, now } = this.#options;
    const service = account.services.find(({ id }) => id === wanted.serviceId);
    if (service === undefined) throw new Refusal(400, 1004, 'Service not found');
    if (wanted.priorityId !== undefined) this.#requirePriority(wanted.priorityId);
    const key = wanted.key ?? randomBytes(16).toString('hex');
    const open = this.incidents.find(
      (other) => other.key === key && other.serviceId === service.id && other.status !== 'resolved',
    );
    if (open !== undefined) {
      throw invalid('Open incident with matching dedup key already exists on this service');
    }
    const policyId = wanted.policyId ?? service.policyId;
    const direct = wanted.assigneeId !== undefined;
    const assignees = direct ? [this.#requireUser(wanted.assigneeId)] : this.#firstLevel(policyId);
    const at = now();
    // PagerDuty takes whoever assigns it to themselves at their word.
    const self = direct && wanted.assigneeId === agentId;
    const incident: BookedIncident = {
      id: `Q${randomBytes(8).toString('hex').toUpperCase().slice(0, 13)}`,
      number: this.incidents.length + 1,
      key,
      title: wanted.title,
      details: wanted.details,
      status: self ? 'acknowledged' : 'triggered',
      urgency: wanted.urgency,
      serviceId: service.id,
      policyId,
      assignedVia: direct ? 'direct_assignment' : 'escalation_policy',
      assignees,
      acknowledgers: self && agentId !== undefined ? [{ userId: agentId, at }] : [],
      priorityId: wanted.priorityId,
      createdAt: at,
      changedAt: at,
      notes: [],
    };
    this.incidents.push(incident);
    this.#tell('incident.triggered', incident, agentId);
    if (self) this.#tell('incident.acknowledged', incident, agentId);
    else this.#ring(incident);
    return incident;
  }

  change(id: string, change: IncidentChange, agentId: string): BookedIncident {
    const incident = this.get(id);
    if (change.priorityId !== undefined) this.#requirePriority(change.priorityId);
    if (change.assigneeIds !== undefined && change.policyId !== undefined) {
      throw invalid('Assignments and escalation policy cannot both be given');
    }
    for (const userId of change.assigneeIds ?? []) this.#requireUser(userId);
    if (change.policyId !== undefined) this.#firstLevel(change.policyId);
    const reopening =
      incident.status === 'resolved' && change.status !== undefined && change.status !== 'resolved';
    const moving = change.assigneeIds !== undefined || change.policyId !== undefined;
    if (moving && incident.status === 'resolved' && !reopening) {
      throw new Refusal(400, 1001, 'Incident Already Resolved');
    }
    if (change.status !== undefined) this.#setStatus(incident, change.status, agentId);
    if (change.title !== undefined) incident.title = change.title;
    if (change.urgency !== undefined) incident.urgency = change.urgency;
    if (change.assigneeIds !== undefined) this.#reassign(incident, change.assigneeIds, agentId);
    if (change.policyId !== undefined) this.#delegate(incident, change.policyId, agentId);
    if (change.priorityId !== undefined && change.priorityId !== incident.priorityId) {
      incident.priorityId = change.priorityId;
      this.#tell('incident.priority_updated', incident, agentId);
    }
    incident.changedAt = this.#options.now();
    return incident;
  }

  note(id: string, content: string, agentId: string): BookedIncident['notes'][number] {
    const incident = this.get(id);
    const note = {
      id: `N${randomBytes(6).toString('hex').toUpperCase()}`,
      userId: agentId,
      content,
      at: this.#options.now(),
    };
    incident.notes.push(note);
    this.#tell('incident.annotated', incident, agentId, { id: note.id, content });
    return note;
  }

  /** The service's time-out for acknowledgements is over: the page rings again. */
  lapse(id: string): void {
    const incident = this.get(id);
    if (incident.status !== 'acknowledged') return;
    incident.status = 'triggered';
    incident.acknowledgers = [];
    this.#tell('incident.unacknowledged', incident, undefined);
    this.#ring(incident);
  }

  #setStatus(incident: BookedIncident, status: Status, agentId: string): void {
    const before = incident.status;
    if (before === status) {
      if (this.#options.repeats === 'accepted') return;
      if (status === 'resolved') throw new Refusal(400, 1001, 'Incident Already Resolved');
      if (status === 'acknowledged') throw new Refusal(400, 1002, 'Incident Already Acknowledged');
      return;
    }
    incident.status = status;
    if (before === 'resolved') this.#tell('incident.reopened', incident, agentId);
    switch (status) {
      case 'resolved':
        this.#tell('incident.resolved', incident, agentId);
        break;
      case 'triggered':
        incident.acknowledgers = [];
        this.#ring(incident);
        break;
      case 'acknowledged':
        incident.acknowledgers.push({ userId: agentId, at: this.#options.now() });
        if (before === 'resolved') incident.assignees = [agentId];
        this.#tell('incident.acknowledged', incident, agentId);
    }
  }

  #reassign(incident: BookedIncident, assigneeIds: string[], agentId: string): void {
    incident.assignees = assigneeIds;
    incident.assignedVia = 'direct_assignment';
    this.#startOver(incident);
    this.#tell('incident.reassigned', incident, agentId);
    this.#ring(incident, agentId);
  }

  #delegate(incident: BookedIncident, policyId: string, agentId: string): void {
    incident.assignees = this.#firstLevel(policyId);
    incident.policyId = policyId;
    incident.assignedVia = 'escalation_policy';
    this.#startOver(incident);
    this.#tell('incident.delegated', incident, agentId);
    this.#ring(incident);
  }

  #startOver(incident: BookedIncident): void {
    incident.status = 'triggered';
    incident.acknowledgers = [];
  }

  #ring(incident: BookedIncident, exceptId?: string): void {
    for (const userId of incident.assignees) {
      if (userId === exceptId) continue;
      this.notifications.push({
        userId,
        incidentId: incident.id,
        title: incident.title,
        at: this.#options.now(),
        channel: incident.urgency === 'high' ? 'push' : 'email',
      });
    }
  }

  #tell(
    type: HappenedType,
    incident: BookedIncident,
    agentId: string | undefined,
    note?: Happened['note'],
  ): void {
    const snapshot = structuredClone(incident);
    const at = this.#options.now();
    const happened = { type, incident: snapshot, agentId, at, ...(note === undefined ? {} : { note }) };
    this.happened.push(happened);
    this.#options.tell(happened);
  }

  #firstLevel(policyId: string): string[] {
    const { account, now } = this.#options;
    const policy = account.policies.find(({ id }) => id === policyId);
    if (policy === undefined) throw new Refusal(400, 1014, 'Escalation Policy Not Found');
    const level = policy.levels[0];
    const scheduled = account.schedules
      .filter(({ id }) => level?.schedules?.includes(id))
      .flatMap((schedule) => onCallAt(schedule, now()).map(({ userId }) => userId));
    const onCall = [...new Set([...(level?.users ?? []), ...scheduled])];
    if (onCall.length === 0) throw new Refusal(400, 1015, 'No user on call for this escalation policy');
    return onCall;
  }

  #requireUser(userId: string | undefined): string {
    const user = this.#options.account.users.find(({ id }) => id === userId);
    if (user === undefined) throw new Refusal(400, 1007, 'Assignee Not Found');
    return user.id;
  }

  #requirePriority(priorityId: string): void {
    const known = this.#options.account.priorities.some(({ id }) => id === priorityId);
    if (!known) throw new Refusal(400, 1020, 'Priority Not Found');
  }
}
