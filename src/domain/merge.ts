import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { Fact, NewFact } from './facts.ts';
import { type Incident, isHere } from './incident.ts';
import { objection } from './permitted.ts';
import { asTyped, counted } from './sentence.ts';
import type { Describe } from './timeline.ts';
import { type Actor, type Instant, incidentName, type PersonId } from './words.ts';

const USAGE = 'Type `/incident merge INC-7` in the channel of the duplicate.';

/** `INC-7`, `inc7`, `#7`, `7`. */
export function readIncidentName(text: string): number | undefined {
  const digits = /^(?:inc-?|#)?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** This one is a duplicate: it ends here, and what it holds goes to the other. `target` is what the person may see. */
export function merge(
  incident: Incident,
  target: { number: number | undefined; incident: Incident | undefined },
  by: Actor,
  now: Instant,
): Decision {
  const name = incidentName(incident.number);
  if (incident.mergedInto !== undefined) {
    return nothing(`${name} is merged into ${incidentName(incident.mergedInto)} already.`);
  }
  const against = objection(incident, 'merge');
  if (against) return refuse(against);
  if (target.number === undefined) return refuse(`Say which incident this one is a duplicate of. ${USAGE}`);
  if (target.number === incident.number) {
    return refuse(`${name} cannot be merged into itself. ${USAGE}`);
  }
  const other = target.incident;
  const wanted = incidentName(target.number);
  if (!other)
    return refuse(`There is no ${wanted} that you can see. \`/incident list\` shows the open ones.`);
  const refused = againstTarget(incident, other, wanted);
  if (refused) return refuse(refused);
  const pages = Object.values(incident.pages).flatMap((page): Effect[] => [
    { do: 'settle-in-pagerduty', page: page.id },
    { do: 'show', message: `page:${page.id}` },
  ]);
  const where = other.channel ? ` Go on in [#${other.channel.name}](channel:${other.channel.id}).` : '';
  return {
    facts: [{ type: 'status-changed', from: incident.status, to: 'merged', into: other.number, by, at: now }],
    effects: [
      { do: 'join-timelines' },
      ...pages,
      { do: 'show', message: 'card' },
      { do: 'show', message: 'announcement' },
      { do: 'set-topic' },
      {
        do: 'say',
        notice: 'merged',
        text: `${name} is a duplicate of **${wanted} ${asTyped(other.title)}**.${where} Its timeline is joined to that one, and what is marked here still counts there.`,
      },
    ],
    answer: `${name} is merged into ${wanted}.`,
  };
}

/** Open incidents of which this one may be a duplicate, as far as this person knows of them; the likeliest first. */
export function candidatesForMerge(
  incident: Incident,
  open: readonly Incident[],
  person: PersonId,
): Incident[] {
  const fit = open.filter(
    (other) =>
      other.number !== incident.number &&
      other.private === incident.private &&
      (!other.retrospective || incident.retrospective === true) &&
      (!other.private || isHere(other, person)),
  );
  const sameService = (other: Incident) => other.service !== undefined && other.service === incident.service;
  return [...fit.filter(sameService), ...fit.filter((other) => !sameService(other))];
}

function againstTarget(incident: Incident, other: Incident, wanted: string): string | undefined {
  if (other.mergedInto !== undefined) {
    return `${wanted} is itself merged into ${incidentName(other.mergedInto)}. Type \`/incident merge ${incidentName(other.mergedInto)}\`.`;
  }
  if (other.status === 'closed' || other.status === 'cancelled') {
    return `${wanted} is ${other.status}, so nothing can be added to it. Type \`/incident reopen\` in its channel first.`;
  }
  if (other.retrospective && !incident.retrospective) {
    return `${wanted} is a retrospective, and this one was not. Merge it the other way round: \`/incident merge ${incidentName(incident.number)}\` in the channel of ${wanted}.`;
  }
  if (incident.private && !other.private) {
    return `This incident is private and ${wanted} is not, so its timeline would be seen by everybody. Nothing was merged.`;
  }
  if (!incident.private && other.private) {
    return `${wanted} is private and this incident is not, so this channel would tell of it. Nothing was merged.`;
  }
  return undefined;
}

const OF_ENTRIES: ReadonlySet<string> = new Set([
  'entry-recorded',
  'entry-marked',
  'entry-unmarked',
  'entry-edited',
  'entry-retimed',
  'entry-kind-changed',
  'entry-removed',
  'entry-restored',
  'entry-file-kept',
  'entry-file-lost',
  'entry-source-deleted',
  'alert-closed',
]);

/**
 * The timeline of a duplicate becomes part of this one: entries with their own times and sources, what Daywatch wrote as
 * lines of it, action items and lessons that stand, and who took part. Once, however often it is asked.
 */
export function joinTimeline(
  incident: Incident,
  duplicate: { incident: Incident; facts: readonly Fact[]; describe: Describe },
  known: { entries: ReadonlySet<string>; joined: boolean },
  now: Instant,
): Decision {
  if (known.joined) return nothing();
  const { number, title, uid } = duplicate.incident;
  const name = incidentName(number);
  const by: Actor = { kind: 'daywatch' };
  const told = duplicate.facts.flatMap((fact) =>
    OF_ENTRIES.has(fact.type)
      ? entryFacts(fact, known.entries)
      : duplicate.incident.retrospective
        ? []
        : ownLine(fact, duplicate.describe, name, `merged-${number}-${fact.seq}`),
  );
  const people = duplicate.incident.people.filter((person) => !incident.people.includes(person));
  const entries = told.filter(({ type }) => type === 'entry-recorded').length;
  const facts: NewFact[] = [
    { type: 'duplicate-joined', number, title, by, at: now, key: `joined:${uid}` },
    ...people.map((person): NewFact => ({ type: 'joined', person, by, at: now })),
    ...told,
    ...tasks(incident, duplicate.incident, now),
    ...lessons(incident, duplicate.incident, now),
  ];
  return {
    facts,
    effects: [
      { do: 'show', message: 'card' },
      // Whoever was there is needed here; into a private channel people are asked by its members.
      ...(incident.private || people.length === 0 ? [] : [{ do: 'invite' as const, people }]),
      {
        do: 'say',
        notice: `joined:${uid}`,
        text: `${name} “${asTyped(title)}” was a duplicate of this incident. Its timeline is joined here: ${counted(entries, 'entry', 'entries')}.`,
      },
    ],
  };
}

/** As it was written down there, by whom and when; an entry that stands here already stays as it is here. */
function entryFacts(fact: Fact, known: ReadonlySet<string>): NewFact[] {
  if (!('entry' in fact) || fact.entry === undefined || known.has(fact.entry)) return [];
  const { seq: _seq, recordedAt: _recordedAt, ...told } = fact;
  if (told.type !== 'entry-source-deleted') return [told];
  // Whoever was asked about it was asked there.
  const { asked: _asked, ...gone } = told;
  return [gone];
}

function ownLine(fact: Fact, describe: Describe, name: string, entry: string): NewFact[] {
  const words = describe(fact);
  if (!words || words.bookkeeping) return [];
  const content = { ...words.content, text: `${name}: ${words.content.text}` };
  return [
    {
      type: 'entry-recorded',
      entry,
      origin: 'merge',
      content,
      moment: { at: fact.at },
      by: fact.by,
      at: fact.at,
      key: `entry:${entry}`,
    },
  ];
}

function tasks(incident: Incident, duplicate: Incident, now: Instant): NewFact[] {
  const standing = duplicate.actions.filter(({ withdrawn }) => !withdrawn);
  return standing.flatMap(({ id, title, category, url, entry, addedBy: by, done }, index): NewFact[] => {
    const action = `${incident.actions.length + index + 1}`;
    const key = `action:${duplicate.uid}:${id}`;
    return [
      {
        type: 'action-added',
        action,
        title,
        ...(category === undefined ? {} : { category }),
        ...(entry === undefined ? {} : { entry }),
        by,
        at: now,
        key,
      },
      ...(url === undefined ? [] : [{ type: 'action-linked' as const, action, url, by, at: now }]),
      ...(done ? [{ type: 'action-done' as const, action, by, at: now }] : []),
    ];
  });
}

function lessons(incident: Incident, duplicate: Incident, now: Instant): NewFact[] {
  const standing = duplicate.lessons.filter(({ withdrawn }) => !withdrawn);
  return standing.map(
    ({ id, kind, text, entry, by }, index): NewFact => ({
      type: 'lesson-added',
      lesson: `${incident.lessons.length + index + 1}`,
      kind,
      text,
      ...(entry === undefined ? {} : { entry }),
      by,
      at: now,
      key: `lesson:${duplicate.uid}:${id}`,
    }),
  );
}
