import type { EffectName } from '../domain/decision.ts';
import type { Attempt } from '../queue.ts';
import { isServiceError } from '../service-error.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { addBookmarks, invitePeople, markMessage, pinCard, setTopic } from './channel.ts';
import { climbLadder } from './climb.ts';
import { type Core, type Job, NotYet } from './context.ts';
import { sayInChannel, sayToPerson, showMessage } from './messages.ts';
import { openChannel } from './open-channel.ts';
import { openIssue } from './open-issue.ts';
import { callPolicy, pageByPagerDuty, settleInPagerDuty } from './pagerduty.ts';
import { recordReaction } from './record-reaction.ts';
import { makeReport, shareReport } from './report.ts';
import { tellOfTrouble } from './trouble.ts';

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
  'record-reaction': recordReaction,
  'mark-message': markMessage,
  climb: climbLadder,
  'page-by-pagerduty': pageByPagerDuty,
  'settle-in-pagerduty': settleInPagerDuty,
  'call-policy': callPolicy,
  'open-issue': openIssue,
  'make-report': makeReport,
  'share-report': shareReport,
};

/** Does one attempt at one job, with the incident read anew. */
export async function runJob(core: Core, attempt: Attempt): Promise<void> {
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
