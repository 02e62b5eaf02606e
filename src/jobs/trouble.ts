import { type EffectName, nothing } from '../domain/decision.ts';
import { asTyped } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import type { ServiceError } from '../service-error.ts';
import { rememberFirst } from '../store/remembered.ts';
import { record, type Task } from './context.ts';

/** What a person reads of an effect that does not come about. Those left out tell of it themselves, or cannot. */
const WORDS: Partial<Record<EffectName, string>> = {
  invite: 'bring people into this channel',
  recover: 'read this channel again for what I may have missed',
  'keep-file': 'keep the files that came with messages',
  'set-topic': 'set the topic',
  'add-bookmarks': 'add the bookmarks',
  'pin-card': 'pin the card',
  'settle-in-pagerduty': 'bring PagerDuty up to date',
  'reassign-in-pagerduty': 'give PagerDuty’s page to the new responder',
  'call-policy': 'call PagerDuty’s escalation policy',
  'read-check': 'draw the chart of the uptime check',
  'share-chart': 'post the chart of the uptime check; it is saved beside the report all the same',
  'share-report': 'post the report as a file; it is saved all the same',
};

/** The channel itself is shut: how somebody opens it again. */
const SHUT: Record<string, string> = {
  is_archived: 'is archived, so I cannot write there. Unarchive it, and what waits comes',
  channel_not_found:
    'is not to be found any more. If it is there, type `/invite @daywatch` in it, and what waits comes',
};

/** Of what nothing can be said in the channel, whoever leads hears directly, once a reason. */
async function tellOfShutChannel(task: Task<EffectName>, error: ServiceError): Promise<boolean> {
  const { core, incident, effect } = task;
  const how = SHUT[error.code ?? ''];
  const isThere = effect.do === 'say' || (effect.do === 'show' && effect.message === 'card');
  const { channel, roles, declaredBy } = incident;
  const person = roles.responder ?? (declaredBy.kind === 'person' ? declaredBy.id : undefined);
  if (!how || !isThere || !channel || person === undefined) return false;
  const key = `trouble:${incident.uid}:shut:${error.code}`;
  if (!(await rememberFirst(core.store, key))) return true;
  const text = `The channel of ${incidentName(incident.number)}, #${channel.name}, ${how}. The timeline is kept meanwhile, and pages go out.`;
  await record(task, () => ({ facts: [], effects: [{ do: 'say-to', notice: key, person, text }] }));
  return true;
}

/** Names a trouble that only a person can end, once an incident and effect, in its channel. */
export async function tellOfTrouble(task: Task<EffectName>, error: ServiceError): Promise<void> {
  if (await tellOfShutChannel(task, error)) return;
  const { core, incident, effect, attempt } = task;
  const what = effect.do === 'show' ? shownWords(effect.message) : WORDS[effect.do];
  if (!what || (error.worthRepeating && !attempt.last)) return;
  const key = `trouble:${incident.uid}:${effect.do}:${error.code ?? ''}`;
  if (!(await rememberFirst(core.store, key))) return;
  await record(task, (now) =>
    now.channel
      ? {
          facts: [],
          effects: [
            {
              do: 'say',
              notice: key,
              text: `I cannot ${what}: ${asTyped(error.message)}`,
              loud: effect.do === 'call-policy',
            },
          ],
        }
      : nothing(),
  );
}

function shownWords(message: string): string | undefined {
  if (message === 'announcement') return 'post the announcement';
  if (message.startsWith('page:')) return 'reach the person paged in Slack';
  return undefined;
}
