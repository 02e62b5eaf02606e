import type { QueuedJob } from '../queue.ts';

/** Something to bring about outside that belongs to no incident. It carries ids only, as an effect does. */
export type Errand =
  /** Finds a message for the alerts that wait to be offered. */
  | { do: 'offer-alerts' }
  /** Makes the message of an offer stand as it now calls for. */
  | { do: 'show-offer'; offer: number }
  /** A line in the alerts channel, once. */
  | { do: 'say-alerts'; notice: string; text: string; at: number };

const KEYS: { [Name in Errand['do']]: (errand: Extract<Errand, { do: Name }>) => string } = {
  'offer-alerts': () => 'offers',
  'show-offer': ({ offer }) => `offer:${offer}`,
  'say-alerts': () => 'notices',
};

/** The job that runs an errand, now or then. */
export function errandJob(errand: Errand, at?: Date): QueuedJob {
  const key = KEYS[errand.do] as (one: Errand) => string;
  return {
    lane: 'prompt',
    key: `alerts:${key(errand)}`,
    data: { errand },
    ...(at === undefined ? {} : { startAfter: at }),
  };
}
