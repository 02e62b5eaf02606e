import type { Incident } from './incident.ts';
import { asTyped } from './sentence.ts';
import type { Roles, Team } from './team.ts';
import type { Role, UsualRole } from './words.ts';

/** Other names by which teams know the usual roles. */
const ALIASES = new Map<string, UsualRole>(
  Object.entries({
    lead: 'responder',
    ic: 'responder',
    commander: 'responder',
    'incident-commander': 'responder',
    communication: 'communications',
    comms: 'communications',
    liaison: 'communications',
    techlead: 'tech-lead',
    tl: 'tech-lead',
  } satisfies Record<string, UsualRole>),
);

/** A role may have a label of several words. */
const WORDS_MAX = 5;

/** The role that a word means: its name, a word of the team's for it, its label, or a usual word for it. */
export function readRole(word: string, roles: Roles): Role | undefined {
  const wanted = bare(word);
  const named = Object.entries(roles);
  const [found] =
    named.find(([name]) => name === wanted) ??
    named.find(([, { aliases }]) => aliases.some((alias) => bare(alias) === wanted)) ??
    named.find(([, { label }]) => bare(label) === wanted) ??
    [];
  return found ?? ALIASES.get(wanted);
}

/** Takes a role off the front of what was typed, the longest that there is: `customer contact @ana`. */
export function takeRole(text: string, roles: Roles): { role: Role; rest: string } | undefined {
  const words = text.trim().split(/\s+/);
  for (let count = Math.min(WORDS_MAX, words.length); count > 0; count -= 1) {
    const role = readRole(words.slice(0, count).join(' '), roles);
    if (role !== undefined) return { role, rest: words.slice(count).join(' ') };
  }
  return undefined;
}

export function noSuchRole(word: string, roles: Roles): string {
  return `“${asTyped(word)}” is no role. One of: ${Object.keys(roles).map(asTyped).join(', ')}.`;
}

/** What messages call a role; one that the team's file no longer names goes by its name. */
export function roleLabel({ roles }: Pick<Team, 'roles'>, role: Role): string {
  return Object.hasOwn(roles, role) ? (roles[role]?.label ?? role) : role;
}

/** The roles of an incident in the team's order, and those held that the team's file no longer names. */
export function rolesOf({ roles }: Pick<Team, 'roles'>, incident: Pick<Incident, 'roles'>): Role[] {
  return [...new Set([...Object.keys(roles), ...Object.keys(incident.roles)])];
}

function bare(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}
