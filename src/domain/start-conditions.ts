import type { Incident } from './incident.ts';
import { heldSince } from './role-state.ts';
import { listed, mention } from './sentence.ts';
import type { StartConditionName, Team } from './team.ts';
import type { Actor, Instant } from './words.ts';

/** What must hold for an incident to be started by the team's own rule. */
export interface Condition {
  name: StartConditionName;
  label: string;
  /** When it came to hold, and who brought it about, in Markdown. Absent: it does not hold. */
  met?: { at: Instant; who: string };
}

export function startConditions(incident: Incident, team: Pick<Team, 'startConditions'>): Condition[] {
  return team.startConditions.map(({ name, label }) => {
    const met = MET[name](incident);
    return met ? { name, label, met } : { name, label };
  });
}

/** When the last condition came to hold; nothing while one is missing, or where the team has no rule. */
export function startedAt(conditions: readonly Condition[]): Instant | undefined {
  const times = conditions.flatMap(({ met }) => (met ? [met.at] : []));
  return times.length > 0 && times.length === conditions.length ? Math.max(...times) : undefined;
}

const MET: Record<StartConditionName, (incident: Incident) => Condition['met']> = {
  paged(incident) {
    const pages = Object.values(incident.pages);
    const [first] = pages;
    if (!first) return undefined;
    return { at: first.pagedAt, who: listed([...new Set(pages.map(({ person }) => mention(person)))]) };
  },
  acknowledged(incident) {
    const page = Object.values(incident.pages).find(({ state }) => state === 'acknowledged');
    if (page?.settledAt === undefined) return undefined;
    return { at: page.settledAt, who: page.settledBy ? actorWords(page.settledBy) : mention(page.person) };
  },
  'channel-open': ({ channel }) =>
    channel && { at: channel.openedAt ?? 0, who: actorWords({ kind: 'daywatch' }) },
  'community-told'({ updates }) {
    if (updates.firstAt === undefined) return undefined;
    return { at: updates.firstAt, who: updates.firstBy ? actorWords(updates.firstBy) : '' };
  },
  responder: (incident) => held(incident, 'responder'),
  communications: (incident) => held(incident, 'communications'),
  'impact-start': ({ impact }) => impact.start && { at: impact.start.at, who: '' },
};

function held(incident: Incident, role: string): Condition['met'] {
  const person = incident.roles[role];
  const at = heldSince(incident, role);
  return person === undefined || at === undefined ? undefined : { at, who: mention(person) };
}

function actorWords(actor: Actor): string {
  return actor.kind === 'person' ? mention(actor.id) : actor.kind === 'service' ? actor.name : 'Daywatch';
}
