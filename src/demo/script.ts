import type { Case, CaseEntry } from '../domain/case/schema.ts';
import { bareTitle } from '../domain/report/report-title.ts';
import { ACTION_CATEGORIES, type Instant } from '../domain/words.ts';
import type { Cast } from './cast.ts';

/** One thing that a person, or a machine, does in a replay. */
export type Gesture =
  | { do: 'type'; who: string; text: string }
  | { do: 'say'; who: string; text: string; mark?: 'pushpin' | 'mega' }
  | { do: 'come'; who: string }
  | { do: 'accept'; who: string }
  | { do: 'have-it'; who: string }
  | { do: 'alert'; entry: CaseEntry }
  | { do: 'summarise'; who: string; summary: string; resolution: string };

export interface Step {
  at: Instant;
  gesture: Gesture;
}

/** Several gestures of one minute keep their order by a few seconds between them. */
const BETWEEN_MS = 1_000;
const DAY_MS = 86_400_000;

/**
 * A case as what people do in Slack. What was direct speech is said and pinned, other lines are logged, updates
 * are sent by command; the tech lead is paged by command when the responder first waits for them.
 */
export function scriptOf(story: Case, cast: Cast): Step[] {
  const entries = story.entries.toSorted((a, b) => a.at - b.at);
  const start = Math.min(
    story.startedAt ?? entries[0]?.at ?? story.resolvedAt ?? DAY_MS,
    entries[0]?.at ?? Number.POSITIVE_INFINITY,
  );
  const leadAnswers = entries.find((entry) => isTechLead(entry) && !isFollowUp(story, entry));
  const asked = leadAnswers ? lastBefore(entries, leadAnswers, cast) : undefined;
  const beats: Step[] = [
    {
      at: start,
      gesture: {
        do: 'type',
        who: cast.responder,
        text: `declare ${story.severity ?? 'sev1'} ${bareTitle(story.title)}`,
      },
    },
  ];
  const here = new Set([cast.responder]);
  let resolved = false;
  for (const entry of entries) {
    const who = cast.playerOf(entry.role, entry.person);
    if (!here.has(who) && entry.kind !== 'alert' && !isTechLead(entry)) {
      beats.push({ at: entry.at, gesture: { do: 'come', who } });
      here.add(who);
      if (/second/.test(entry.role ?? ''))
        beats.push({ at: entry.at, gesture: { do: 'type', who, text: 'assign communications me' } });
    }
    if (entry === leadAnswers) {
      beats.push({ at: entry.at, gesture: { do: 'have-it', who } });
      here.add(who);
    }
    if (isResolution(story, entry) && !resolved) {
      resolved = true;
      beats.push(...endOf(story, cast, entry.at));
      continue;
    }
    beats.push(...gesturesOf(entry, who, cast).map((gesture) => ({ at: entry.at, gesture })));
    if (entry === entries[0] && story.startedAt !== undefined) {
      beats.push({
        at: entry.at,
        gesture: { do: 'type', who: cast.responder, text: `impact start ${iso(story.startedAt)}` },
      });
    }
    if (entry === asked) beats.push({ at: entry.at, gesture: { do: 'type', who, text: 'page tech-lead' } });
  }
  if (!resolved) beats.push(...endOf(story, cast, story.resolvedAt ?? entries.at(-1)?.at ?? start));
  return spaced(beats.toSorted((a, b) => a.at - b.at));
}

function isTechLead(entry: CaseEntry): boolean {
  return /tech/.test(entry.role ?? '');
}

function isFollowUp(story: Case, entry: CaseEntry): boolean {
  return entry.followUp ?? (story.resolvedAt !== undefined && entry.at > story.resolvedAt);
}

/** The responder's last words before the tech lead's first: there they wait. */
function lastBefore(entries: readonly CaseEntry[], answer: CaseEntry, cast: Cast): CaseEntry | undefined {
  return entries.findLast(
    (entry) =>
      entry.at < answer.at &&
      entry.kind === 'message' &&
      cast.playerOf(entry.role, entry.person) === cast.responder,
  );
}

function isResolution(story: Case, entry: CaseEntry): boolean {
  return entry.kind === 'status' && entry.at === story.resolvedAt;
}

function gesturesOf(entry: CaseEntry, who: string, cast: Cast): Gesture[] {
  const when = entry.approximate || entry.until ? `${entry.approximate ? 'ca. ' : ''}${iso(entry.at)} ` : '';
  switch (entry.kind) {
    case 'alert':
      return [{ do: 'alert', entry }];
    case 'update':
      // An update goes out as it is written; one whose time is not known went out by another way.
      return when === '' && !isSaid(entry)
        ? [{ do: 'type', who, text: `update ${entry.text}` }]
        : [{ do: 'say', who, text: entry.text, mark: 'mega' }];
    case 'role': {
      if (!/hand.*over|hands? off/i.test(entry.text)) return [logged(who, when, entry)];
      const to = cast.communications;
      return [
        { do: 'type', who, text: `handoff communications <@${to}>` },
        { do: 'accept', who: to },
      ];
    }
    case 'report':
      return [{ ...logged(cast.communications, when, entry) }];
    default:
      return [
        isSaid(entry) ? { do: 'say', who, text: spoken(entry), mark: 'pushpin' } : logged(who, when, entry),
      ];
  }
}

/** Direct speech and pasted logs are messages; the rest is a line of the log. */
function isSaid(entry: CaseEntry): boolean {
  return entry.quote === true || entry.code !== undefined;
}

function spoken({ text, code }: CaseEntry): string {
  return code === undefined ? text : `${text}\n\`\`\`\n${code}\n\`\`\``;
}

function logged(who: string, when: string, entry: CaseEntry): Gesture {
  return { do: 'type', who, text: `log ${when}${entry.text}` };
}

/** It is over: the report, and what everybody learnt while they are still there. */
function endOf(story: Case, cast: Cast, at: Instant): Step[] {
  const { sections, actionItems = [] } = story;
  const { responder, communications } = cast;
  const second = cast.playerOf('second engineer', undefined);
  const told = (who: string, kind: string, texts: readonly string[] = []) =>
    texts.map((text): Gesture => ({ do: 'type', who, text: `lesson ${kind} ${text}` }));
  const lessons = [
    ...told(second, 'well', sections?.wentWell),
    ...told(responder, 'badly', sections?.wentWrong),
    ...told(communications, 'lucky', sections?.lucky),
  ];
  const actions = actionItems.map(({ title, link, done, category }) =>
    ['action', done ? '[x]' : '', categoryWord(category), title, link ?? ''].filter(Boolean).join(' '),
  );
  const ended = story.endedAt === undefined ? [] : [`impact end ${iso(story.endedAt)}`];
  const typed = (text: string): Gesture => ({ do: 'type', who: responder, text });
  const words: Gesture[] =
    sections?.summary || sections?.resolution
      ? [
          {
            do: 'summarise',
            who: communications,
            summary: sections.summary ?? '',
            resolution: sections.resolution ?? '',
          },
        ]
      : [];
  const gestures = [...ended.map(typed), typed('resolve'), ...lessons, ...actions.map(typed), ...words];
  return gestures.map((gesture) => ({ at, gesture }));
}

function categoryWord(heading = ''): string {
  return ACTION_CATEGORIES.find((name) => heading.toLowerCase().startsWith(name)) ?? '';
}

function iso(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function spaced(steps: readonly Step[]): Step[] {
  let last = Number.NEGATIVE_INFINITY;
  return steps.map(({ at, gesture }) => {
    last = Math.max(at, last + BETWEEN_MS);
    return { at: last, gesture };
  });
}
