import type { KnownBlock } from '@slack/web-api';
import type { ActionItem } from '../../domain/action-items.ts';
import type { Incident } from '../../domain/incident.ts';
import { ownLessons } from '../../domain/lessons.ts';
import { spanOf } from '../../domain/retrospective.ts';
import { typedMoment } from '../../domain/typed-moment.ts';
import {
  ACTION_CATEGORIES,
  type Instant,
  LESSON_KINDS,
  type LessonKind,
  type PersonId,
} from '../../domain/words.ts';
import { isSlackUser, VIEWS } from '../ids.ts';
import { choice, input, memoryOf, modal, type View, zoneHint } from './forms.ts';

const LESSON_LABELS: Record<LessonKind, string> = {
  well: 'What went well?',
  badly: "What didn't go so well?",
  lucky: 'Where did we get lucky?',
};

/** What one person has to say: three fields with their own words in them, a line each. */
export function lessonsForm(incident: Incident, person: PersonId): View {
  const own = ownLessons(incident, person);
  return modal(VIEWS.lessons, memoryOf(incident), 'What did you learn?', 'Save', [
    ...LESSON_KINDS.map((kind) =>
      input(kind, LESSON_LABELS[kind], {
        initial: own[kind].map(({ text }) => text).join('\n') || undefined,
        multiline: true,
        optional: true,
        ...(kind === 'lucky'
          ? {
              hint: 'A line each. Left empty means “nothing”, which is an answer. You can change yours later.',
            }
          : {}),
      }),
    ),
  ]);
}

const CATEGORIES = [
  { value: 'technical', label: 'Technical' },
  { value: 'process', label: 'Process' },
  { value: 'documentation', label: 'Documentation' },
];

export function actionForm(incident: Incident): View {
  return modal(VIEWS.action, memoryOf(incident), 'Add an action item', 'Add', [
    input('text', 'What needs to happen?', { multiline: true, max: 1000 }),
    choice('category', 'What kind?', CATEGORIES, 'technical'),
    ...ownerAndDue(undefined),
  ]);
}

export function editActionForm(incident: Incident, item: ActionItem): View {
  const { category } = item;
  const own = category !== undefined && !ACTION_CATEGORIES.some((name) => name === category);
  const kinds = [
    ...(category === undefined ? [{ value: 'none', label: 'None' }] : []),
    ...(own ? [{ value: category, label: category }] : []),
    ...CATEGORIES,
  ];
  return modal(VIEWS.editAction, { ...memoryOf(incident), action: item.id }, 'Edit the action item', 'Save', [
    input('text', 'What needs to happen?', { multiline: true, max: 1000, initial: item.title }),
    choice('category', 'What kind?', kinds, category ?? 'none'),
    ...ownerAndDue(item),
    input('link', 'Issue or pull request', {
      initial: item.url,
      optional: true,
      max: 500,
      placeholder: 'https://github.com/…/issues/19',
    }),
  ]);
}

function ownerAndDue(item: ActionItem | undefined): KnownBlock[] {
  const owner = item?.owner;
  return [
    {
      type: 'input',
      block_id: 'owner',
      optional: true,
      label: { type: 'plain_text', text: 'Who sees to it?' },
      element: {
        type: 'users_select',
        action_id: 'value',
        ...(owner !== undefined && isSlackUser(owner) ? { initial_user: owner } : {}),
      },
    },
    {
      type: 'input',
      block_id: 'due',
      optional: true,
      label: { type: 'plain_text', text: 'By which day?' },
      element: {
        type: 'datepicker',
        action_id: 'value',
        ...(item?.due === undefined ? {} : { initial_date: item.due }),
      },
    },
  ];
}

/** When users were hurt: both edges, as they stand or as was proposed. */
export function impactForm(
  incident: Incident,
  proposed: Incident['impact'],
  { zone, reportZone }: { zone: string; reportZone: string },
): View {
  const { impact } = incident;
  const { from, to } = spanOf(incident);
  const start = impact.start ?? proposed.start;
  const end = impact.end ?? proposed.end ?? (to === undefined ? undefined : { at: to });
  return modal(VIEWS.impact, memoryOf(incident), 'When were users hurt?', 'Save', [
    input('start', 'From', {
      initial: start && typedMoment(start, zone),
      optional: true,
      max: 100,
      placeholder: typedMoment({ at: from, approximate: true }, zone),
      hint: zoneHint(start?.at ?? from, zone, reportZone),
    }),
    input('end', 'Until', {
      initial: end && typedMoment(end, zone),
      optional: true,
      max: 100,
      hint: 'Such as 17:32, ca. 17:30 or 2025-08-12 17:32 UTC. What is left empty stays as it is.',
    }),
  ]);
}

interface LogForm {
  gap: string;
  title: string;
  label: string;
  at: Instant;
  text?: string;
}

/** A line of the timeline that the review asks for. */
export function logForm(
  incident: Incident,
  { gap, title, label, at, text }: LogForm,
  { zone, reportZone }: { zone: string; reportZone: string },
): View {
  return modal(VIEWS.logLine, { ...memoryOf(incident), gap }, title, 'Add', [
    input('when', 'When was that?', {
      initial: typedMoment({ at }, zone),
      max: 100,
      hint: zoneHint(at, zone, reportZone),
    }),
    input('text', label, { multiline: true, ...(text === undefined ? {} : { initial: text }) }),
  ]);
}

/** The reason for which a report is reviewed although an action item has no issue. */
export function reviewedForm(incident: Incident, bare: readonly string[]): View {
  const items = bare.length === 1 ? `Action item ${bare[0]} has` : `Action items ${bare.join(', ')} have`;
  return modal(VIEWS.reviewed, memoryOf(incident), 'Reviewed', 'Mark reviewed', [
    input('because', `${items} no issue. Why is none needed?`, {
      max: 300,
      multiline: true,
      hint: 'It stands in the timeline beside your name. Publishing opens the issues that are missing.',
    }),
  ]);
}
