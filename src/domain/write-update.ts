import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { asTyped, listed } from './sentence.ts';
import type { Target } from './update-targets.ts';
import type { Instant, PersonId } from './words.ts';
import { incidentName } from './words.ts';
import { entryText, isCurrent, type UpdateWords, type WrittenUpdate } from './written-updates.ts';

/** A part of an update is at most this long, so that the whole fits wherever it goes. */
const PART_MAX = 3000;

/** An update as somebody wrote it, before it is one. */
export interface UpdateDraft {
  words: UpdateWords;
  targets: readonly Target[];
  nextAt?: Instant;
  by: PersonId;
  /** Said of a private incident: those outside may know that there is an update, and nothing else. */
  anyway?: boolean;
}

/** Keeps an update and sends it on its ways, each by a job of its own. */
export function writeUpdate(incident: Incident, draft: UpdateDraft, now: Instant): Decision {
  const { targets, nextAt, by: person, anyway } = draft;
  const words = tidy(draft.words);
  const against = objection(incident, 'update') ?? whyNotWords(words) ?? whyNotThen(nextAt, now);
  if (against) return refuse(against);
  if (incident.private && targets.length > 0 && !anyway) return refuse(askAnyway(incident, targets));
  const update = `${(incident.updates.written?.length ?? 0) + 1}`;
  const by = { kind: 'person', id: person } as const;
  const entry = `update-${update}`;
  const promise = nextAt === undefined ? {} : { nextAt };
  const facts: NewFact[] = [
    {
      type: 'update-written',
      update,
      entry,
      words,
      ...promise,
      targets: targets.map(({ id, label, audience }) => ({ target: id, label, audience })),
      by,
      at: now,
      key: entry,
    },
    {
      type: 'entry-recorded',
      entry,
      origin: 'log',
      content: { kind: 'update', text: entryText(words), quote: true },
      moment: { at: now },
      author: person,
      by,
      at: now,
      key: `entry:${entry}`,
    },
  ];
  return {
    facts: [...facts, ...ownPage(targets, update, 1, now)],
    effects: [...sending(targets, update), ...drawing(update)],
    answer: answerFor(incident, update, targets),
  };
}

/** Other words for an update that was written; what stands outside is replaced where that is possible. */
export function correctUpdate(
  incident: Incident,
  correction: { update?: string; words: UpdateWords; nextAt?: Instant; by: PersonId },
  targets: readonly Target[],
  now: Instant,
): Decision {
  const written = updateOf(incident, correction.update);
  const words = tidy(correction.words);
  const against =
    objection(incident, 'update') ??
    whyNotWords(words) ??
    whyNotThen(correction.nextAt, now, written?.nextAt);
  if (against) return refuse(against);
  if (!written) return refuse(NONE_YET);
  const { nextAt } = correction;
  const same = entryText(words) === entryText(written.words) && nextAt === written.nextAt;
  if (same) return nothing(`Update ${written.id} says that already.`);
  const version = written.version + 1;
  const by = { kind: 'person', id: correction.by } as const;
  const going = targets.filter(({ id }) => written.deliveries.some(({ target }) => target === id));
  const promise = nextAt === undefined ? {} : { nextAt };
  return {
    facts: [
      { type: 'update-corrected', update: written.id, words, ...promise, version, by, at: now },
      { type: 'entry-edited', entry: written.entry, text: entryText(words), by, at: now },
      ...ownPage(going, written.id, version, now),
    ],
    effects: [...sending(going, written.id), ...drawing(written.id)],
    answer: correctedAnswer(written, going),
  };
}

/** Sends again to those whom the last update, or the named one, did not reach. */
export function retryUpdate(incident: Incident, id: string | undefined): Decision {
  const written = updateOf(incident, id);
  if (!written) return refuse(NONE_YET);
  const missing = written.deliveries.filter((delivery) => !isCurrent(written, delivery));
  if (missing.length === 0) return nothing(`Update ${written.id} reached everybody.`);
  return {
    facts: [],
    effects: missing.map(({ target }) => ({ do: 'send-update', update: written.id, target })),
    answer: `I try ${listed(missing.map(({ label }) => asTyped(label)))} again.`,
  };
}

