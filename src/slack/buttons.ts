import { changeIncident } from '../actions/change.ts';
import { declareIncident } from '../actions/declare-incident.ts';
import { confirmImpact } from '../domain/confirm-impact.ts';
import { answerAboutDeleted } from '../domain/deleted-source.ts';
import { withdrawHandoff } from '../domain/handoff.ts';
import { isHere } from '../domain/incident.ts';
import { reopen, resolve } from '../domain/lifecycle.ts';
import { measuredWords } from '../domain/moment-words.ts';
import { askPage } from '../domain/paging.ts';
import { stay } from '../domain/relief.ts';
import { assignRole } from '../domain/roles.ts';
import { incidentName } from '../domain/words.ts';
import { retryUpdate } from '../domain/write-update.ts';
import { AFTERWARDS_BUTTONS } from './afterwards-buttons.ts';
import { chooseEntries } from './commands/adopt.ts';
import { caughtUp } from './commands/catch-up.ts';
import { openView, wishOfValue } from './commands/declare.ts';
import { answerOfferById } from './commands/handoff-answers.ts';
import { openHandoffForm } from './commands/handoff-form.ts';
import { impactChosen } from './commands/lifecycle.ts';
import { logChosen } from './commands/log.ts';
import { openMergeForm } from './commands/merge.ts';
import { answerPage } from './commands/paging.ts';
import { decideOnFindings, publish, reportPreview } from './commands/report.ts';
import { offerTo, openRolesForm } from './commands/roles.ts';
import { changeEntryByButton, entriesOf, timelinePage } from './commands/timeline.ts';
import { openCorrection, openForm, sendAnyway, snooze } from './commands/update.ts';
import { whoIsWho } from './commands/who.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from './gesture.ts';
import { ACTIONS, readValue } from './ids.ts';
import { MENU_BUTTONS } from './menu.ts';
import { attachAlert, declareAlert, ignoreAlert } from './offer-buttons.ts';
import { decided, type Handler, onVisible, type Pressed, visible, withForm } from './pressed.ts';
import { editEntryForm, summaryForm } from './views/entry-forms.ts';
import { declineForm } from './views/role-forms.ts';
import { zoneOf } from './when-typed.ts';

/** Every button of ours. A press does what the command of the same meaning does. */
const BUTTONS: Record<string, Handler> = {
  [ACTIONS.haveIt]: (gesture, { number, part }) =>
    answerPage(gesture, { kind: 'ack' }, { number, page: part }),
  [ACTIONS.notMe]: (gesture, { number, part }) =>
    answerPage(gesture, { kind: 'decline' }, { number, page: part }),
  [ACTIONS.acceptHandoff]: (gesture, { number, part }) =>
    answerOfferById(gesture, { number, part }, { kind: 'accept' }),
  [ACTIONS.declineHandoff]: (gesture, { number, part }) =>
    answerOfferById(gesture, { number, part }, { kind: 'decline' }),
  [ACTIONS.declineWithReason]: (gesture, { number, part }) =>
    withForm(gesture, number, (incident) => declineForm(incident, part)),
  [ACTIONS.withdrawHandoff]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, by, now) =>
      withdrawHandoff(incident, incident.handoffs[part]?.role ?? '', by, now),
    ),
  [ACTIONS.openHandoff]: handoffByForm,
  [ACTIONS.openRoles]: async (gesture, { number }) => {
    await openRolesForm(gesture, number);
    return undefined;
  },
  [ACTIONS.relieve]: relieve,
  [ACTIONS.takeRole]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, by, now) => assignRole(incident, part, gesture.person, by, now)),
  [ACTIONS.stay]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, _, now) => stay(incident, part, gesture.person, now)),
  [ACTIONS.pageTechLead]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) => askPage(incident, { roster: 'tech-lead', by }, now)),
  [ACTIONS.takeCommunications]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) =>
      assignRole(incident, 'communications', gesture.person, by, now),
    ),
  [ACTIONS.confirmImpact]: confirmed,
  [`${ACTIONS.confirmImpact}_end`]: confirmed,
  [ACTIONS.declareAlert]: declareAlert,
  [ACTIONS.attachAlert]: attachAlert,
  [`${ACTIONS.attachAlert}_2`]: attachAlert,
  [`${ACTIONS.attachAlert}_3`]: attachAlert,
  [ACTIONS.ignoreAlert]: ignoreAlert,
  [ACTIONS.openMerge]: (gesture, { number }) =>
    onVisible(gesture, number, (incident) => openMergeForm(gesture, incident)),
  [ACTIONS.resolve]: (gesture, { number }) =>
    decided(gesture, number, (incident, by, now) => resolve(incident, by, now)),
  [ACTIONS.reopen]: (gesture, { number }) => decided(gesture, number, reopen),
  [ACTIONS.joinInstead]: join,
  [ACTIONS.logAt]: async (gesture, { number, part }) => {
    const incident = await visible(gesture, number);
    return incident ? logChosen(gesture, number, part) : { text: NOT_HERE };
  },
  [ACTIONS.impactAt]: async (gesture, { number, part }) => {
    const incident = await visible(gesture, number);
    return incident ? impactChosen(gesture, number, part) : { text: NOT_HERE };
  },
  [ACTIONS.catchUp]: async (gesture, { number }) => {
    const incident = await visible(gesture, number);
    return incident ? caughtUp(gesture, incident) : { text: NOT_HERE };
  },
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
  [ACTIONS.chooseEntries]: (gesture, { number, part }) => chooseEntries(gesture, number, part),
  [ACTIONS.keepDeleted]: (gesture, { number, part }) => answerDeleted(gesture, number, part, true),
  [ACTIONS.removeDeleted]: (gesture, { number, part }) => answerDeleted(gesture, number, part, false),
  [ACTIONS.editEntry]: editEntry,
  [ACTIONS.writeSummary]: (gesture, { number }) => withForm(gesture, number, summaryForm),
  [ACTIONS.previewReport]: async (gesture, { number }) => {
    const incident = await visible(gesture, number);
    return incident ? reportPreview(gesture, incident) : { text: NOT_HERE };
  },
  [ACTIONS.publishReport]: (gesture, { number }) => publish(gesture, { number }),
  [ACTIONS.showFinding]: (gesture, { number, part }) =>
    decideOnFindings(gesture, number, ({ id }) => id === part, true),
  [ACTIONS.holdFinding]: (gesture, { number, part }) =>
    decideOnFindings(gesture, number, ({ id }) => id === part, false),
  [ACTIONS.showPictures]: (gesture, { number }) =>
    decideOnFindings(gesture, number, ({ kind }) => kind === 'picture', true),
  ...AFTERWARDS_BUTTONS,
  ...MENU_BUTTONS,
  [ACTIONS.writeUpdate]: (gesture, { number }) =>
    onVisible(gesture, number, (incident) => openForm(gesture, incident)),
  [ACTIONS.correctUpdate]: (gesture, { number, part }) =>
    onVisible(gesture, number, (incident) => openCorrection(gesture, incident, part)),
  [ACTIONS.retryUpdate]: (gesture, { number, part }) =>
    decided(gesture, number, (incident) => retryUpdate(incident, part)),
  [ACTIONS.snoozeUpdate]: (gesture, { number }) => snooze(gesture, number),
  [ACTIONS.sendAnyway]: (gesture, { number, part }) =>
    onVisible(gesture, number, (incident) => sendAnyway(gesture, incident, part)),
};

