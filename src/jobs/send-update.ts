import { type UpdateText, wordsOfUpdate } from '../actions/words-of-update.ts';
import { nowOf } from '../core.ts';
import type { OutgoingUpdate } from '../domain/outlet.ts';
import { updateFailed, updateSent } from '../domain/update-delivery.ts';
import { type Target, targetsOf } from '../domain/update-targets.ts';
import { incidentName } from '../domain/words.ts';
import { type Delivery, isCurrent, type WrittenUpdate } from '../domain/written-updates.ts';
import { TemplateError } from '../report/template-error.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember } from '../store/remembered.ts';
import { waysOf } from '../ways.ts';
import { type Job, record, type Task } from './context.ts';

type Sending = Task<'send-update'>;

/** Brings one update to one target in its last words: sends it, or corrects what stands there. */
export const sendUpdate: Job<'send-update'> = async (task) => {
  const { core, incident, effect } = task;
  const update = incident.updates.written?.find(({ id }) => id === effect.update);
  const delivery = update?.deliveries.find(({ target }) => target === effect.target);
  if (!update || !delivery || isCurrent(update, delivery)) return;
  const target = targetsOf(core.team, incident, waysOf(core.world)).find(({ id }) => id === effect.target);
  const outlet = target && core.world.outlets[target.way.by];
  if (!outlet) {
    await failed(task, 'the team’s file no longer has it, or its way is no longer set up.', false);
    return;
  }
  const doubt = `in-doubt:${incident.uid}:${update.id}:${target.id}:${update.version}`;
  const inDoubt = (await recall<boolean>(core.store, doubt))?.body ?? false;
  try {
    const words = await wordsOfUpdate(core, incident, update, target);
    // Until it is known otherwise it may have gone out: a process that dies in between finds this.
    await remember(core.store, doubt, true);
    const arrival = await outlet.send(outgoing(task, update, delivery, target, words, !inDoubt));
    await record(task, (now) =>
      updateSent(now, effect, { ...arrival, version: update.version }, nowOf(core)),
    );
  } catch (error) {
    if (error instanceof TemplateError) {
      await failed(task, error.message, false);
      return;
    }
    if (!isServiceError(error)) throw error;
    if (error.kind !== 'unknown-outcome') await remember(core.store, doubt, inDoubt);
    await failed(task, error.message, error.worthRepeating);
    if (error.worthRepeating) throw error;
  }
};

async function failed(task: Sending, why: string, again: boolean): Promise<void> {
  const { core, effect, attempt } = task;
  const which = { update: effect.update, target: effect.target };
  await record(task, (now) => updateFailed(now, which, { why, again, last: attempt.last }, nowOf(core)));
}

function outgoing(
  { incident, attempt }: Sending,
  update: WrittenUpdate,
  delivery: Delivery,
  target: Target,
  words: UpdateText,
  first: boolean,
): OutgoingUpdate {
  const thread = (incident.updates.written ?? [])
    .filter(({ at }) => at < update.at)
    .flatMap(({ deliveries }) => deliveries.filter((one) => one.target === target.id))
    .flatMap(({ sent }) => (sent ? [sent.id] : []));
  return {
    ...words,
    target,
    audience: target.audience,
    incident: incident.uid,
    name: incidentName(incident.number),
    update: update.id,
    version: update.version,
    severity: incident.severity,
    status: incident.status,
    thread: delivery.sent ? [...thread, delivery.sent.id] : thread,
    ...(delivery.sent ? { before: delivery.sent.id } : {}),
    first,
    since: new Date(incident.declaredAt),
    signal: attempt.signal,
  };
}
