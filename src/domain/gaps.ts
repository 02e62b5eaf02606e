import { isBare, isStanding } from './action-items.ts';
import { clockTime, dayAndTime, duration, localDate } from './clock-words.ts';
import type { Fact } from './facts.ts';
import { NO_WORDS } from './files.ts';
import type { Incident } from './incident.ts';
import { whoAnswered } from './lessons.ts';
import { parseMarkdown, wordsOf } from './markdown.ts';
import { momentWords } from './moment-words.ts';
import { isStory } from './report/is-story.ts';
import { asTold, isTimeOfWriting } from './retrospective.ts';
import type { Gap } from './review-state.ts';
import { asTyped, listed, mention } from './sentence.ts';
import type { Entry } from './timeline.ts';
import type { Instant } from './words.ts';
import { DAY_MS, MINUTE_MS } from './zone-offsets.ts';

/** What is looked at: the incident, its log and its timeline, and the zone in which times are told. */
export interface Reviewed {
  incident: Incident;
  facts: readonly Fact[];
  entries: readonly Entry[];
  zone: string;
}

const SILENCE_MS = 30 * MINUTE_MS;
/** Of one kind no more than these: a review of forty lines is read by nobody. */
const MOST_OF_A_KIND = 4;
const WORDS_MAX = 60;

/** Everything that the report would gain from, in the order in which people mend it best. */
export function findGaps(given: Reviewed): Gap[] {
  const reviewed = { ...given, incident: asTold(given.incident, given.entries) };
  const story = reviewed.entries.filter(isStory).toSorted((a, b) => a.moment.at - b.moment.at);
  return [
    ...impactGaps(reviewed, story),
    ...silences(reviewed, story),
    ...(given.incident.retrospective ? timesOfWriting(given, story) : doubtfulTimes(reviewed, story)),
    ...wordless(reviewed, story),
    ...deleted(reviewed),
    ...unansweredPages(reviewed, story),
    ...updateGap(reviewed),
    ...verificationGap(reviewed, story),
    ...actionGaps(reviewed),
    ...summaryGap(reviewed),
    ...lessonGap(reviewed),
  ];
}

