import { briefWriter } from '../../actions/hand-over.ts';
import { profileOfPerson } from '../../actions/profiles.ts';
import { nowOf } from '../../core.ts';
import type { Incident } from '../../domain/incident.ts';
import { nameOf } from '../../domain/people.ts';
import { objection } from '../../domain/permitted.ts';
import { standingOffer } from '../../domain/role-state.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import { successorFor } from '../../domain/successor.ts';
import type { PersonId, Role } from '../../domain/words.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { handoffForm } from '../views/role-forms.ts';
import { openView } from './declare.ts';

/** Opens the form with the brief to edit, and says in a line who would be asked and how to ask them without it. */
export async function openHandoffForm(gesture: Gesture, here: Incident, role: Role): Promise<Reply> {
  const { core } = gesture;
  const against = objection(here, 'handoff');
  if (against) return { text: against };
  const now = nowOf(core);
  const next = successorFor(core.team, here, role, { now, asked: [gesture.person] });
  const write = await briefWriter(core, here.number, role, { call: await namesIn(gesture, here) });
  const proposed = next.kind === 'person' ? { to: next.person } : {};
  openView(gesture, handoffForm(here, core.team, { role, brief: write(here), ...proposed }));
  const standing = standingOffer(here, role);
  const offered = standing
    ? ` It is offered to ${mention(standing.to)} now; a new offer takes its place.`
    : '';
  const type = `Without it: \`/incident handoff ${role} @person\`.`;
  if (next.kind === 'nobody')
    return { text: `The form with the brief opens. ${next.reason}. ${type}${offered}` };
  return {
    text: `The form with the brief opens. I propose ${mention(next.person)}: ${next.reason}. ${type}${offered}`,
  };
}

/** In a form nobody can be mentioned: people stand in it by name. */
async function namesIn({ core }: Gesture, here: Incident): Promise<(person: PersonId) => string> {
  const profiles = await Promise.all(
    here.people.map(async (id) => [id, (await profileOfPerson(core, id))?.name] as const),
  );
  const names = new Map(profiles);
  return (id) => asTyped(names.get(id) ?? nameOf(core.team, id));
}
