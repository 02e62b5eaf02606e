import type { Incident } from './incident.ts';
import { incidentName, type Status } from './words.ts';

/** What people do to an incident. */
export type Verb =
  | 'log'
  | 'assign'
  | 'handoff'
  | 'page'
  | 'status'
  | 'severity'
  | 'rename'
  | 'impact'
  | 'action'
  | 'lesson'
  | 'summary'
  | 'update'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'merge';

const AFTERWARDS: readonly Verb[] = [
  'log',
  'impact',
  'action',
  'lesson',
  'summary',
  'rename',
  'severity',
  'assign',
];
const OPEN: readonly Verb[] = [
  ...AFTERWARDS,
  'update',
  'handoff',
  'page',
  'status',
  'resolve',
  'cancel',
  'merge',
];

/** Which state permits which verb. Rules, buttons and help all read it here. */
export const PERMITTED: Record<Status, readonly Verb[]> = {
  investigating: OPEN,
  identified: OPEN,
  monitoring: OPEN,
  resolved: [...AFTERWARDS, 'update', 'handoff', 'reopen', 'close', 'merge'],
  closed: ['reopen'],
  cancelled: ['reopen'],
  merged: [],
};

const INSTEAD: Partial<Record<Status, string>> = {
  resolved: 'Type `/incident reopen` if it is not over.',
  closed: 'Type `/incident reopen` to go on with it.',
  cancelled: 'Type `/incident reopen` to go on with it.',
};

/** What makes no sense once it is over: why not, and what to do instead. */
const OF_LIVE_ONES: Partial<Record<Verb, string>> = {
  page: 'nobody is paged for it. To ask somebody what they know, mention them in this channel. If it goes on after all, declare it: `/incident declare sev1 <title>`.',
  update:
    'no update goes out from here. What was told at the time belongs into the timeline: react 📣 to the message, or type `/incident log 2025-08-12 17:32 We told the community`.',
  handoff:
    'nobody is asked to take a role. `/incident assign communications @person` gives it at once, without a question.',
  status: 'its status stays as it is until `/incident resolve` makes the report.',
};

export function isPermitted(incident: Incident, verb: Verb): boolean {
  if (incident.retrospective && verb in OF_LIVE_ONES) return false;
  return PERMITTED[incident.status].includes(verb);
}

/** The sentence for whoever tries what the state does not permit, or nothing when it does. */
export function objection(incident: Incident, verb: Verb): string | undefined {
  if (isPermitted(incident, verb)) return undefined;
  const name = incidentName(incident.number);
  const whyNot = verb === 'status' && !isOpen(incident) ? undefined : OF_LIVE_ONES[verb];
  if (incident.retrospective && whyNot) return `${name} is a retrospective: it is over, so ${whyNot}`;
  const { mergedInto } = incident;
  const instead =
    mergedInto === undefined
      ? INSTEAD[incident.status]
      : `It is a duplicate of ${incidentName(mergedInto)}: go on in the channel of that one.`;
  return [`${name} is ${incident.status}, so \`${verb}\` is not possible.`, instead]
    .filter(Boolean)
    .join(' ');
}

/** Not over, or not written down to the end. */
export function isOpen(incident: Pick<Incident, 'status'>): boolean {
  return ['investigating', 'identified', 'monitoring'].includes(incident.status);
}

/** It goes on now: clocks run, people are asked, alerts join it. A retrospective is never live. */
export function isLive({ status, retrospective }: Pick<Incident, 'status' | 'retrospective'>): boolean {
  return !retrospective && isOpen({ status });
}
