import type { Effect, EffectName } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Lane, QueuedJob } from '../queue.ts';

type EffectOf<Name extends EffectName> = Extract<Effect, { do: Name }>;

/** What of an incident its jobs are named by. */
type Routed = Pick<Incident, 'number' | 'uid' | 'channel'>;

interface Route<Name extends EffectName> {
  lane: Lane | ((effect: EffectOf<Name>, incident: Routed) => Lane);
  /** Within the incident: effects with one key happen one after another, in order. */
  key: (effect: EffectOf<Name>, incident: Routed) => string;
}

/** Where each effect waits, and behind what. Posts to one channel share a key, so their order is kept. */
const ROUTES: { [Name in EffectName]: Route<Name> } = {
  'open-channel': { lane: 'prompt', key: () => 'channel' },
  invite: { lane: 'prompt', key: () => 'members' },
  show: {
    lane: ({ message }) => (message.startsWith('page:') ? 'urgent' : 'prompt'),
    key: ({ message }) => `message:${message}`,
  },
  // What is said before the channel stands waits behind the job that opens it, and comes right after. What is said
  // loudly, that paging fails, waits behind no other notice.
  say: {
    lane: ({ loud }, { channel }) => (loud && channel ? 'urgent' : 'prompt'),
    key: ({ loud }, { channel }) => (channel ? (loud ? 'loud' : 'notices') : 'channel'),
  },
  'say-to': { lane: 'prompt', key: ({ person }) => `direct:${person}` },
  'set-topic': { lane: 'background', key: () => 'topic' },
  'add-bookmarks': { lane: 'background', key: () => 'bookmarks' },
  'record-reaction': { lane: 'prompt', key: ({ source }) => `mark:${source.ts}` },
  'link-pagerduty': { lane: 'background', key: () => 'link' },
  'join-timelines': { lane: 'prompt', key: () => 'join' },
  recover: { lane: 'background', key: () => 'recover' },
  'keep-file': { lane: 'background', key: ({ file }) => `file:${file}` },
  'mark-message': { lane: 'prompt', key: ({ source }) => `mark:${source.ts}` },
  climb: { lane: 'urgent', key: ({ ladder, at }) => `climb:${ladder}:${at ?? 'now'}` },
  'page-by-pagerduty': { lane: 'urgent', key: ({ page }) => `pagerduty:${page}` },
  'settle-in-pagerduty': { lane: 'urgent', key: ({ page }) => `pagerduty:${page}` },
  'call-policy': { lane: 'urgent', key: ({ ladder }) => `policy:${ladder}` },
  'move-handoff': { lane: 'prompt', key: ({ handoff, at }) => `handoff:${handoff}:${at ?? 'now'}` },
  'reassign-in-pagerduty': { lane: 'prompt', key: () => 'responder' },
  'open-issue': { lane: 'background', key: () => 'issues' },
  // Behind the issues, so that the report links them.
  'publish-report': { lane: 'background', key: () => 'issues' },
  'send-report': { lane: 'background', key: () => 'issues' },
  'make-report': { lane: 'background', key: () => 'report' },
  'share-report': { lane: 'background', key: () => 'report' },
  'write-canvas': { lane: 'background', key: () => 'canvas' },
  'read-check': { lane: 'background', key: ({ at }) => `check:${at ?? 'now'}` },
  'share-chart': { lane: 'background', key: () => 'report' },
  // Behind the report, so that the card comes below the news that it is over.
  review: { lane: 'background', key: () => 'report' },
  'remind-of-lessons': { lane: 'background', key: ({ at }) => `lessons:${at}` },
  'assign-issue': { lane: 'background', key: () => 'issues' },
  'link-issues': { lane: 'background', key: () => 'issues' },
  'join-alerts': { lane: 'prompt', key: () => 'alerts' },
  'find-alerts': { lane: 'prompt', key: () => 'alerts' },
  'pin-card': { lane: 'background', key: () => 'pin' },
  // A target that is away holds up its own updates only.
  'send-update': {
    lane: 'prompt',
    key: ({ target, at }) => (at === undefined ? `update:${target}` : `update:${target}:${at}`),
  },
  'remind-of-update': { lane: 'prompt', key: ({ dueAt, stage, at }) => `reminder:${stage}:${dueAt}:${at}` },
};

/** The job that brings an effect about. */
export function jobFor(incident: Routed, effect: Effect): QueuedJob {
  const route = ROUTES[effect.do] as Route<EffectName>;
  return {
    lane: typeof route.lane === 'function' ? route.lane(effect, incident) : route.lane,
    key: `${incident.uid}:${route.key(effect, incident)}`,
    data: { incident: incident.number, effect },
    ...('at' in effect && effect.at !== undefined ? { startAfter: new Date(effect.at) } : {}),
  };
}
