import type { Call } from './web.ts';

/** Not asked again sooner: for what has no name, or Slack does not tell. */
const AGAIN_MS = 60_000;
const CHANNEL = /<#([CG][A-Z0-9]+)/g;
const GROUP = /<!subteam\^(S[A-Z0-9]+)/g;
const QUICK = { deadlineMs: 1_500 };

/** What channels and groups are called, as far as it was learnt: who reads a message asks nobody. */
export interface KnownNames {
  channel(id: string): string | undefined;
  group(id: string): string | undefined;
  /** Asks for the names of what these texts mention and nobody has asked for yet. Never fails. */
  learn(texts: readonly string[]): Promise<void>;
}

export function knownNames(call: Call, now: () => number): KnownNames {
  const channels = new Map<string, string>();
  const groups = new Map<string, string>();
  const asked = new Map<string, number>();
  const underWay = new Map<string, Promise<void>>();

  /** Who needs it while it is being asked waits for the same answer. */
  function ask(what: string, fetch: () => Promise<void>): Promise<void> {
    const going = underWay.get(what);
    if (going) return going;
    if (now() - (asked.get(what) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return Promise.resolve();
    asked.set(what, now());
    const doing = fetch()
      // Without its name it is called by its id; the app may lack the scope, or Slack be away.
      .catch(() => {})
      .finally(() => underWay.delete(what));
    underWay.set(what, doing);
    return doing;
  }

  async function fetchGroups(): Promise<void> {
    const { usergroups = [] } = await call<{ usergroups?: { id: string; handle?: string }[] }>(
      'usergroups.list',
      { include_disabled: true },
      QUICK,
    );
    for (const { id, handle } of usergroups) if (handle) groups.set(id, handle);
  }

  async function fetchChannel(id: string): Promise<void> {
    const { channel } = await call<{ channel: { name?: string; is_private?: boolean } }>(
      'conversations.info',
      { channel: id },
      QUICK,
    );
    // The name of a private channel is its members' only.
    if (channel.is_private) channels.set(id, 'a private channel');
    else if (channel.name) channels.set(id, channel.name);
  }

  return {
    channel: (id) => channels.get(id),
    group: (id) => groups.get(id),
    async learn(texts) {
      const all = texts.filter((text) => text.includes('<#') || text.includes('<!subteam')).join('\n');
      if (all === '') return;
      const unknown = [...all.matchAll(CHANNEL)].flatMap(([, id = '']) => (channels.has(id) ? [] : [id]));
      const newGroups = [...all.matchAll(GROUP)].some(([, id = '']) => !groups.has(id));
      await Promise.all([
        ...[...new Set(unknown)].map((id) => ask(id, () => fetchChannel(id))),
        ...(newGroups ? [ask('groups', fetchGroups)] : []),
      ]);
    },
  };
}
