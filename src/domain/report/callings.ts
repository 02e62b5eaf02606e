import type { Incident } from '../incident.ts';
import { heldIn } from '../public-form/find-held.ts';
import type { Entry } from '../timeline.ts';
import { type PersonId, ROLES } from '../words.ts';
import { asInSentence, type Hidden, NOBODY_HIDDEN, type Pseudonyms, pseudonyms } from './pseudonyms.ts';
import { memberOf, plainName, type ReportNames, type ReportTeam } from './report-team.ts';

/** What a report calls people, in its own sentences and in theirs. */
export interface Callings extends Pseudonyms {
  /** `before`: the words of the sentence so far; without them the label begins it. */
  person(id: PersonId, before?: string): string;
  /** Whether an address is held back for what it leads to, so that its host is not shown either. */
  holds?(url: string): boolean;
  /** Files that came with messages are for their team only. */
  showsFiles?: true;
  /** What a kept picture is called beside the report; nothing where it is not shown. */
  picture?(path: string): string | undefined;
  /** Whether a kept file is not there where the report goes: it is named and not linked. */
  lacks?(path: string): boolean;
  /** What a channel is called, if that is known. */
  channel?(id: string): string | undefined;
}

const PRIMARY = 'Primary engineer';
const ORDINALS = ['Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];

/** The private form: everybody by their own name. */
export function ownNames(names: ReportNames): Callings {
  return {
    person: (id) => plainName(id, names),
    channel: (id) => names.channel?.(id),
    showsFiles: true,
    ...NOBODY_HIDDEN,
  };
}

/** Everybody who can be named in an incident, and who of them takes part. */
interface Cast {
  incident: Incident;
  entries: readonly Entry[];
  /** People whom texts mention. */
  mentioned: readonly PersonId[];
  team: ReportTeam;
  names: ReportNames;
}

/**
 * The public form: by role. First what an entry knows of its author, then the title of the team's file, then the part
 * in this incident. Who is outside the team keeps their name only if the team lets it through.
 */
export function publicCallings(cast: Cast): Callings {
  const { team, names, incident } = cast;
  const taken = new Map<string, number>();
  const labels = new Map<string, string>();
  const hidden: Hidden[] = [];
  const known = knownRoles(cast, namesOfAll(cast));
  let engineers = 1;

  const call = (id: PersonId, member: ReportTeam['people'][number] | undefined, partOf: () => string) => {
    const name = member?.name ?? plainName(id, names);
    if (labels.has(name)) return;
    const role = known.get(id) ?? member?.title;
    const inside =
      member !== undefined || holdsRole(incident, id) || (role === undefined && team.people.length === 0);
    if (!inside && team.report.namesFromOutside) {
      labels.set(name, name);
      return;
    }
    const label = distinct(taken, role ?? partOf());
    labels.set(name, label);
    // Whoever is known by nothing but their part has no name to hide.
    if (label.toLowerCase() === name.toLowerCase()) return;
    hidden.push({
      label,
      names: [...new Set([name, plainName(id, names), ...(names.otherNames?.(id) ?? [])])],
      handles: [member?.github, member?.slack ?? (id.startsWith('name:') ? undefined : id)].filter(isGiven),
      emails: [member?.email].filter(isGiven),
    });
  };

  const namedInCase = castOf(incident).map(([id]) => id);
  const took = [...incident.people, ...cast.entries.flatMap(authorOf), ...namedInCase];
  for (const id of [...new Set([...took, ...cast.mentioned])]) {
    const member = memberOf(team, id, names);
    call(id, member, () => {
      if (id === firstResponder(incident)) return PRIMARY;
      if (member && isTechLead(team, member.name)) return 'Tech lead';
      if (!member && !holdsRole(incident, id) && team.people.length > 0) return outsider(team, incident);
      if (!took.includes(id)) return 'Team member';
      const own = ownRole(team, incident, id);
      if (own !== undefined) return own;
      engineers += 1;
      return engineers === 2 ? 'Second engineer' : `${ORDINALS[engineers - 2] ?? 'Another'} engineer`;
    });
  }
  for (const member of team.people) {
    call(member.slack ?? `name:${member.name}`, member, () =>
      isTechLead(team, member.name) ? 'Tech lead' : 'Team member',
    );
  }
  const called = new Map<PersonId, { name: string; label: string }>();
  const callingOf = (id: PersonId) => {
    const known = called.get(id);
    if (known) return known;
    const name = memberOf(team, id, names)?.name ?? plainName(id, names);
    const calling = { name, label: labels.get(name) ?? 'Somebody' };
    called.set(id, calling);
    return calling;
  };
  const person = (id: PersonId, before = '') => {
    const { name, label } = callingOf(id);
    return label === name ? name : asInSentence(label, before);
  };
  return { person, channel: (id) => names.channel?.(id), ...pseudonyms(hidden) };
}

/** Roles that entries name for their authors; the first one stands. One that gives somebody away is none. */
function knownRoles(cast: Cast, names: Pseudonyms): Map<PersonId, string> {
  const roles = new Map<PersonId, string>();
  const ofEntries = cast.entries.map((entry) => [authorOf(entry)[0], entry.content.role?.trim()] as const);
  for (const [id, role] of [...castOf(cast.incident), ...ofEntries]) {
    const tells = role === undefined || names.tell(role) || heldIn(role, 'words').length > 0;
    if (id !== undefined && role && !roles.has(id) && !tells) roles.set(id, role);
  }
  return roles;
}

/** Whoever is called by their part from the start, "Primary engineer", has no name that a role could give away. */
function namesOfAll({ incident, entries, mentioned, team, names }: Cast): Pseudonyms {
  const parts = new Set(
    entries.flatMap((entry) =>
      authorOf(entry)
        .filter((id) => id.toLowerCase() === `name:${entry.content.role?.trim().toLowerCase()}`)
        .map((id) => plainName(id, names)),
    ),
  );
  const titles = team.people.flatMap(({ title }) => (title ? [title.toLowerCase()] : []));
  const cast = castOf(incident).map(([id]) => id);
  const ids = [...incident.people, ...entries.flatMap(authorOf), ...mentioned, ...cast];
  const all = [
    ...ids.map((id) => plainName(id, names)).filter((name) => !parts.has(name)),
    ...team.people.map(({ name }) => name),
  ];
  const found = [...new Set(all)].filter((name) => !titles.includes(name.toLowerCase()) && name !== PRIMARY);
  const others = ids.flatMap((id) => names.otherNames?.(id) ?? []);
  const handles = [...others, ...team.people.map(({ github }) => github)].filter(isGiven);
  return pseudonyms([{ label: '', names: found, handles, emails: [] }]);
}

/** Whom an imported case names without an entry of theirs, and their role. */
function castOf({ written }: Incident): (readonly [PersonId, string])[] {
  return (written?.cast ?? []).map(({ person, role }) => [`name:${person}`, role] as const);
}

function authorOf(entry: Entry): PersonId[] {
  return entry.author.kind === 'person' ? [entry.author.id] : [];
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Two people never share a label: the next one is the `Second …`. */
function distinct(taken: Map<string, number>, role: string): string {
  const label = role.charAt(0).toUpperCase() + role.slice(1);
  const count = (taken.get(label.toLowerCase()) ?? 0) + 1;
  taken.set(label.toLowerCase(), count);
  if (count === 1) return label;
  const small = /\p{Lu}/u.test(label.slice(1)) ? label : label.charAt(0).toLowerCase() + label.slice(1);
  return `${ORDINALS[count - 2] ?? `${count}th`} ${small}`;
}

/** Who led first: a responder who handed over stays the primary engineer of the story. */
function firstResponder(incident: Incident): PersonId | undefined {
  const handed = Object.values(incident.handoffs)
    .filter(({ role, state }) => role === 'responder' && state === 'accepted')
    .sort((a, b) => a.offeredAt - b.offeredAt);
  return handed[0]?.from ?? incident.roles.responder;
}

function holdsRole(incident: Incident, id: PersonId): boolean {
  const ever = (incident.tenures ?? []).some(({ person }) => person === id);
  return ever || Object.values(incident.roles).includes(id) || id === firstResponder(incident);
}

/** A role of the team's own says more of somebody than the order in which they came. */
function ownRole({ roles = {} }: ReportTeam, incident: Incident, id: PersonId): string | undefined {
  const usual: readonly string[] = ROLES;
  const held = (incident.tenures ?? []).filter(({ role, person }) => person === id && !usual.includes(role));
  const [first] = held.flatMap(({ role }) => (Object.hasOwn(roles, role) ? (roles[role]?.label ?? []) : []));
  return first;
}

function isTechLead(team: ReportTeam, name: string): boolean {
  return team.rosters['tech-lead']?.members.includes(name) ?? false;
}

function outsider(team: ReportTeam, incident: Incident): string {
  const service = team.services.find(({ name }) => name === incident.service);
  return service?.communities.find(({ contact }) => contact)?.contact ?? 'Community member';
}
