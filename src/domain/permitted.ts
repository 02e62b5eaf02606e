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

export function isPermitted(incident: Incident, verb: Verb): boolean {
  return PERMITTED[incident.status].includes(verb);
}

/** The sentence for whoever tries what the state does not permit, or nothing when it does. */
export function objection(incident: Incident, verb: Verb): string | undefined {
  if (isPermitted(incident, verb)) return undefined;
  const name = incidentName(incident.number);
  const { mergedInto } = incident;
  const instead =
    mergedInto === undefined
      ? INSTEAD[incident.status]
      : `It is a duplicate of ${incidentName(mergedInto)}: go on in the channel of that one.`;
  return [`${name} is ${incident.status}, so \`${verb}\` is not possible.`, instead]
    .filter(Boolean)
    .join(' ');
}

/** Still in need of attention. */
export function isOpen(incident: Pick<Incident, 'status'>): boolean {
  return ['investigating', 'identified', 'monitoring'].includes(incident.status);
}
