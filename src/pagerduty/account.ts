import { isServiceError, ServiceError } from '../service-error.ts';
import { list, listAll } from './list.ts';
import type { RestClient } from './rest-client.ts';
import { Priority, Service, User } from './schema.ts';

/** What seldom changes in a PagerDuty account; each is asked for once and kept. */
export interface Account {
  /** The user in whose name the bot acts; refused when `from` is nobody there. */
  bot(): Promise<User>;
  /** The service on which pages are made: the configured one, or the account's only one. */
  serviceId(): Promise<string>;
  /** Undefined where the plan has no priorities or none is called so. */
  priorityId(name: string): Promise<string | undefined>;
  /** Forgets the priorities, for when PagerDuty no longer knows the one we named. */
  forgetPriorities(): void;
  userByEmail(email: string): Promise<User | undefined>;
  /** The services a check may name; at most the first two. */
  services(): Promise<Service[]>;
}

export function createAccount(
  call: RestClient,
  { from, service }: { from: string; service?: string },
): Account {
  const bot = kept(findBot);
  const services = kept(firstServices);
  const priorities = kept(allPriorities);

  async function userByEmail(email: string): Promise<User | undefined> {
    const wanted = email.trim().toLowerCase();
    // `query` matches names only, so the whole list is read.
    for await (const user of list(call, '/users', { key: 'users', row: User })) {
      if (user.email?.toLowerCase() === wanted) return user;
    }
    return undefined;
  }

  async function findBot(): Promise<User> {
    const user = await userByEmail(from);
    if (user !== undefined) return user;
    throw refused(
      `PagerDuty has no user with the e-mail ${from}; PAGERDUTY_FROM must name a user of its own.`,
    );
  }

  async function firstServices(): Promise<Service[]> {
    if (service !== undefined) {
      const answer = await call({ method: 'GET', path: `/services/${encodeURIComponent(service)}` });
      const read = Service.safeParse((answer as { service?: unknown }).service);
      return read.success ? [read.data] : [{ id: service }];
    }
    const found: Service[] = [];
    for await (const candidate of list(call, '/services', { key: 'services', row: Service })) {
      found.push(candidate);
      if (found.length === 2) break;
    }
    return found;
  }

  async function serviceId(): Promise<string> {
    if (service !== undefined) return service;
    const [only, another] = await services.get();
    if (only === undefined) throw refused('PagerDuty has no service on which a page could be made; add one.');
    if (another !== undefined) {
      throw refused('PagerDuty has more than one service; name the one for pages in PAGERDUTY_SERVICE.');
    }
    return only.id;
  }

  async function allPriorities(): Promise<Priority[]> {
    try {
      return await listAll(call, '/priorities', { key: 'priorities', row: Priority });
    } catch (error) {
      // 402: the plan has none, and will not have any in a minute.
      if (isServiceError(error, 'refused')) return [];
      throw error;
    }
  }

  async function priorityId(name: string): Promise<string | undefined> {
    const all = await priorities.get();
    return all.find((priority) => (priority.name ?? priority.summary) === name)?.id;
  }

  return {
    bot: bot.get,
    serviceId,
    priorityId,
    forgetPriorities: priorities.forget,
    userByEmail,
    services: services.get,
  };
}

function refused(message: string): ServiceError {
  return new ServiceError({ service: 'PagerDuty', kind: 'refused', message });
}

/** Asks once, also for callers at the same time; a failure is not kept. */
function kept<T>(ask: () => Promise<T>): { get(): Promise<T>; forget(): void } {
  let answer: Promise<T> | undefined;
  function forget(): void {
    answer = undefined;
  }
  function get(): Promise<T> {
    if (answer !== undefined) return answer;
    const asked = ask();
    answer = asked;
    asked.catch(() => {
      if (answer === asked) answer = undefined;
    });
    return asked;
  }
  return { get, forget };
}
