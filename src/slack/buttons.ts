import { changeIncident } from '../actions/change.ts';
import { declareIncident } from '../actions/declare-incident.ts';
import type { Decision } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { reopen, resolve } from '../domain/lifecycle.ts';
import { askPage } from '../domain/paging.ts';
import { acceptHandoff, assignRole, declineHandoff } from '../domain/roles.ts';
import { type Actor, incidentName } from '../domain/words.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { openView, wishOfValue } from './commands/declare.ts';
import { answerPage } from './commands/paging.ts';
import { changeEntryByButton, entriesOf, timelinePage } from './commands/timeline.ts';
import { whoIsWho } from './commands/who.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from './gesture.ts';
import { ACTIONS, readValue } from './ids.ts';
import { actionForm, editEntryForm, lessonForm, summaryForm } from './views/entry-forms.ts';
import { zoneOf } from './when-typed.ts';

/** A pressed button: the incident and what of it was meant. */
interface Pressed {
  number: number;
  part: string;
}

type Handler = (gesture: Gesture, pressed: Pressed) => Promise<Reply | undefined>;

/** Every button of ours. A press does what the command of the same meaning does. */
const BUTTONS: Record<string, Handler> = {
  [ACTIONS.haveIt]: (gesture, { number, part }) =>
    answerPage(gesture, { kind: 'ack' }, { number, page: part }),
  [ACTIONS.notMe]: (gesture, { number, part }) =>
    answerPage(gesture, { kind: 'decline' }, { number, page: part }),
  [ACTIONS.acceptHandoff]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, _, now) => acceptHandoff(incident, part, gesture.person, now)),
  [ACTIONS.declineHandoff]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, _, now) =>
      declineHandoff(incident, part, gesture.person, undefined, now),
    ),
  [ACTIONS.pageTechLead]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) => askPage(incident, { roster: 'tech-lead', by }, now)),
  [ACTIONS.takeCommunications]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) =>
      assignRole(incident, 'communications', gesture.person, by, now),
    ),
  [ACTIONS.resolve]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) => resolve(incident, by, now)),
  [ACTIONS.reopen]: (gesture, { number }) => decided(gesture, number, reopen),
  [ACTIONS.joinInstead]: join,
  [ACTIONS.showTimeline]: (gesture, { number }) => shown(gesture, number, 0),
  [ACTIONS.showTimelinePage]: turned,
  [`${ACTIONS.showTimelinePage}_later`]: turned,
  [ACTIONS.showWho]: async (gesture, { number }) => {
    const incident = await visible(gesture, number);
    return incident ? whoIsWho(gesture, incident) : { text: NOT_HERE };
  },
  [ACTIONS.removeEntry]: (gesture, { number, part }) => changeEntryByButton(gesture, number, part, 'remove'),
  [ACTIONS.restoreEntry]: (gesture, { number, part }) =>
    changeEntryByButton(gesture, number, part, 'restore'),
  [ACTIONS.editEntry]: editEntry,
  [ACTIONS.writeSummary]: (gesture, { number }) => withForm(gesture, number, summaryForm),
  [ACTIONS.addLesson]: (gesture, { number }) => withForm(gesture, number, lessonForm),
  [ACTIONS.addAction]: (gesture, { number }) => withForm(gesture, number, actionForm),
};

/** Answers a press; undefined where the answer is what changes on the screen. */
export async function pressButton(
  gesture: Gesture,
  actionId: string,
  value: string,
): Promise<Reply | undefined> {
  if (actionId === ACTIONS.declareAnyway) return declareAnyway(gesture, value);
  const handler = BUTTONS[actionId];
  const pressed = readValue(value);
  if (!handler || !pressed)
    return { text: 'This button is of another version of me. `/incident help` shows what to type instead.' };
  return handler(gesture, { number: pressed.incident, part: pressed.part });
}

async function decided(
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
async function visible(gesture: Gesture, number: number): Promise<Incident | undefined> {
  const incident = await incidentByNumber(gesture.core.store.database.prisma, number);
  if (incident?.private && incident.channel?.id !== gesture.channelId) return undefined;
  return incident;
}

async function declareAnyway(gesture: Gesture, value: string): Promise<Reply> {
  const wish = wishOfValue(gesture, value);
  if (!wish) return { text: 'That went wrong. Type `/incident declare sev1 <title>` again.' };
  const reply = replyOf(await declareIncident(gesture.core, wish, gesture.delivery));
  return { ...reply, replace: true };
}

async function join(gesture: Gesture, { number }: Pressed): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) =>
      incident.private && !incident.people.includes(person)
        ? { refused: NOT_HERE }
        : {
            facts: [
              { type: 'joined', person, by: { kind: 'person', id: person }, at: core.store.now().getTime() },
            ],
            effects: [{ do: 'invite', people: [person] }],
            answer: `Welcome to ${incidentName(incident.number)}: you are brought into its channel.`,
          },
    { delivery },
  );
  return { ...replyOf(outcome), replace: true };
}

async function shown(gesture: Gesture, number: number, page: number): Promise<Reply> {
  const incident = await visible(gesture, number);
  return incident ? timelinePage(gesture, incident, page) : { text: NOT_HERE };
}

async function turned(gesture: Gesture, { number, part }: Pressed): Promise<Reply> {
  return { ...(await shown(gesture, number, Number(part) || 0)), replace: true };
}

async function editEntry(gesture: Gesture, { number, part }: Pressed): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  if (!incident) return { text: NOT_HERE };
  const entry = (await entriesOf(gesture, incident)).find(({ id }) => id === part);
  if (!entry) return { text: 'There is no such entry any more.' };
  openView(gesture, editEntryForm(incident, entry, await zoneOf(gesture), gesture.core.team.report.timezone));
  return undefined;
}

async function withForm(
  gesture: Gesture,
  number: number,
  form: (incident: Incident) => object,
): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  if (!incident) return { text: NOT_HERE };
  openView(gesture, form(incident));
  return undefined;
}
