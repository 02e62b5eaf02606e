import { nowOf } from '../core.ts';
import type { EffectName, ShownMessage } from '../domain/decision.ts';
import { nothing } from '../domain/decision.ts';
import { placed } from '../domain/declare.ts';
import { pageSent } from '../domain/page-delivery.ts';
import { recall, remember } from '../store/remembered.ts';
import type { Drawn, Posting } from '../world.ts';
import { type Job, NotYet, record, type Task } from './context.ts';

/** Makes a standing message look as the incident now calls for: posted once, brought up to date after that. */
export const showMessage: Job<'show'> = async (task) => {
  const { core, incident, effect } = task;
  const drawn = core.world.chat.draw(effect.message, incident);
  if (!drawn) return;
  const urgent = effect.message.startsWith('page:');
  const there = incident.placed[effect.message];
  if (there) return refresh(task, effect.message, drawn, urgent);
  const ref = await core.world.chat.post(drawn, posting(task, effect.message, urgent));
  await remember(core.store, shownKey(task, effect.message), drawn.digest);
  await record(task, (now) => {
    if (now.placed[effect.message]) return nothing();
    const standing = placed(effect.message, ref, nowOf(core));
    const page = urgent ? effect.message.slice('page:'.length) : undefined;
    if (page === undefined || !('facts' in standing)) return standing;
    const sent = pageSent(page, { via: 'slack', id: ref.ts }, nowOf(core));
    return { facts: [...standing.facts, ...sent.facts], effects: [...standing.effects, ...sent.effects] };
  });
};

async function refresh(
  task: Task<'show'>,
  message: ShownMessage,
  drawn: Drawn,
  urgent: boolean,
): Promise<void> {
  const { core, incident } = task;
  const there = incident.placed[message];
  const key = shownKey(task, message);
  if (!there || (await recall<string>(core.store, key))?.body === drawn.digest) return;
  await core.world.chat.update(there, drawn, urgent);
  await remember(core.store, key, drawn.digest);
}

function shownKey({ incident }: Task<'show'>, message: string): string {
  return `shown:${incident.uid}:${message}`;
}

/** A line in the incident's channel, once. */
export const sayInChannel: Job<'say'> = async (task) => {
  const { core, incident, effect } = task;
  if (!incident.channel) throw new NotYet('the channel does not exist yet');
  const loud = effect.loud ?? false;
  const drawn = core.world.chat.drawNotice(incident, effect.text, loud);
  await core.world.chat.post(drawn, posting(task, `notice:${effect.notice}`, loud));
};

/** A line to one person, once. */
export const sayToPerson: Job<'say-to'> = async (task) => {
  const { core, effect } = task;
  const drawn = core.world.chat.drawDirect(effect.person, effect.text);
  await core.world.chat.post(drawn, posting(task, `direct:${effect.person}:${effect.notice}`, false));
};

function posting(
  { incident, attempt }: Pick<Task<EffectName>, 'incident' | 'attempt'>,
  message: string,
  urgent: boolean,
): Posting {
  return {
    marker: { incident: incident.uid, message },
    first: attempt.first,
    since: new Date(incident.declaredAt),
    urgent,
    signal: attempt.signal,
  };
}
