import { findAlerts } from '../actions/find-alerts.ts';
import { linkPagerDuty } from '../actions/link-pagerduty.ts';
import type { Core } from '../core.ts';
import type { EffectName } from '../domain/decision.ts';
import type { Attempt } from '../queue.ts';
import { isServiceError } from '../service-error.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { addBookmarks, invitePeople, markMessage, pinCard, setTopic } from './channel.ts';
import { readCheck, shareChart } from './check.ts';
import { climbLadder } from './climb.ts';
import { type Job, NotYet } from './context.ts';
import { runErrand } from './errand.ts';
import { moveHandoff, reassignInPagerDuty } from './handoff.ts';
import { joinIncidentAlerts } from './join-alerts.ts';
import { joinTimelines } from './join-timelines.ts';
import { keepFile } from './keep-file.ts';
import { sayInChannel, sayToPerson, showMessage } from './messages.ts';
import { openChannel } from './open-channel.ts';
import { assignIssue, linkIssues, openIssue } from './open-issue.ts';
import { callPolicy, pageByPagerDuty, settleInPagerDuty } from './pagerduty.ts';
import { publishReport } from './publish-report.ts';
import { recordReaction } from './record-reaction.ts';
import { recover } from './recover.ts';
import { remindOf } from './remind-of-update.ts';
import { makeReport, shareReport } from './report.ts';
import { askForLessons, review } from './review.ts';
import { sendReport } from './send-report.ts';
import { sendUpdate } from './send-update.ts';
import { tellOfTrouble } from './trouble.ts';
import { writeCanvas } from './write-canvas.ts';

/** An effect without its job does not compile. */
const JOBS: { [Name in EffectName]: Job<Name> } = {
  'open-channel': openChannel,
  invite: invitePeople,
  show: showMessage,
  say: sayInChannel,
  'say-to': sayToPerson,
  'set-topic': setTopic,
  'add-bookmarks': addBookmarks,
  'pin-card': pinCard,
  'join-alerts': joinIncidentAlerts,
  'find-alerts': ({ core, incident }) => findAlerts(core, incident),
  'record-reaction': recordReaction,
  'mark-message': markMessage,
  'keep-file': keepFile,
  recover,
  'link-pagerduty': ({ core, incident }) => linkPagerDuty(core, incident),
  'join-timelines': joinTimelines,
  climb: climbLadder,
  'page-by-pagerduty': pageByPagerDuty,
  'settle-in-pagerduty': settleInPagerDuty,
  'call-policy': callPolicy,
  'move-handoff': moveHandoff,
  'reassign-in-pagerduty': reassignInPagerDuty,
  'open-issue': openIssue,
  'assign-issue': assignIssue,
  'link-issues': linkIssues,
  'make-report': makeReport,
  review,
  'remind-of-lessons': askForLessons,
  'share-report': shareReport,
  'write-canvas': writeCanvas,
  'read-check': readCheck,
  'share-chart': shareChart,
  'send-update': sendUpdate,
  'remind-of-update': remindOf,
  'publish-report': publishReport,
  'send-report': sendReport,
};

/** Does one attempt at one job, with the incident read anew. */
export async function runJob(core: Core, attempt: Attempt): Promise<void> {
  if ('errand' in attempt.data) return runErrand(core, attempt.data.errand, attempt);
  const { effect, incident: number } = attempt.data;
  const incident = await incidentByNumber(core.store.database.prisma, number);
  if (!incident) {
    core.log.error({ incident: number, effect: effect.do }, 'a job speaks of an incident that is not there');
    return;
  }
  const job = JOBS[effect.do] as Job<EffectName>;
  const task = { core, incident, effect, attempt };
  try {
    await job(task);
  } catch (error) {
    if (error instanceof NotYet) {
      if (!attempt.last) throw error;
      return;
    }
    const why = error instanceof Error ? error.message : String(error);
    core.log.warn({ incident: number, effect: effect.do, first: attempt.first, error: why }, 'a job failed');
    if (isServiceError(error)) await tellOfTrouble(task, error);
    if (!attempt.last) throw error;
    core.log.error({ incident: number, effect: effect.do, error: why }, 'a job was set aside');
  }
}
