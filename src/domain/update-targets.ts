import type { Incident } from './incident.ts';
import type { Recipient, Team } from './team.ts';
import type { Audience } from './written-updates.ts';

/** By what an update goes out. */
export type Way =
  | { by: 'slack'; channel: string }
  | { by: 'mail'; address: string }
  | { by: 'webhook'; webhook: string; recipient: string; address?: string }
  | { by: 'statuspage' }
  | { by: 'feed' };

export type WayName = Way['by'];

/** A place where an update can go. */
export interface Target {
  /** The same as long as the team's file has it. */
  id: string;
  /** In messages: `#leap-2i2c`, `LEAP by e-mail`. */
  label: string;
  audience: Audience;
  way: Way;
  /** Whose it is: the community's or stakeholder's name. */
  recipient?: string;
  /** Whether it gets an update unless somebody says otherwise. */
  usual: boolean;
}

/**
 * Everywhere an update of this incident can go, by the ways that are set up: the affected service's communities,
 * stakeholders, the announcement channel, status pages. Communities of other services are offered and not usual.
 */
export function targetsOf(
  team: Team,
  incident: Pick<Incident, 'service' | 'private'>,
  ways: ReadonlySet<WayName>,
): Target[] {
  const targets = [
    ...team.services.flatMap(({ name, communities }) =>
      communities.flatMap((community) =>
        targetsOfRecipient(team, community, 'community', name === incident.service),
      ),
    ),
    ...team.stakeholders.flatMap((one) => targetsOfRecipient(team, one, 'stakeholders', true)),
    ...publicTargets(team),
  ];
  const announced = announcements(team.announcements, targets);
  const byId = new Map<string, Target>();
  for (const target of [...targets, ...announced]) {
    const known = byId.get(target.id);
    // A community of two services is affected when either is.
    if (!known || (target.usual && !known.usual)) byId.set(target.id, target);
  }
  const set = [...byId.values()].filter(({ way }) => ways.has(way.by));
  return incident.private ? privateTargets(set) : set;
}

/** A page that everybody reads is no place for a private incident; Statuspage is, if somebody says so. */
function privateTargets(targets: readonly Target[]): Target[] {
  return targets
    .filter(({ way }) => way.by !== 'feed')
    .map((target) => ({ ...target, usual: target.usual && target.audience !== 'public' }));
}

function targetsOfRecipient(
  team: Team,
  recipient: Recipient,
  audience: 'community' | 'stakeholders',
  usual: boolean,
): Target[] {
  const { name, channel, email, webhook } = recipient;
  const common = { audience, usual, recipient: name };
  const hook = webhook === undefined ? undefined : team.webhooks[webhook];
  const targets: Target[] = [];
  if (channel !== undefined) {
    targets.push({
      ...common,
      id: `channel:${channel}`,
      label: channelLabel(channel),
      way: { by: 'slack', channel },
    });
  }
  if (hook) {
    const way: Way = {
      by: 'webhook',
      webhook: hook.name,
      recipient: name,
      ...(email === undefined ? {} : { address: email }),
    };
    targets.push({ ...common, id: `webhook:${hook.name}:${name}`, label: `${name} by ${hook.name}`, way });
  }
  // In Freshdesk the address is whose ticket it is, and Freshdesk writes to it.
  if (email !== undefined && hook?.form !== 'freshdesk') {
    targets.push({
      ...common,
      id: `mail:${name}`,
      label: `${name} by e-mail`,
      way: { by: 'mail', address: email },
    });
  }
  return targets;
}

function publicTargets(team: Team): Target[] {
  const common = { audience: 'public', usual: true } as const;
  return [
    ...(team.atlassianStatuspage
      ? [{ ...common, id: 'statuspage', label: 'Statuspage', way: { by: 'statuspage' } as const }]
      : []),
    ...(team.statusPage
      ? [{ ...common, id: 'feed', label: 'the status page', way: { by: 'feed' } as const }]
      : []),
  ];
}

/** Where the team's file names nobody else to tell, the announcement channel is where the community reads. */
function announcements(channel: string | undefined, others: readonly Target[]): Target[] {
  const taken = others.some(({ way }) => way.by === 'slack' && plain(way.channel) === plain(channel ?? ''));
  if (channel === undefined || taken) return [];
  return [
    {
      id: 'announcements',
      label: channelLabel(channel),
      audience: others.length === 0 ? 'community' : 'announcements',
      way: { by: 'slack', channel },
      usual: true,
    },
  ];
}

function channelLabel(channel: string): string {
  return /^[CG][A-Z0-9]{6,}$/.test(channel) ? `channel ${channel}` : `#${channel.replace(/^#/, '')}`;
}

/** What somebody typed for targets: `LEAP, #incidents`. `unknown`: a word that names none of them. */
export function targetsCalled(
  targets: readonly Target[],
  words: string,
): { chosen: Target[] } | { unknown: string } {
  const chosen = new Set<Target>();
  for (const word of words.split(/\s*(?:,|\band\b)\s*/i).filter(Boolean)) {
    const found = targets.filter((target) => isCalled(target, word));
    if (found.length === 0) return { unknown: word };
    for (const target of found) chosen.add(target);
  }
  return { chosen: [...chosen] };
}

function isCalled({ id, label, recipient, audience }: Target, word: string): boolean {
  const wanted = plain(word);
  return [id, label, recipient ?? label, audience, 'all'].map(plain).includes(wanted);
}

function plain(word: string): string {
  return word.trim().toLowerCase().replace(/^#/, '');
}
