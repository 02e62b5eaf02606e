import type { PersonId } from '../domain/words.ts';

/** Everything that travels through Slack and comes back: written and read here only. */
export const ACTIONS = {
  haveIt: 'page_have_it',
  notMe: 'page_not_me',
  acceptHandoff: 'handoff_accept',
  declineHandoff: 'handoff_decline',
  declareAnyway: 'declare_anyway',
  joinInstead: 'declare_join',
  openDeclare: 'declare_form',
  pageTechLead: 'page_tech_lead',
  takeCommunications: 'take_communications',
  showTimeline: 'timeline_show',
  showTimelinePage: 'timeline_page',
  editEntry: 'entry_edit',
  removeEntry: 'entry_remove',
  restoreEntry: 'entry_restore',
  resolve: 'incident_resolve',
  reopen: 'incident_reopen',
  writeSummary: 'summary_write',
  addLesson: 'lesson_add',
  addAction: 'action_add',
  showWho: 'who_show',
} as const;

export const VIEWS = {
  declare: 'declare_form',
  addEntry: 'entry_form',
  editEntry: 'entry_edit_form',
  summary: 'summary_form',
  lesson: 'lesson_form',
  action: 'action_form',
} as const;

export const SHORTCUTS = { addToTimeline: 'add_to_timeline', declare: 'declare_from_message' } as const;

/** Marks the bot's own messages, so that one whose answer was lost is found again. */
export const METADATA_TYPE = 'daywatch_message';

/** `12:3`: the incident's number and what of it is meant. */
export function encodeValue(incident: number, part = ''): string {
  return `${incident}:${part}`;
}

export function readValue(value: string | undefined): { incident: number; part: string } | undefined {
  const [, number, part] = /^(\d{1,9}):(.*)$/s.exec(value ?? '') ?? [];
  return number === undefined ? undefined : { incident: Number(number), part: part ?? '' };
}

/** A person of the chat, who can be mentioned and invited there. */
export function isSlackUser(person: PersonId): boolean {
  return /^[UW][A-Z0-9]+$/.test(person);
}
