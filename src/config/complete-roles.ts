import { present } from '../domain/present.ts';
import type { RoleSetup, Roles, StartCondition, StartConditionName, Team } from '../domain/team.ts';
import { ROLES, type UsualRole } from '../domain/words.ts';
import type { TeamFile } from './team-schema.ts';

type Written<Key extends keyof TeamFile> = NonNullable<TeamFile[Key]>;

const USUAL_LABELS: Record<UsualRole, string> = {
  responder: 'Responder',
  communications: 'Communications',
  'tech-lead': 'Tech lead',
  scribe: 'Scribe',
};

/** The usual roles, then the team's own. */
export function readRoles(written: Written<'roles'>, rosters: Team['rosters']): Roles {
  const own = Object.keys(written).filter((name) => !Object.hasOwn(USUAL_LABELS, name));
  const read = (name: string, usually: string): RoleSetup => {
    const { label = usually, aliases = [], roster } = written[name] ?? {};
    return present({ label, aliases, roster: roster ?? (Object.hasOwn(rosters, name) ? name : undefined) });
  };
  const usual = ROLES.map((name) => [name, read(name, USUAL_LABELS[name])] as const);
  const others = own.map((name) => [name, read(name, inWords(name))] as const);
  // Every usual role is in it, which `fromEntries` cannot know.
  return Object.fromEntries([...usual, ...others]) as Roles;
}

/** `customer-contact` → `Customer contact` */
function inWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const CONDITION_LABELS: Record<StartConditionName, string> = {
  paged: 'paged',
  acknowledged: 'acknowledged',
  'channel-open': 'channel open',
  'community-told': 'community told',
  responder: 'responder named',
  communications: 'communications taken',
  'impact-start': 'impact start known',
};

/** The rule of 2i2c; what a team that says nothing gets. */
const USUAL_CONDITIONS: readonly StartConditionName[] = [
  'paged',
  'acknowledged',
  'channel-open',
  'community-told',
];

export function readStartConditions(written: TeamFile['start_conditions']): StartCondition[] {
  return (written ?? USUAL_CONDITIONS).map((condition) => {
    if (typeof condition === 'string') return { name: condition, label: CONDITION_LABELS[condition] };
    return { name: condition.is, label: condition.label };
  });
}
