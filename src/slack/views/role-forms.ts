import type { KnownBlock } from '@slack/web-api';
import type { Incident } from '../../domain/incident.ts';
import { roleLabel, rolesOf } from '../../domain/role-names.ts';
import type { Team } from '../../domain/team.ts';
import type { PersonId, Role } from '../../domain/words.ts';
import { isSlackUser, VIEWS } from '../ids.ts';
import { choice, type FormMemory, field, input, modal, type View } from './forms.ts';

function memoryOf({ number, channel }: Incident): FormMemory {
  return { incident: number, ...(channel ? { channelId: channel.id } : {}) };
}

/** Hands a role over: which, to whom, and with which words. */
export function handoffForm(
  incident: Incident,
  team: Team,
  given: { role: Role; brief: string; to?: PersonId },
): View {
  const roles = rolesOf(team, incident).map((role) => ({ value: role, label: roleLabel(team, role) }));
  return modal(VIEWS.handoff, memoryOf(incident), 'Hand over a role', 'Offer it', [
    choice('role', 'Which role?', roles, given.role),
    person('to', 'Who is asked?', given.to, {
      hint: 'Proposed is somebody whose day it is. The role moves when they accept; without an answer in time the next person is asked.',
    }),
    input('brief', 'What they must know', {
      initial: given.brief,
      multiline: true,
      hint: 'Markdown, written from what happened. Change it as you like.',
    }),
  ]);
}

/** All roles at once; an empty field means nobody. */
export function rolesForm(incident: Incident, team: Team): View {
  const fields = rolesOf(team, incident).map((role) =>
    person(`role-${role}`, roleLabel(team, role), incident.roles[role], { optional: true }),
  );
  return modal(VIEWS.roles, memoryOf(incident), 'Who does what', 'Save', fields);
}

/** Says why a role is not taken. */
export function declineForm(incident: Incident, handoff: string): View {
  return modal(VIEWS.decline, { ...memoryOf(incident), handoff }, 'Decline the role', 'Decline', [
    input('why', 'Why not? The channel reads it.', { optional: true, max: 300 }),
  ]);
}

function person(
  id: string,
  label: string,
  initial: PersonId | undefined,
  options: { optional?: boolean; hint?: string } = {},
): KnownBlock {
  const element = {
    type: 'users_select',
    action_id: 'value',
    ...(initial !== undefined && isSlackUser(initial) ? { initial_user: initial } : {}),
  } as const;
  return field(id, label, element, options);
}