/** Answers a press; undefined where the answer is what changes on the screen. */
export async function pressButton(
  gesture: Gesture,
  actionId: string,
  value: string,
): Promise<Reply | undefined> {
  if (actionId === ACTIONS.declareAnyway) return declareAnyway(gesture, value);
  // Several of one meaning in a row are told apart by their number.
  const handler = BUTTONS[actionId] ?? BUTTONS[actionId.replace(/_\d+$/, '')];
  const pressed = readValue(value);
  if (!handler || !pressed)
    return { text: 'This button is of another version of me. `/incident help` shows what to type instead.' };
  return handler(gesture, { number: pressed.incident, part: pressed.part });
}

function confirmed(gesture: Gesture, { number, part }: Pressed): Promise<Reply> {
  const { timezone } = gesture.core.team;
  return decided(gesture, number, (incident, by, now) =>
    confirmImpact(incident, part, by, now, (moment) => measuredWords(moment, timezone, incident.declaredAt)),
  );
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
      incident.private && !isHere(incident, person)
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

/** The card's *Hand over*: the form, for the role that whoever pressed holds, or communications. */
async function handoffByForm(gesture: Gesture, { number }: Pressed): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  if (!incident) return { text: NOT_HERE };
  const own = Object.keys(incident.roles).find((role) => incident.roles[role] === gesture.person);
  return openHandoffForm(gesture, incident, own ?? 'communications');
}

/** *Hand over* where the bot proposed somebody: they are offered the role at once. */
async function relieve(gesture: Gesture, { number, part }: Pressed): Promise<Reply> {
  const incident = await visible(gesture, number);
  const relief = incident?.reliefs?.[part];
  if (!incident || !relief) return { text: NOT_HERE };
  const { role, to, reason, from } = relief;
  if (to === undefined || incident.roles[role] !== relief.person) {
    return { text: `This question is answered: \`/incident who\` shows who holds ${role}.` };
  }
  return offerTo(gesture, incident, { role, to, reason, ...(from === undefined ? {} : { startsAt: from }) });
}

async function editEntry(gesture: Gesture, { number, part }: Pressed): Promise<Reply | undefined> {
  const incident = await visible(gesture, number);
  if (!incident) return { text: NOT_HERE };
  const entry = (await entriesOf(gesture, incident)).find(({ id }) => id === part);
  if (!entry) return { text: 'There is no such entry any more.' };
  openView(gesture, editEntryForm(incident, entry, await zoneOf(gesture), gesture.core.team.report.timezone));
  return undefined;
}

/** The question stands in a direct message, so only whoever was asked can answer there. */
async function answerDeleted(gesture: Gesture, number: number, entry: string, keep: boolean): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number },
    async (incident, reads) =>
      answerAboutDeleted(incident, await reads.entry(entry), { person, keep }, core.store.now().getTime()),
    { delivery },
  );
  return replyOf(outcome);
}
