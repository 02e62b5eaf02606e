import { isServiceError, ServiceError } from '../service-error.ts';
import type { Account } from './account.ts';
import { type Incidents, readIncident } from './incidents.ts';
import type { RestClient } from './rest-client.ts';
import type { Incident } from './schema.ts';

/** Whom it rings: one person, or whoever a policy calls, from its first level on. */
export type Paged = { userId: string } | { policyId: string };

export interface PageRequest {
  /** Our own id of this page; the same for every try. */
  key: string;
  title: string;
  details: string;
  to: Paged;
  urgency: 'high' | 'low';
  /** As it is called in the account: `P1`. Left out of the page when the account has none called so. */
  priorityName?: string;
  /** Nothing was sent for this key so far: create without looking, so that paging costs one call. */
  firstTry?: boolean;
}

export interface PlacedPage {
  id: string;
  htmlUrl: string;
  number?: number;
}

interface Parts {
  call: RestClient;
  account: Account;
  incidents: Incidents;
}

/**
 * Makes the one incident of this key, assigned to one person or to a policy. A key that has an incident already, in
 * whatever status, is never given a second: an answered page may be resolved before we look.
 */
export async function pageOnce(
  { call, account, incidents }: Parts,
  request: PageRequest,
): Promise<PlacedPage> {
  const [serviceId, priorityId] = await Promise.all([
    account.serviceId(),
    priorityOrNone(account, request.priorityName),
    'userId' in request.to && refuseSelfPage(account, request.to.userId),
  ]);
  if (request.firstTry !== true) {
    const standing = await incidents.findByKey(request.key, serviceId);
    if (standing !== undefined) return placed(standing);
  }
  try {
    return await create(priorityId);
  } catch (error) {
    if (!isServiceError(error, 'refused', 'unknown-outcome')) throw error;
    const standing = await lookAfter(error);
    if (standing !== undefined) return placed(standing);
    if (error.code !== UNKNOWN_PRIORITY || priorityId === undefined) throw error;
    account.forgetPriorities();
    return create(undefined);
  }

  async function create(priority: string | undefined): Promise<PlacedPage> {
    const answer = await call({
      method: 'POST',
      path: '/incidents',
      body: { incident: newIncident(request, serviceId, priority) },
    });
    const { incident } = readIncident(answer, 'unknown-outcome');
    if (incident.status === 'acknowledged') throw selfPage();
    return placed(incident);
  }

  async function lookAfter(error: ServiceError): Promise<Incident | undefined> {
    if (error.code === SELF_PAGE) return undefined;
    try {
      return await incidents.findByKey(request.key, serviceId);
    } catch {
      throw error;
    }
  }
}

const UNKNOWN_PRIORITY = '1020';
const SELF_PAGE = 'SELF_PAGE';

/** A page without its priority is better than none. */
async function priorityOrNone(account: Account, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  try {
    return await account.priorityId(name);
  } catch (error) {
    if (isServiceError(error)) return undefined;
    throw error;
  }
}

/**
 * An incident that the calling user assigns to themselves is created acknowledged and rings nowhere
 * (PagerDuty's documentation of `POST /incidents`). When the look-up fails the page goes on, and the
 * answer's status tells.
 */
async function refuseSelfPage(account: Account, userId: string): Promise<void> {
  try {
    if ((await account.bot()).id === userId) throw selfPage();
  } catch (error) {
    if (isServiceError(error, 'unreachable', 'rate-limited')) return;
    throw error;
  }
}

export function selfPage(): ServiceError {
  return new ServiceError({
    service: 'PagerDuty',
    kind: 'refused',
    message:
      'PagerDuty pages nobody when the user of PAGERDUTY_FROM is the one to be paged; give Daywatch a PagerDuty user of its own.',
    code: SELF_PAGE,
  });
}

function newIncident(request: PageRequest, serviceId: string, priorityId: string | undefined): object {
  return {
    type: 'incident',
    title: request.title,
    service: { id: serviceId, type: 'service_reference' },
    urgency: request.urgency,
    ...(priorityId === undefined ? {} : { priority: { id: priorityId, type: 'priority_reference' } }),
    incident_key: request.key,
    ...assigned(request.to),
    body: { type: 'incident_body', details: request.details },
  };
}

/** PagerDuty takes one of the two, never both. */
function assigned(to: Paged): object {
  return 'userId' in to
    ? { assignments: [{ assignee: { id: to.userId, type: 'user_reference' } }] }
    : { escalation_policy: { id: to.policyId, type: 'escalation_policy_reference' } };
}

function placed(incident: Incident): PlacedPage {
  return {
    id: incident.id,
    htmlUrl: incident.html_url ?? '',
    ...(incident.incident_number == null ? {} : { number: incident.incident_number }),
  };
}
