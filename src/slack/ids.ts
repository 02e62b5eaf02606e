import type { PersonId } from '../domain/words.ts';

/** Everything that travels through Slack and comes back: written and read here only. */
export const ACTIONS = {
  haveIt: 'page_have_it',
  notMe: 'page_not_me',
  acceptHandoff: 'handoff_accept',
  declineHandoff: 'handoff_decline',
  declineWithReason: 'handoff_decline_form',
  withdrawHandoff: 'handoff_withdraw',
  openHandoff: 'handoff_form',
  openRoles: 'roles_form',
  relieve: 'relief_hand_over',
  takeRole: 'relief_take',
  stay: 'relief_stay',
  declareAnyway: 'declare_anyway',
  joinInstead: 'declare_join',
  openDeclare: 'declare_form',
  pageTechLead: 'page_tech_lead',
  takeCommunications: 'take_communications',
  catchUp: 'catch_up',
  logAt: 'log_at',
  impactAt: 'impact_at',
  showTimeline: 'timeline_show',
  showTimelinePage: 'timeline_page',
  editEntry: 'entry_edit',
  removeEntry: 'entry_remove',
  restoreEntry: 'entry_restore',
  confirmImpact: 'impact_confirm',
  chooseEntries: 'history_choose',
  keepDeleted: 'deleted_keep',
  removeDeleted: 'deleted_remove',
  declareAlert: 'alert_declare',
  attachAlert: 'alert_attach',
  ignoreAlert: 'alert_ignore',
  openMerge: 'merge_form',
  showMenu: 'menu_show',
  setStatus: 'status_set',
  changeForm: 'incident_change',
  pageForm: 'page_form',
  logLine: 'log_line',
  resolve: 'incident_resolve',
  close: 'incident_close',
  cancel: 'incident_cancel',
  reopen: 'incident_reopen',
  writeSummary: 'summary_write',
  lessonsForm: 'lessons_form',
  addAction: 'action_add',
  editAction: 'action_edit',
  doneAction: 'action_done',
  reopenAction: 'action_reopen',
  openIssue: 'action_open_issue',
  sameIssue: 'action_same_issue',
  newIssue: 'action_new_issue',
  impactForm: 'impact_form',
  logForm: 'log_form',
  leaveGap: 'gap_leave',
  keepDeletedHere: 'gap_deleted_keep',
  removeDeletedHere: 'gap_deleted_remove',
  showReview: 'review_show',
  showWho: 'who_show',
  writeUpdate: 'update_write',
  correctUpdate: 'update_correct',
  retryUpdate: 'update_retry',
  snoozeUpdate: 'update_snooze',
  sendAnyway: 'update_anyway',
  previewReport: 'report_preview',
  publishReport: 'report_publish',
  reviewedReport: 'report_reviewed',
  reviewedForm: 'report_reviewed_form',
  closeReport: 'report_close',
  showFinding: 'finding_show',
  holdFinding: 'finding_hold',
  showPictures: 'pictures_show',
} as const;

export const VIEWS = {
  declare: 'declare_form',
  addEntry: 'entry_form',
  editEntry: 'entry_edit_form',
  chooseEntries: 'history_form',
  summary: 'summary_form',
  lessons: 'lessons_form',
  action: 'action_form',
  editAction: 'action_edit_form',
  impact: 'impact_form',
  logLine: 'log_form',
  reviewed: 'report_reviewed_form',
  handoff: 'handoff_form',
  decline: 'handoff_decline_form',
  roles: 'roles_form',
  update: 'update_form',
  correction: 'correction_form',
  merge: 'merge_form',
  change: 'change_form',
  page: 'page_form',
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
