import type { KnownBlock } from '@slack/web-api';
import type { Incident } from '../../domain/incident.ts';
import type { Entry } from '../../domain/timeline.ts';
import { typedMoment } from '../../domain/typed-moment.ts';
import type { Instant, MessageRef } from '../../domain/words.ts';
import { VIEWS } from '../ids.ts';
import { section } from './blocks.ts';
import { INPUT_MAX, input, memoryOf, modal, type View, zoneHint } from './forms.ts';

export function editEntryForm(incident: Incident, entry: Entry, zone: string, reportZone: string): View {
  const former = entry.formerTexts.length;
  return modal(VIEWS.editEntry, { ...memoryOf(incident), entry: entry.id }, 'Edit the entry', 'Save', [
    input('when', 'When did it happen?', {
      initial: typedMoment(entry.moment, zone),
      max: 100,
      hint: zoneHint(entry.moment.at, zone, reportZone),
    }),
    isTooLong(entry)
      ? section(
          `The words are too long for a form. ${entry.source ? 'Edit the message itself, and the entry follows.' : 'They can be changed through the HTTP API.'}`,
        )
      : input('text', 'What happened?', {
          initial: entry.content.text,
          multiline: true,
          hint:
            former > 0
              ? `Markdown. ${former} former ${former === 1 ? 'text is' : 'texts are'} kept.`
              : 'Markdown. The former text is kept.',
        }),
    ...formerBlocks(entry),
  ]);
}

/** Saving what was cut to fit would lose the rest. */
function isTooLong({ content }: Entry): boolean {
  return [...content.text].length > INPUT_MAX;
}

/** What the entry said before, the latest first. */
function formerBlocks({ formerTexts }: Entry): KnownBlock[] {
  if (formerTexts.length === 0) return [];
  const former = formerTexts.toReversed().map((text) => `• ${[...text].slice(0, 500).join('')}`);
  const text = ['It said before:', ...former].join('\n');
  return [{ type: 'section', text: { type: 'plain_text', text: [...text].slice(0, 2900).join('') } }];
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
