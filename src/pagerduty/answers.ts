import type { Account } from './account.ts';
import { type Incidents, incidentPath } from './incidents.ts';
import { listAll } from './list.ts';
import type { RestClient } from './rest-client.ts';
import { LogEntry } from './schema.ts';

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
  incidents: Incidents;
}

/** The first answer of a person to a page that has one; what automation or the bot itself did is none. */
export async function answerTo(
  { call, account, incidents }: Parts,
  id: string,
): Promise<PageAnswer | undefined> {
  const { status } = await incidents.get(id);
  if (status === 'triggered') return undefined;
  const [bot, entries] = await Promise.all([
    account.bot(),
    listAll(call, `${incidentPath(id)}/log_entries`, {
      key: 'log_entries',
      row: LogEntry,
      query: { is_overview: 'false' },
    }),
  ]);
  // The log tells the latest first; what shares a second stays in its order.
  const answers = entries.toReversed().flatMap(({ type, created_at, agent }): PageAnswer[] => {
    const kind = KINDS[type];
    if (!kind || !agent?.type.startsWith('user') || agent.id === bot.id) return [];
    return [{ kind, at: new Date(created_at), user: { id: agent.id, name: agent.summary ?? agent.id } }];
  });
  return answers.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
}