const NONE_YET = 'No update was written yet. Write one: `/incident update <text>`.';

/** The named update, or the last one. */
export function updateOf({ updates }: Pick<Incident, 'updates'>, id?: string): WrittenUpdate | undefined {
  return id === undefined ? updates.written?.at(-1) : updates.written?.find((update) => update.id === id);
}

/** What somebody reads before anything of a private incident is spoken of outside. */
export function askAnyway(incident: Incident, targets: readonly Target[]): string {
  const name = incidentName(incident.number);
  return `${name} is private, so nothing was sent. If you send anyway, ${listed(targets.map(({ label }) => asTyped(label)))} would read “Private incident ${name}: there is an update.”, and no word of yours. Press *Send anyway*, or type \`/incident update anyway …\`. Without anybody outside: \`/incident update to nobody: …\`.`;
}

function tidy({ state, tried, next }: UpdateWords): UpdateWords {
  const [one, two] = [tried?.trim(), next?.trim()];
  return { state: state.trim(), ...(one ? { tried: one } : {}), ...(two ? { next: two } : {}) };
}

function whyNotWords(words: UpdateWords): string | undefined {
  if (!words.state)
    return 'An update needs words: how it stands now. `/incident update We are restoring LEAP.`';
  const long = Object.values(words).find((part: string) => [...part].length > PART_MAX);
  if (long === undefined) return undefined;
  return `One part has ${[...long].length} characters; ${PART_MAX} is the most. Shorten it, and link to the rest.`;
}

function whyNotThen(nextAt: Instant | undefined, now: Instant, before?: Instant): string | undefined {
  if (nextAt === undefined || nextAt > now || nextAt === before) return undefined;
  return 'The next update cannot be due in the past. Type a time to come, such as `in 2h` or `19:15`.';
}

/** The page of our own has it as soon as it is kept. */
function ownPage(targets: readonly Target[], update: string, version: number, at: Instant): NewFact[] {
  return targets
    .filter(({ way }) => way.by === 'feed')
    .map(({ id }) => ({
      type: 'update-sent',
      update,
      target: id,
      version,
      id: `status:${update}`,
      manner: version === 1 ? 'sent' : 'edited',
      by: { kind: 'daywatch' },
      at,
    }));
}

function sending(targets: readonly Target[], update: string): Effect[] {
  return targets
    .filter(({ way }) => way.by !== 'feed')
    .map(({ id }) => ({ do: 'send-update', update, target: id }));
}

function drawing(update: string): Effect[] {
  return [
    { do: 'show', message: `update:${update}` },
    { do: 'show', message: 'card' },
  ];
}

function answerFor(incident: Incident, update: string, targets: readonly Target[]): string {
  if (targets.length === 0) {
    return `Update ${update} is kept and stands in this channel. It goes to nobody outside; \`/incident help update\` shows how to pick them.`;
  }
  const whom = listed(targets.map(({ label }) => asTyped(label)));
  const words = incident.private ? ' They read only that there is an update.' : '';
  return `Update ${update} goes to ${whom}. The channel shows where it has arrived.${words}`;
}

function correctedAnswer(written: WrittenUpdate, targets: readonly Target[]): string {
  const changed = targets.filter(
    ({ way }) => way.by === 'slack' || way.by === 'statuspage' || way.by === 'feed',
  );
  const followed = targets.filter((target) => !changed.includes(target));
  const parts = [
    changed.length > 0 ? `It is replaced at ${listed(changed.map(({ label }) => asTyped(label)))}.` : '',
    followed.length > 0
      ? `What went to ${listed(followed.map(({ label }) => asTyped(label)))} cannot be changed; a correction follows it.`
      : '',
  ];
  return [`Update ${written.id} is corrected.`, ...parts].filter(Boolean).join(' ');
}
