import type { KnownBlock } from '@slack/web-api';
import type { Incident } from '../../domain/incident.ts';
import { isOpen, isPermitted } from '../../domain/permitted.ts';
import type { Team } from '../../domain/team.ts';
import { SEVERITIES, STATUSES, type Status } from '../../domain/words.ts';
import { ACTIONS, encodeValue, VIEWS } from '../ids.ts';
import { actions, type Button, button, type SlackContent } from './blocks.ts';
import { card } from './card.ts';
import { choice, input, memoryOf, modal, type View } from './forms.ts';

/** Statuses that are set by a word alone, in the order in which an incident goes through them. */
const WORKING = STATUSES.filter((status) => isOpen({ status }));

/** What `/incident` shows in an incident: the card, and every command that changes it as a button. */
export function menu(incident: Incident, team: Team): SlackContent {
  const { text, blocks } = card(incident, team);
  const rows = [moves(incident), records(incident)].filter((row) => row.length > 0);
  return { text, blocks: [...blocks, ...rows.map((row) => actions(...row))] };
}

function moves(incident: Incident): Button[] {
  const value = encodeValue(incident.number);
  const buttons: Button[] = [];
  if (isPermitted(incident, 'status')) {
    buttons.push(...WORKING.filter((status) => status !== incident.status).map(statusButton));
  }
  if (isPermitted(incident, 'rename')) {
    buttons.push(button('Title and severity', ACTIONS.changeForm, value));
  }
  if (isPermitted(incident, 'close')) buttons.push(button('Close', ACTIONS.close, value));
  if (isPermitted(incident, 'cancel')) buttons.push(cancelButton(value));
  return buttons;

  function statusButton(status: Status): Button {
    const label = `${status.charAt(0).toUpperCase()}${status.slice(1)}`;
    const which = WORKING.indexOf(status) + 1;
    return button(label, `${ACTIONS.setStatus}_${which}`, encodeValue(incident.number, status));
  }
}

function cancelButton(value: string): Button {
  return {
    ...button('False alarm', ACTIONS.cancel, value, 'danger'),
    confirm: {
      title: { type: 'plain_text', text: 'A false alarm?' },
      text: { type: 'plain_text', text: 'It ends without a report. Reopening takes it up again.' },
      confirm: { type: 'plain_text', text: 'Cancel the incident' },
      deny: { type: 'plain_text', text: 'Go on with it' },
    },
  };
}

function records(incident: Incident): Button[] {
  const value = encodeValue(incident.number);
  const { log, impact, action, lesson, page } = {
    log: button('Log a line', ACTIONS.logLine, value),
    impact: button('When users were hurt', ACTIONS.impactForm, value),
    action: button('Add an action item', ACTIONS.addAction, value),
    lesson: button('Lessons', ACTIONS.lessonsForm, value),
    page: button('Page somebody', ACTIONS.pageForm, value),
  };
  return [
    ...(isPermitted(incident, 'page') ? [page] : []),
    ...(isPermitted(incident, 'log') ? [log] : []),
    ...(isPermitted(incident, 'impact') ? [impact] : []),
    ...(isPermitted(incident, 'action') ? [action] : []),
    ...(isPermitted(incident, 'lesson') ? [lesson] : []),
    button('What is missing', ACTIONS.showReview, value),
    button('Preview the report', ACTIONS.previewReport, value),
  ];
}

/** Title and severity as they stand, to be changed. */
export function changeForm(incident: Incident, team: Team): View {
  const severities = SEVERITIES.map((name) => {
    const { label, meaning } = team.severities[name];
    return { value: name, label: [name, label, meaning].filter(Boolean).join(' · ') };
  });
  return modal(VIEWS.change, memoryOf(incident), 'Change the incident', 'Save', [
    input('title', 'What is wrong?', { max: 200, initial: incident.title }),
    choice('severity', 'How bad is it?', severities, incident.severity),
  ]);
}

/** Whoever is picked is paged whatever the hour. */
export function pageForm(incident: Incident): View {
  const whom: KnownBlock = {
    type: 'input',
    block_id: 'person',
    label: { type: 'plain_text', text: 'Who is needed?' },
    hint: {
      type: 'plain_text',
      text: 'They are paged at once, whatever their hour. “Page tech lead” on the card asks whose day it is.',
    },
    element: { type: 'users_select', action_id: 'value' },
  };
  return modal(VIEWS.page, memoryOf(incident), 'Page somebody', 'Page', [whom]);
}
