import { nowOf } from '../core.ts';
import { inOrder } from '../domain/in-order.ts';
import { cancel, changeSeverity, changeStatus, close, rename } from '../domain/lifecycle.ts';
import { askPage } from '../domain/paging.ts';
import { storyOf } from '../domain/retrospective.ts';
import { whyNotPaged } from './commands/paging.ts';
import { ACTIONS, VIEWS } from './ids.ts';
import { decided, type Handler, onVisible, withForm } from './pressed.ts';
import { asError, type FormAnswer, onIncident, type Submitted } from './submitted.ts';
import { logForm } from './views/afterwards-forms.ts';
import { changeForm, menu, pageForm } from './views/menu.ts';
import { zoneOf } from './when-typed.ts';

/** The menu's own buttons; those that stand elsewhere too are handled there. */
export const MENU_BUTTONS: Record<string, Handler> = {
  [ACTIONS.showMenu]: (gesture, { number }) =>
    onVisible(gesture, number, async (incident) => menu(incident, gesture.core.team)),
  [ACTIONS.setStatus]: (gesture, { number, part }) =>
    decided(gesture, number, (incident, by, now) => changeStatus(incident, part, by, now)),
  [ACTIONS.changeForm]: (gesture, { number }) =>
    withForm(gesture, number, (incident) => changeForm(incident, gesture.core.team)),
  [ACTIONS.close]: (gesture, { number }) => decided(gesture, number, close),
  [ACTIONS.cancel]: (gesture, { number }) => decided(gesture, number, cancel),
  [ACTIONS.pageForm]: (gesture, { number }) => withForm(gesture, number, pageForm),
  [ACTIONS.logLine]: async (gesture, { number }) => {
    const zones = { zone: await zoneOf(gesture), reportZone: gesture.core.team.report.timezone };
    const asked = { gap: '', title: 'Log a line', label: 'What happened?' };
    const now = nowOf(gesture.core);
    return withForm(gesture, number, (incident) =>
      logForm(incident, { ...asked, at: storyOf(incident) ?? now }, zones),
    );
  },
};

export const MENU_FORMS: Record<string, (submitted: Submitted) => Promise<FormAnswer>> = {
  [VIEWS.change]: (submitted) =>
    onIncident(submitted, 'title', (incident, by, now) => {
      const { title = '', severity = '' } = submitted.values;
      const decision = inOrder(incident, now, [
        title === incident.title ? undefined : (current) => rename(current, title, by, now),
        severity === incident.severity ? undefined : (current) => changeSeverity(current, severity, by, now),
      ]);
      if ('refused' in decision) return decision;
      return { ...decision, answer: decision.facts.length > 0 ? 'Saved.' : 'Nothing was changed.' };
    }),
  [VIEWS.page]: paged,
};

async function paged(submitted: Submitted): Promise<FormAnswer> {
  const { person = '' } = submitted.values;
  if (!person) return { errors: { person: 'Choose who is needed' } };
  const against = await whyNotPaged(submitted.gesture, person);
  if (against) return { errors: { person: asError(against) } };
  return onIncident(submitted, 'person', (incident, by, now) => askPage(incident, { person, by }, now));
}
