import { offerRole } from '../actions/hand-over.ts';
import type { PersonId, Role } from '../domain/words.ts';
import { assignAll, whyNotHolder } from './commands/roles.ts';
import { replyOf } from './gesture.ts';
import type { FormAnswer, Submitted } from './submitted.ts';
import { plainFromMarkdown } from './text/to-slack.ts';

/** The handoff form came back: the role is offered with the brief as it was left. */
export async function handoffSubmitted({ gesture, memory, values }: Submitted): Promise<FormAnswer> {
  const { incident: number = 0 } = memory;
  const { role = '', to = '', brief = '' } = values;
  if (!to) return { errors: { to: 'Choose who is asked' } };
  const against = await whyNotHolder(gesture, to);
  if (against) return { errors: { to: plainFromMarkdown(against) } };
  const by = { kind: 'person' as const, id: gesture.person };
  const outcome = await offerRole(gesture.core, { number }, { role, to, by, brief }, gesture.delivery);
  if (outcome.kind === 'refused') return { errors: { to: plainFromMarkdown(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}

/** The roles form came back: each field with a person, or empty for nobody. */
export async function rolesSubmitted({ gesture, memory, values }: Submitted): Promise<FormAnswer> {
  const fields = Object.entries(values).filter(([field]) => field.startsWith('role-'));
  const wanted = new Map<Role, PersonId | undefined>(
    fields.map(([field, person]) => [field.slice('role-'.length), person || undefined]),
  );
  const done = await assignAll(gesture, memory.incident ?? 0, wanted);
  if ('refused' in done) return { errors: { [`role-${done.role}`]: plainFromMarkdown(done.refused) } };
  return { reply: done.reply };
}
