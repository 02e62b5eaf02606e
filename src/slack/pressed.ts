import { changeIncident } from '../actions/change.ts';
import type { Decision } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Actor } from '../domain/words.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { openView } from './commands/declare.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from './gesture.ts';

/** A pressed button: the incident and what of it was meant. */
export interface Pressed {
  number: number;
  part: string;
}

export type Handler = (gesture: Gesture, pressed: Pressed) => Promise<Reply | undefined>;

/** What the command of the same meaning decides. */
export async function decided(
  gesture: Gesture,
  number: number,
  decide: (incident: Incident, by: Actor, now: number) => Decision,
): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) => decide(incident, { kind: 'person', id: person }, core.store.now().getTime()),
    { delivery },
  );
  return replyOf(outcome);
}

/** A private incident's things are for those who stand in its channel. */
export async function visible(gesture: Gesture, number: number): Promise<Incident | undefined> {
  const incident = await incidentByNumber(gesture.core.store.database.prisma, number);
  if (incident?.private && incident.channel?.id !== gesture.channelId) return undefined;
  return incident;
}

export async function onVisible(
  gesture: Gesture,
  number: number,
  answer: (incident: Incident) => Promise<Reply | undefined>,
): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  return incident ? answer(incident) : { text: NOT_HERE };
}

export async function withForm(
  gesture: Gesture,
  number: number,
  form: (incident: Incident) => object,
): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  if (!incident) return { text: NOT_HERE };
  openView(gesture, form(incident));
  return undefined;
}
