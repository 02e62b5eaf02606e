import { hourMinute, isoWithOffset, localDate, zoneAbbreviation } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Entry } from '../../domain/timeline.ts';
import { type Instant, LESSON_KINDS, type MessageRef, type Moment } from '../../domain/words.ts';
import { VIEWS } from '../ids.ts';
import { choice, type FormMemory, input, modal, type View } from './forms.ts';

/** A time as one types it: `2025-08-12 17:32`, `ca. …`, a range. Read back by the same rules as in commands. */
export function typedMoment(moment: Moment, zone: string): string {
  const day = localDate(moment.at, zone);
  const until = moment.until === undefined ? '' : `-${hourMinute(moment.until, zone)}`;
  return `${moment.approximate ? 'ca. ' : ''}${day} ${hourMinute(moment.at, zone)}${until}`;
}

function zoneHint(at: Instant, zone: string, reportZone: string): string {
  const mine = `Your zone is ${zone} (${zoneAbbreviation(at, zone)})`;
  if (zone === reportZone) return `${mine}, and so is the report's.`;
  return `${mine}; in the report it is ${isoWithOffset(at, reportZone).slice(0, 16).replace('T', ' ')} ${zoneAbbreviation(at, reportZone)}.`;
}

/** The answer to a form appears in the incident's channel, to whoever sent it. */
function memoryOf(incident: Incident): FormMemory {
  const { number, channel } = incident;
  return { incident: number, ...(channel ? { channelId: channel.id } : {}) };
}

export function editEntryForm(incident: Incident, entry: Entry, zone: string, reportZone: string): View {
  const former = entry.formerTexts.length;
  return modal(VIEWS.editEntry, { ...memoryOf(incident), entry: entry.id }, 'Edit the entry', 'Save', [
    input('when', 'When did it happen?', {
      initial: typedMoment(entry.moment, zone),
      max: 100,
      hint: zoneHint(entry.moment.at, zone, reportZone),
    }),
    input('text', 'What happened?', {
      initial: entry.content.text,
      multiline: true,
      hint:
        former > 0
          ? `Markdown. ${former} former ${former === 1 ? 'text is' : 'texts are'} kept.`
          : 'Markdown. The former text is kept.',
    }),
  ]);
}

/** The shortcut "Add to timeline": the message's own time, to be changed if need be. */
export function addEntryForm(
  message: MessageRef,
  given: { at: Instant; text: string },
  zone: string,
  reportZone: string,
): View {
  return modal(VIEWS.addEntry, { message }, 'Add to timeline', 'Add', [
    input('when', 'When did it happen?', {
      initial: typedMoment({ at: given.at }, zone),
      max: 100,
      hint: zoneHint(given.at, zone, reportZone),
    }),
    {
      type: 'section',
      text: { type: 'plain_text', text: [...(given.text || '(no words)')].slice(0, 2900).join('') },
    },
  ]);
}

export function summaryForm(incident: Incident): View {
  return modal(VIEWS.summary, memoryOf(incident), 'Summary and resolution', 'Save', [
    input('summary', 'What happened, and what did users feel?', {
      initial: incident.summary,
      multiline: true,
      optional: true,
      hint: 'Left empty, the report says what the facts say.',
    }),
    input('resolution', 'How was it fixed?', {
      initial: incident.resolution,
      multiline: true,
      optional: true,
    }),
  ]);
}

const LESSON_LABELS = { well: 'Went well', badly: "Didn't go so well", lucky: 'We got lucky' };

export function lessonForm(incident: Incident): View {
  return modal(VIEWS.lesson, memoryOf(incident), 'Add a lesson', 'Add', [
    choice(
      'kind',
      'What kind?',
      LESSON_KINDS.map((kind) => ({ value: kind, label: LESSON_LABELS[kind] })),
      'well',
    ),
    input('text', 'In one or two sentences', { multiline: true }),
  ]);
}

export function actionForm(incident: Incident): View {
  return modal(VIEWS.action, memoryOf(incident), 'Add an action item', 'Add', [
    choice(
      'category',
      'What kind?',
      [
        { value: 'technical', label: 'Technical' },
        { value: 'process', label: 'Process' },
        { value: 'documentation', label: 'Documentation' },
      ],
      'technical',
    ),
    input('text', 'What needs to happen?', { multiline: true, max: 1000 }),
  ]);
}
