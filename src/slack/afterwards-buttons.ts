import { changeIncident } from '../actions/change.ts';
import { isBare } from '../domain/action-items.ts';
import { answerSimilar, changeAction } from '../domain/action-verbs.ts';
import { settleDeleted } from '../domain/deleted-source.ts';
import { openProposal } from '../domain/impact-proposals.ts';
import type { Incident } from '../domain/incident.ts';
import { openIssueOf } from '../domain/open-issue-of.ts';
import { needsReason, wroteIt } from '../domain/publish.ts';
import { spanOf } from '../domain/retrospective.ts';
import { leaveGap } from '../domain/review.ts';
import type { Actor } from '../domain/words.ts';
import { openLessonsForm } from './commands/afterwards.ts';
import { openView } from './commands/declare.ts';
import { markedByButton } from './commands/report.ts';
import { reviewOf } from './commands/review.ts';
import type { Gesture, Reply } from './gesture.ts';
import { replyOf } from './gesture.ts';
import { ACTIONS } from './ids.ts';
import { decided, type Handler, onVisible, type Pressed, withForm } from './pressed.ts';
import { actionsView } from './views/action-items.ts';
import { actionForm, editActionForm, impactForm, logForm, reviewedForm } from './views/afterwards-forms.ts';
import { zoneOf } from './when-typed.ts';

/** What is pressed once an incident is over: lessons, action items, the review and the report's marks. */
export const AFTERWARDS_BUTTONS: Record<string, Handler> = {
  [ACTIONS.lessonsForm]: (gesture, { number }) =>
    onVisible(gesture, number, async (incident) => openLessonsForm(gesture, incident)),
  [ACTIONS.addAction]: (gesture, { number }) => withForm(gesture, number, actionForm),
  [ACTIONS.editAction]: editAction,
  [ACTIONS.doneAction]: (gesture, pressed) => changed(gesture, pressed, { done: true }),
  [ACTIONS.reopenAction]: (gesture, pressed) => changed(gesture, pressed, { reopened: true }),
  [ACTIONS.openIssue]: (gesture, { number, part }) => {
    const { world, team } = gesture.core;
    const setup = { connected: world.repository !== undefined, repository: team.report.issues?.repository };
    return decided(gesture, number, (incident) => openIssueOf(incident, part, setup));
  },
  [ACTIONS.sameIssue]: (gesture, { number, part }) => answered(gesture, number, part, true),
  [ACTIONS.newIssue]: (gesture, { number, part }) => answered(gesture, number, part, false),
  [ACTIONS.impactForm]: openImpactForm,
  [ACTIONS.logForm]: openLogForm,
  [ACTIONS.leaveGap]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, by, now) => leaveGap(incident, part, by, now)),
  [ACTIONS.keepDeletedHere]: (gesture, { number, part }) => settled(gesture, number, part, true),
  [ACTIONS.removeDeletedHere]: (gesture, { number, part }) => settled(gesture, number, part, false),
  [ACTIONS.showReview]: (gesture, { number }) =>
    onVisible(gesture, number, (incident) => reviewOf(gesture, incident)),
  [ACTIONS.reviewedReport]: (gesture, { number }) => onVisible(gesture, number, reviewed(gesture)),
  [ACTIONS.closeReport]: (gesture, { number }) => markedByButton(gesture, number, 'closed'),
};

async function editAction(gesture: Gesture, { number, part }: Pressed): Promise<Reply | undefined> {
  return onVisible(gesture, number, async (incident) => {
    const item = incident.actions.find(({ id, withdrawn }) => id === part && !withdrawn);
    if (!item) return { text: 'That action item is taken back. `/incident action` shows those that stand.' };
    openView(gesture, editActionForm(incident, item));
    return undefined;
  });
}

/** The list shows it at once. */
async function changed(
  gesture: Gesture,
  { number, part }: Pressed,
  change: Parameters<typeof changeAction>[2],
): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const by: Actor = { kind: 'person', id: person };
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) => changeAction(incident, part, change, by, core.store.now().getTime()),
    { delivery },
  );
  if (outcome.kind !== 'done') return replyOf(outcome);
  return { ...actionsView(outcome.incident), replace: true };
}

function answered(gesture: Gesture, number: number, id: string, same: boolean): Promise<Reply> {
  return decided(gesture, number, (incident, by, now) => answerSimilar(incident, id, same, by, now));
}

async function settled(gesture: Gesture, number: number, entry: string, keep: boolean): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const by: Actor = { kind: 'person', id: person };
  const outcome = await changeIncident(
    core.store,
    { number },
    async (incident, reads) =>
      settleDeleted(incident, await reads.entry(entry), keep, by, core.store.now().getTime()),
    { delivery },
  );
  return replyOf(outcome);
}

async function zonesOf(gesture: Gesture): Promise<{ zone: string; reportZone: string }> {
  return { zone: await zoneOf(gesture), reportZone: gesture.core.team.report.timezone };
}

async function openImpactForm(gesture: Gesture, { number }: Pressed): Promise<Reply | undefined> {
  const zones = await zonesOf(gesture);
  return withForm(gesture, number, (incident) => impactForm(incident, proposedImpact(incident), zones));
}

function proposedImpact(incident: Incident): Incident['impact'] {
  const [start, end] = [openProposal(incident, 'start'), openProposal(incident, 'end')];
  return {
    ...(start ? { start: start.proposal.moment } : {}),
    ...(end ? { end: end.proposal.moment } : {}),
  };
}

/** `silence:1755015300000`, `answered:1`, `update:`, `verified:`: what a line is asked for. */
async function openLogForm(gesture: Gesture, { number, part: gap }: Pressed): Promise<Reply | undefined> {
  const zones = await zonesOf(gesture);
  return withForm(gesture, number, (incident) =>
    logForm(incident, { gap, ...askedFor(incident, gap) }, zones),
  );
}

function askedFor(incident: Incident, gap: string): Omit<Parameters<typeof logForm>[1], 'gap'> {
  const { from, to = from } = spanOf(incident);
  const [kind, subject = ''] = gap.split(':');
  switch (kind) {
    case 'silence':
      return { title: 'What happened then?', label: 'What happened?', at: Number(subject) + 60_000 };
    case 'answered': {
      const pages = incident.ladders[subject]?.pages ?? [];
      const at = incident.pages[pages.at(-1) ?? '']?.pagedAt ?? from;
      return { title: 'Who answered the page?', label: 'Who answered, and how?', at };
    }
    case 'update':
      return { title: 'An update that went out', label: 'Who was told, where, and what?', at: to };
    default:
      return { title: 'How was it verified?', label: 'How did you see that it works again?', at: to };
  }
}

/** Where an action item has no issue, the reason is asked for first. */
function reviewed(gesture: Gesture) {
  return async (incident: Incident): Promise<Reply | undefined> => {
    const asks = needsReason(incident) && !wroteIt(incident, gesture.person);
    if (!asks) return markedByButton(gesture, incident.number, 'reviewed');
    const bare = incident.actions.filter(isBare).map(({ id }) => id);
    openView(gesture, reviewedForm(incident, bare));
    return undefined;
  };
}
