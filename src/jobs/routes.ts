import type { Effect, EffectName } from '../domain/decision.ts';
import type { IncidentId } from '../domain/incident.ts';
import type { Lane, QueuedJob } from '../queue.ts';

type EffectOf<Name extends EffectName> = Extract<Effect, { do: Name }>;

interface Route<Name extends EffectName> {
  lane: Lane | ((effect: EffectOf<Name>) => Lane);
  /** Within the incident: effects with one key happen one after another, in order. */
  key: (effect: EffectOf<Name>) => string;
}

/** Where each effect waits, and behind what. Posts to one channel share a key, so their order is kept. */
const ROUTES: { [Name in EffectName]: Route<Name> } = {
  'open-channel': { lane: 'prompt', key: () => 'channel' },
  invite: { lane: 'prompt', key: () => 'members' },
  show: {
    lane: ({ message }) => (message.startsWith('page:') ? 'urgent' : 'prompt'),
    key: ({ message }) => `message:${message}`,
  },
  say: { lane: 'prompt', key: () => 'notices' },
  'say-to': { lane: 'prompt', key: ({ person }) => `direct:${person}` },
  'set-topic': { lane: 'background', key: () => 'topic' },
  'add-bookmarks': { lane: 'background', key: () => 'bookmarks' },
  'record-reaction': { lane: 'prompt', key: ({ source }) => `mark:${source.ts}` },
  'mark-message': { lane: 'prompt', key: ({ source }) => `mark:${source.ts}` },
  climb: { lane: 'urgent', key: ({ ladder, at }) => `climb:${ladder}:${at ?? 'now'}` },
  'page-by-pagerduty': { lane: 'urgent', key: ({ page }) => `pagerduty:${page}` },
  'settle-in-pagerduty': { lane: 'urgent', key: ({ page }) => `pagerduty:${page}` },
  'call-policy': { lane: 'urgent', key: ({ ladder }) => `policy:${ladder}` },
  'open-issue': { lane: 'background', key: () => 'issues' },
  'make-report': { lane: 'background', key: () => 'report' },
  'share-report': { lane: 'background', key: () => 'report' },
  'pin-card': { lane: 'background', key: () => 'pin' },
};

/** The job that brings an effect about. */
export function jobFor(incident: IncidentId, effect: Effect): QueuedJob {
  const route = ROUTES[effect.do] as Route<EffectName>;
  return {
    lane: typeof route.lane === 'function' ? route.lane(effect) : route.lane,
    key: `${incident.uid}:${route.key(effect)}`,
    data: { incident: incident.number, effect },
    ...('at' in effect && effect.at !== undefined ? { startAfter: new Date(effect.at) } : {}),
  };
}