function impactGaps({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  const { impact, resolvedAt, declaredAt } = incident;
  const gaps: Gap[] = [];
  const words = (at: Instant) => momentWords({ at }, zone, declaredAt);
  if (!impact.start) gaps.push({ id: 'impact-start', words: 'When users were first hurt is not known.' });
  if (!impact.end) {
    const until =
      resolvedAt === undefined ? '' : `; the report says until it was resolved, ${words(resolvedAt)}`;
    gaps.push({ id: 'impact-end', words: `When users were no longer hurt is not known${until}.` });
  }
  const sign = story.find(({ kind }) => kind === 'alert' || kind === 'report');
  if (impact.start && sign && sign.moment.at < impact.start.at - MINUTE_MS) {
    const what = sign.kind === 'alert' ? 'An alert' : 'A report';
    gaps.push({
      id: 'impact-doubtful:start',
      words: `${what} is from ${words(sign.moment.at)}, before users were hurt by what is set (${words(impact.start.at)}).`,
    });
  }
  if (impact.end && resolvedAt !== undefined && impact.end.at > resolvedAt + MINUTE_MS) {
    gaps.push({
      id: 'impact-doubtful:end',
      words: `Users were hurt until ${words(impact.end.at)}, but it was resolved at ${words(resolvedAt)}.`,
    });
  }
  return gaps;
}

/** Where nothing is on record for long, from its beginning to its end. */
function silences({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  const { declaredAt } = incident;
  const resolvedAt = endOf(incident);
  if (resolvedAt === undefined) return [];
  const during = story.filter(({ moment }) => moment.at >= declaredAt && moment.at <= resolvedAt);
  const found: { from: Instant; to: Instant }[] = [];
  let from = declaredAt;
  for (const { moment } of during) {
    if (moment.at - from > SILENCE_MS) found.push({ from, to: moment.at });
    from = Math.max(from, moment.until ?? moment.at);
  }
  if (resolvedAt - from > SILENCE_MS) found.push({ from, to: resolvedAt });
  return found
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_OF_A_KIND)
    .toSorted((a, b) => a.from - b.from)
    .map((silence) => ({
      id: `silence:${silence.from}`,
      words: `Nothing is on record from ${momentWords({ at: silence.from }, zone, declaredAt)} to ${momentWords({ at: silence.to }, zone, declaredAt)} (${duration(silence.to - silence.from)}).`,
    }));
}

/** Times that cannot be, or hardly. */
function doubtfulTimes({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  const begin = Math.min(incident.declaredAt, incident.impact.start?.at ?? incident.declaredAt);
  return typedByPeople(story)
    .flatMap((entry): Gap[] => {
      const { moment, recordedAt } = entry;
      const early = begin - moment.at > DAY_MS;
      const late = moment.at > recordedAt + MINUTE_MS;
      if (!early && !late) return [];
      const why = early
        ? `that is ${duration(begin - moment.at)} before it began`
        : `it was written down before that, at ${clockTime(recordedAt, zone)}`;
      return [
        {
          id: `time:${entry.id}`,
          words: `${quoted(entry)} stands at ${dayAndTime(moment.at, zone)}; ${why}.`,
        },
      ];
    })
    .slice(0, MOST_OF_A_KIND);
}

/** The line of a retrospective that stands at the time of its writing. */
function timesOfWriting({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  return typedByPeople(story)
    .filter(({ moment }) => isTimeOfWriting(incident, moment))
    .slice(0, MOST_OF_A_KIND)
    .map((entry) => ({
      id: `time:${entry.id}`,
      words: `${quoted(entry)} stands at ${dayAndTime(entry.moment.at, zone)}, when this was already being written down.`,
    }));
}

/** Of a retrospective that nobody has dated the end of, when users were no longer hurt. */
function endOf({ resolvedAt, retrospective, impact }: Incident): Instant | undefined {
  return resolvedAt ?? (retrospective ? impact.end?.at : undefined);
}

function typedByPeople(story: readonly Entry[]): Entry[] {
  return story.filter(({ origin }) => origin !== 'daywatch' && origin !== 'import');
}

const ONLY_SIGNS = /^(?::[\w+-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|[\s\p{P}])*$/u;

/** A picture or a sign says nothing to whoever reads it a year later. */
function wordless({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  return typedByPeople(story)
    .filter(({ content }) => saysNothing(content.text) && !content.code?.trim())
    .slice(0, MOST_OF_A_KIND)
    .map((entry) => {
      const files = entry.content.files?.length ?? 0;
      const what = files > 0 ? 'only a file' : 'no words';
      return {
        id: `words:${entry.id}`,
        words: `The entry of ${momentWords(entry.moment, zone, incident.declaredAt)} has ${what}.`,
      };
    });
}

function saysNothing(text: string): boolean {
  return text.trim() === NO_WORDS || ONLY_SIGNS.test(plainWords(text));
}

function deleted({ incident, zone }: Reviewed): Gap[] {
  const asked = Object.values(incident.asked ?? {}).flatMap(({ entries }) => entries);
  return asked
    .filter(({ answer }) => answer === undefined)
    .slice(0, MOST_OF_A_KIND)
    .map(({ entry, at, words }) => ({
      id: `deleted:${entry}`,
      words: `The message of ${momentWords({ at }, zone, incident.declaredAt)} was deleted in Slack: “${asTyped(words)}”. Its entry stands.`,
    }));
}

/** Ladders that nobody answered. */
function unansweredPages({ incident, zone }: Reviewed, story: readonly Entry[]): Gap[] {
  return Object.values(incident.ladders).flatMap((ladder): Gap[] => {
    const pages = ladder.pages.flatMap((id) => incident.pages[id] ?? []);
    const [first] = pages;
    const answered = pages.some(({ state }) => state === 'acknowledged');
    if (!first || answered || story.some(({ id }) => id.startsWith(`answered-${ladder.id}-`))) return [];
    const who = listed([...new Set(pages.map(({ person }) => mention(person)))]);
    const since = momentWords({ at: first.pagedAt }, zone, incident.declaredAt);
    return [
      { id: `page:${ladder.id}`, words: `${who} was paged from ${since} on, and no answer is on record.` },
    ];
  });
}

function updateGap({ incident }: Reviewed): Gap[] {
  if (incident.private || incident.updates.count > 0) return [];
  return [{ id: 'update', words: 'That the community was told is not on record.' }];
}

const VERIFIED =
  /\b(?:verif\w*|confirm\w*|checked|check(?:s|ing)? (?:that|it|again)|test(?:s|ed|ing)?|works?(?:ing)?|healthy|recovered|back (?:up|online)|is back|are back|online|logged in|can log ?in)\b/i;

/** How anybody saw that it was fixed: by watching it, by a measurement, or in somebody's words near the end. */
function verificationGap({ incident, facts }: Reviewed, story: readonly Entry[]): Gap[] {
  const { declaredAt, check } = incident;
  const resolvedAt = endOf(incident);
  if (resolvedAt === undefined) return [];
  const watched = facts.some((fact) => fact.type === 'status-changed' && fact.to === 'monitoring');
  const measured =
    check?.outage?.recovery !== undefined ||
    story.some(({ endedAt }) => endedAt !== undefined && endedAt >= declaredAt);
  const late = Math.max(declaredAt, resolvedAt - 60 * MINUTE_MS);
  const told = story.some(
    ({ id, moment, origin, content }) =>
      id.startsWith('verified-') ||
      (origin !== 'daywatch' && moment.at >= late && VERIFIED.test(plainWords(content.text))),
  );
  const said = incident.resolution !== undefined && VERIFIED.test(plainWords(incident.resolution));
  if (watched || measured || told || said) return [];
  return [{ id: 'verification', words: 'How you saw that it works again is not on record.' }];
}

/** What an action item lacks: nobody sees to it, nothing outside stands for it, or somebody has to decide. */
function actionGaps({ incident }: Reviewed): Gap[] {
  return incident.actions.filter(isStanding).flatMap((item): Gap[] => {
    const name = `Action item ${item.id} “${asTyped(shortened(plainWords(item.title)))}”`;
    if (item.resembles) {
      const { number, raisedAt } = item.resembles;
      const raised = localDate(raisedAt, 'UTC');
      return [
        {
          id: `similar:${item.id}`,
          words: `${name} looks like #${number}, raised ${raised}. Is it the same?`,
        },
      ];
    }
    const lacks = [
      ...(item.owner === undefined ? ['owner'] : []),
      ...(isBare(item) && !incident.private ? ['issue'] : []),
    ];
    if (lacks.length === 0) return [];
    return [{ id: `action:${item.id}`, words: `${name} has no ${lacks.join(' and no ')}.` }];
  });
}

function summaryGap({ incident }: Reviewed): Gap[] {
  if (incident.summary) return [];
  return [{ id: 'summary', words: 'Nobody has written a summary; the report says what the facts say.' }];
}

function lessonGap({ incident }: Reviewed): Gap[] {
  const standing = incident.lessons.some(({ withdrawn }) => !withdrawn);
  if (standing || whoAnswered(incident).length > 0) return [];
  return [
    { id: 'lessons', words: 'Nobody has said what went well, what did not, and where you were lucky.' },
  ];
}

function quoted(entry: Entry): string {
  return `“${asTyped(shortened(plainWords(entry.content.text)))}”`;
}

function plainWords(text: string): string {
  return wordsOf(parseMarkdown(text)).replaceAll(/\s+/g, ' ').trim();
}

function shortened(text: string): string {
  return [...text].length > WORDS_MAX ? `${[...text].slice(0, WORDS_MAX - 1).join('')}…` : text;
}
