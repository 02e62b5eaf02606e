import { isServiceError, ServiceError } from '../service-error.ts';
import type { RestClient } from './rest-client.ts';
import { type Incident, IncidentAnswer, IncidentsAnswer } from './schema.ts';
import { incidentAsTold, type PagerDutyIncidentEvent } from './webhook.ts';

/** Reading and changing single incidents so that doing it twice is the same as doing it once. */
export interface Incidents {
  get(id: string): Promise<Incident>;
  /** As its webhook would tell of it now; nothing when there is none. */
  told(id: string): Promise<PagerDutyIncidentEvent | undefined>;
  /** By key on one service, whatever its status; the open one before closed ones, then the newest. */
  findByKey(key: string, serviceId: string): Promise<Incident | undefined>;
  /**
   * Makes the change unless `done` says that it stands already. After a refusal or a lost answer the
   * incident is read again, and `done` decides.
   */
  change(id: string, change: object, done: (incident: Incident) => boolean): Promise<void>;
}

export function createIncidents(call: RestClient): Incidents {
  async function get(id: string): Promise<Incident> {
    return readIncident(await call({ method: 'GET', path: incidentPath(id) })).incident;
  }

  async function told(id: string): Promise<PagerDutyIncidentEvent | undefined> {
    try {
      const answer = await call({ method: 'GET', path: incidentPath(id) });
      const incident =
        typeof answer === 'object' && answer !== null && 'incident' in answer && answer.incident;
      return typeof incident === 'object' && incident !== null ? incidentAsTold(incident) : undefined;
    } catch (error) {
      if (isServiceError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  async function findByKey(key: string, serviceId: string): Promise<Incident | undefined> {
    const answer = await call({
      method: 'GET',
      path: '/incidents',
      query: {
        incident_key: key,
        date_range: 'all',
        'service_ids[]': [serviceId],
        'statuses[]': ['triggered', 'acknowledged', 'resolved'],
        limit: '100',
      },
    });
    const read = IncidentsAnswer.safeParse(answer);
    if (!read.success) throw unreadable('unreachable');
    const newestFirst = read.data.incidents.toSorted((a, b) => createdAt(b) - createdAt(a));
    return newestFirst.find((incident) => incident.status !== 'resolved') ?? newestFirst[0];
  }

  async function change(id: string, wanted: object, done: (incident: Incident) => boolean): Promise<void> {
    if (done(await get(id))) return;
    try {
      await call({
        method: 'PUT',
        path: incidentPath(id),
        body: { incident: { type: 'incident_reference', ...wanted } },
      });
    } catch (error) {
      if (!isServiceError(error, 'refused', 'unknown-outcome')) throw error;
      if (!(await stands(id, done))) throw error;
    }
  }

  async function stands(id: string, done: (incident: Incident) => boolean): Promise<boolean> {
    try {
      return done(await get(id));
    } catch {
      return false;
    }
  }

  return { get, told, findByKey, change };
}

export function incidentPath(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}

/** The incident of an answer; after a write an unreadable one leaves the outcome unknown. */
export function readIncident(
  answer: unknown,
  otherwise: 'unreachable' | 'unknown-outcome' = 'unreachable',
): { incident: Incident } {
  const read = IncidentAnswer.safeParse(answer);
  if (!read.success) throw unreadable(otherwise);
  return read.data;
}

function unreadable(kind: 'unreachable' | 'unknown-outcome'): ServiceError {
  return new ServiceError({
    service: 'PagerDuty',
    kind,
    message: 'PagerDuty answered with an incident that cannot be read.',
    code: 'BAD_ANSWER',
  });
}

function createdAt(incident: Incident): number {
  return Date.parse(incident.created_at ?? '') || 0;
}
