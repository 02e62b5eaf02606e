import { nowOf } from '../core.ts';
import { nothing } from '../domain/decision.ts';
import { channelOpened, channelRefused, invited } from '../domain/declare.ts';
import { isServiceError } from '../service-error.ts';
import { incidentOfChannel } from '../store/incidents.ts';
import { type Job, record } from './context.ts';

/** One channel for an incident; everything that stands in it follows from the fact that it exists. */
export const openChannel: Job<'open-channel'> = async (task) => {
  const { core, incident } = task;
  if (incident.channel) return;
  try {
    const channel = await core.world.chat.openChannel({
      number: incident.number,
      title: incident.title,
      private: incident.private,
      isFree: async (id) => (await incidentOfChannel(core.store.database.prisma, id)) === undefined,
    });
    await record(task, (now) =>
      now.channel ? nothing() : channelOpened(channel, invited(now), nowOf(core)),
    );
  } catch (error) {
    if (isServiceError(error, 'refused', 'unauthorized')) {
      await record(task, (now) => channelRefused(now, error.message, nowOf(core)));
    }
    throw error;
  }
};
