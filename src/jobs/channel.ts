import { asTyped, mention } from '../domain/sentence.ts';
import { foldEntry } from '../domain/timeline.ts';
import { isServiceError } from '../service-error.ts';
import { factsOfEntry } from '../store/incidents.ts';
import { type Job, record } from './context.ts';

/** People who cannot come are named to the channel; the others are in. */
export const invitePeople: Job<'invite'> = async (task) => {
  const { core, incident, effect } = task;
  if (!incident.channel) return;
  const refused = await core.world.chat.invite(incident.channel.id, effect.people);
  if (refused.length === 0) return;
  await record(task, () => ({
    facts: [],
    effects: refused.map(({ person, why }) => ({
      do: 'say',
      notice: `not-invited:${person}`,
      text: `I could not bring ${mention(person)} into this channel (${asTyped(why)}). Somebody who may invite them can.`,
    })),
  }));
};

export const setTopic: Job<'set-topic'> = async ({ core, incident }) => {
  await core.world.chat.setTopic(incident);
};

export const addBookmarks: Job<'add-bookmarks'> = async ({ core, incident }) => {
  await core.world.chat.addBookmarks(incident);
};

export const pinCard: Job<'pin-card'> = async ({ core, incident }) => {
  if (incident.placed.card) await core.world.chat.pin(incident.placed.card);
};

/** ✅ on a message means: it is in the timeline. */
export const markMessage: Job<'mark-message'> = async ({ core, incident, effect }) => {
  const facts = await factsOfEntry(core.store.database.prisma, incident.number, effect.entry);
  const entry = foldEntry(facts);
  const on = entry !== undefined && !entry.removed;
  try {
    await core.world.chat.mark(effect.source, on);
  } catch (error) {
    // A sign on a message that Slack will not take (too many, a locked thread) is not worth retrying.
    if (!isServiceError(error, 'refused', 'not-found')) throw error;
    core.log.warn({ incident: incident.number, code: error.code }, 'a message could not be marked');
  }
};
