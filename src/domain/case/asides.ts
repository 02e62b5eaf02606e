import { present } from '../present.ts';
import type { Instant, Moment, Status } from '../words.ts';
import { STATUSES } from '../words.ts';
import type { Case, CaseEntry } from './schema.ts';

/**
 * What an incident knows and the format of a case has no field for, as entries of their own: exact sentences in the
 * name of Daywatch, true for whoever reads the file, and facts again when it is imported.
 */
export interface Asides {
  /** It was written down afterwards. */
  retrospective?: true;
  declaredAt?: Instant;
  impact: { start?: Moment; end?: Moment };
  pagedAt?: Instant;
  acknowledgedAt?: Instant;
  /** How long paging waited for somebody's day. */
  waitedMs?: number;
  status?: { at: Instant; status: Status };
  chart?: { image: string; alt: string };
  closedAlerts: { at: Instant; until: Instant; text: string }[];
  cast: { person: string; role: string }[];
  /** Who sees to an action item, and by when; `item` counts them from 1. */
  work: Work[];
  /** Ids of findings that people decided to show in public. */
  shown: string[];
}

interface Work {
  item: number;
  owner?: string;
  /** `2025-09-01` */
  due?: string;
}

const ROLE = 'Daywatch';
const RETROSPECTIVE = 'Written down afterwards: nobody was paged or told.';
const DECLARED = 'Declared.';
const IMPACT = { start: 'Impact starts.', end: 'Impact ends.' } as const;
const PAGED = 'First page.';
const ACKNOWLEDGED = 'First acknowledgement of a page.';
const WAITED = 'Paging waited for daylight so long.';
const NEVER_WAITED = 'Paging never waited for daylight.';
const OPEN_SO_LONG = 'Open so long: ';
const CHART = 'Chart of the uptime check: ';
const TAKES_PART = ' is part of the story.';
const SHOWN = 'Public by decision: ';

/** The entries of these asides, in a fixed order. */
export function entriesOfAsides(asides: Asides, at: Instant): CaseEntry[] {
  const {
    declaredAt,
    impact,
    pagedAt,
    acknowledgedAt,
    waitedMs,
    status,
    chart,
    closedAlerts,
    cast,
    work,
    shown,
  } = asides;
  const own = (kind: CaseEntry['kind'], moment: Moment, text: string): CaseEntry => ({
    ...moment,
    kind,
    role: ROLE,
    text,
  });
  return [
    ...(asides.retrospective ? [own('note', { at }, RETROSPECTIVE)] : []),
    ...(declaredAt === undefined ? [] : [own('status', { at: declaredAt }, DECLARED)]),
    ...(impact.start ? [own('note', impact.start, IMPACT.start)] : []),
    ...(impact.end ? [own('note', impact.end, IMPACT.end)] : []),
    ...(pagedAt === undefined ? [] : [own('page', { at: pagedAt }, PAGED)]),
    ...(acknowledgedAt === undefined ? [] : [own('page', { at: acknowledgedAt }, ACKNOWLEDGED)]),
    ...(waitedMs === undefined
      ? []
      : [
          waitedMs > 0
            ? own('page', { at, until: at + waitedMs }, WAITED)
            : own('page', { at }, NEVER_WAITED),
        ]),
    ...(status ? [own('status', { at: status.at }, `Status: ${status.status}.`)] : []),
    ...(chart ? [{ ...own('note', { at }, `${CHART}${chart.alt}`), image: chart.image }] : []),
    ...closedAlerts.map(({ text, ...moment }) => own('alert', moment, `${OPEN_SO_LONG}${text}`)),
    ...cast.map(
      ({ person, role }): CaseEntry => ({ at, kind: 'role', role, person, text: `${person}${TAKES_PART}` }),
    ),
    ...work.map((one) => ({
      ...own('action', { at }, workWords(one)),
      ...(one.owner === undefined ? {} : { person: one.owner }),
    })),
    ...shown.map((finding) => own('note', { at }, `${SHOWN}${finding}.`)),
  ];
}

/** Takes the asides out of the entries of a case. */
export function takeAsides(given: Case): { entries: CaseEntry[]; asides: Asides } {
  const asides: Asides = { impact: {}, closedAlerts: [], cast: [], work: [], shown: [] };
  const entries = given.entries.filter((entry) => !takeAside(entry, given, asides));
  return { entries, asides };
}

function takeAside(entry: CaseEntry, { startedAt, endedAt, actionItems }: Case, asides: Asides): boolean {
  const { kind, role, person, text, at, until, image } = entry;
  if (kind === 'role' && role && person && text === `${person}${TAKES_PART}`) {
    asides.cast.push({ person, role });
    return true;
  }
  if (role !== ROLE) return false;
  const moment: Moment = {
    at,
    ...(until === undefined ? {} : { until }),
    ...(entry.approximate ? { approximate: true } : {}),
  };
  const status = /^Status: (\w+)\.$/.exec(text)?.[1];
  const known = STATUSES.find((name) => name === status);
  const work = workOf(entry, actionItems?.length ?? 0);
  const finding = /^Public by decision: ([0-9a-f]{16})\.$/.exec(text)?.[1];
  if (text === RETROSPECTIVE) asides.retrospective = true;
  else if (text === DECLARED) asides.declaredAt = at;
  else if (text === IMPACT.start && at === startedAt) asides.impact.start = moment;
  else if (text === IMPACT.end && at === endedAt) asides.impact.end = moment;
  else if (text === PAGED) asides.pagedAt = at;
  else if (text === ACKNOWLEDGED) asides.acknowledgedAt = at;
  else if (text === NEVER_WAITED) asides.waitedMs = 0;
  else if (text === WAITED && until !== undefined) asides.waitedMs = until - at;
  else if (known) asides.status = { at, status: known };
  else if (image !== undefined && text.startsWith(CHART)) {
    asides.chart = { image, alt: text.slice(CHART.length) };
  } else if (kind === 'alert' && until !== undefined && text.startsWith(OPEN_SO_LONG)) {
    asides.closedAlerts.push({ at, until, text: text.slice(OPEN_SO_LONG.length) });
  } else if (work) asides.work.push(work);
  else if (finding !== undefined) asides.shown.push(finding);
  else return false;
  return true;
}

function workWords({ item, owner, due }: Work): string {
  const whose = owner === undefined ? '' : ` is ${owner}’s`;
  const when = due === undefined ? '' : `${owner === undefined ? ' is' : ','} due ${due}`;
  return `Action item ${item}${whose}${when}.`;
}

/** Understood where it is word for word what would be written of an item that is there. */
function workOf({ kind, text, person: owner }: CaseEntry, items: number): Work | undefined {
  const item = Number(/^Action item ([1-9]\d{0,4}) /.exec(text)?.[1]);
  const due = / due (\d{4}-\d{2}-\d{2})\.$/.exec(text)?.[1];
  const work: Work = { item, ...present({ owner, due }) };
  const isIt = kind === 'action' && item <= items && (owner !== undefined || due !== undefined);
  return isIt && text === workWords(work) ? work : undefined;
}
