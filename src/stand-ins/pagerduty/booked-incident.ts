export type Status = 'triggered' | 'acknowledged' | 'resolved';

export interface BookedIncident {
  id: string;
  number: number;
  key: string;
  title: string;
  details: string;
  status: Status;
  urgency: 'high' | 'low';
  serviceId: string;
  policyId: string;
  assignedVia: 'direct_assignment' | 'escalation_policy';
  assignees: string[];
  acknowledgers: { userId: string; at: number }[];
  priorityId: string | undefined;
  createdAt: number;
  changedAt: number;
  notes: { id: string; userId: string; content: string; at: number }[];
}

/** A person's telephone rang, or their mail came in. */
export interface Notified {
  userId: string;
  incidentId: string;
  title: string;
  at: number;
  channel: 'push' | 'email';
}

export type HappenedType =
  | 'incident.triggered'
  | 'incident.acknowledged'
  | 'incident.unacknowledged'
  | 'incident.reassigned'
  | 'incident.delegated'
  | 'incident.reopened'
  | 'incident.resolved'
  | 'incident.priority_updated'
  | 'incident.annotated';

/** What a webhook would tell. The incident is as it was at that moment. */
export interface Happened {
  type: HappenedType;
  incident: BookedIncident;
  /** Undefined for automation. */
  agentId: string | undefined;
  at: number;
  note?: { id: string; content: string };
}

export interface NewIncident {
  title: string;
  details: string;
  serviceId: string;
  key?: string;
  urgency: 'high' | 'low';
  priorityId?: string;
  assigneeId?: string;
  policyId?: string;
}

export interface IncidentChange {
  status?: Status;
  assigneeIds?: string[];
  policyId?: string;
  priorityId?: string;
  title?: string;
  urgency?: 'high' | 'low';
}
