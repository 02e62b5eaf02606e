import type { Account } from './account.ts';
import { incidentPath } from './incidents.ts';
import { listAll } from './list.ts';
import type { RestClient } from './rest-client.ts';
import { Incident, LogEntry } from './schema.ts';

/** A person has said in PagerDuty that they have it, or that it is over. */
export interface PageAnswer {
  kind: 'acknowledged' | 'resolved';
  /** When they did it, by PagerDuty's clock. */
  at: Date;
  user: { id: string; name: string };
}

const KINDS: Record<string, PageAnswer['kind']> = {
  acknowledge_log_entry: 'acknowledged',
  resolve_log_entry: 'resolved',
};

interface Parts {
  call: RestClient;
  account: Account;
}

/** Clocks differ: PagerDuty may have made a page a little before we sent it. */
const CLOCKS_MS = 10 * 60_000;

/**
 * The answers to these pages, by id; those that ring on are left out. One look tells which have moved, and only
 * their logs are read. `since`: when the first of them was sent.
 */
export async function answersTo(
  { call, account }: Parts,
  ids: readonly string[],
  since: Date,
): Promise<Map<string, PageAnswer>> {
  const moved = await listAll(call, '/incidents', {
    key: 'incidents',
    row: Incident,
    query: {
      'statuses[]': ['acknowledged', 'resolved'],
      since: new Date(since.getTime() - CLOCKS_MS).toISOString(),
    },
  });
  const answers = new Map<string, PageAnswer>();
  for (const { id } of moved.filter((incident) => ids.includes(incident.id))) {
    const answer = await answerTo({ call, account }, id);
    if (answer) answers.set(id, answer);
  }
  return answers;
}

/** When PagerDuty first notified anybody of this page; nothing when it has not yet. */
export async function notifiedAt(call: RestClient, id: string): Promise<Date | undefined> {
  const entries = await logOf(call, id);
  const times = entries
    .filter(({ type }) => type === 'notify_log_entry')
    .map(({ created_at }) => Date.parse(created_at));
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

function logOf(call: RestClient, id: string): Promise<LogEntry[]> {
  return listAll(call, `${incidentPath(id)}/log_entries`, {
    key: 'log_entries',
    row: LogEntry,
    query: { is_overview: 'false' },
  });
}

/** The first answer of a person; what automation or the bot itself did is none. */
async function answerTo({ call, account }: Parts, id: string): Promise<PageAnswer | undefined> {
  const [bot, entries] = await Promise.all([account.bot(), logOf(call, id)]);
  // The log tells the latest first; what shares a second stays in its order.
  const answers = entries.toReversed().flatMap(({ type, created_at, agent }): PageAnswer[] => {
    const kind = KINDS[type];
    if (!kind || !agent?.type.startsWith('user') || agent.id === bot.id) return [];
    return [{ kind, at: new Date(created_at), user: { id: agent.id, name: agent.summary ?? agent.id } }];
  });
  return answers.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
}
