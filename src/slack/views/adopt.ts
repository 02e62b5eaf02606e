import type { KnownBlock } from '@slack/web-api';
import { dayAndTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { counted } from '../../domain/sentence.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue, VIEWS } from '../ids.ts';
import { shorten } from '../text/shorten.ts';
import { actions, button, type SlackContent, section } from './blocks.ts';
import { modal, type View } from './forms.ts';

/** One message of the history, to be chosen or not. */
export interface Choice {
  ts: string;
  at: number;
  author: string;
  /** Plain words. */
  words: string;
}

/** Slack takes ten boxes in a group. */
const GROUP = 10;
const LABEL_MAX = 75;
const WORDS_MAX = 75;

/** How far the reading of an adopted channel has come; brought up to date in place. */
export function historyMessage(incident: Incident): SlackContent {
  const { messages, entries, done } = incident.history ?? { messages: 0, entries: 0, done: false };
  const name = incidentName(incident.number);
  if (!done) {
    const so =
      messages === 0
        ? ''
        : ` ${counted(messages, 'message')} so far, ${counted(entries, 'entry', 'entries')}.`;
    const text = `⏳ I am reading what was said in this channel before ${name}, threads included.${so}`;
    return { text, blocks: [section(text)] };
  }
  const text = `I have read what was said in this channel: ${counted(messages, 'message')}. ${entriesWords(entries)}`;
  const choose = isPermitted(incident, 'log')
    ? [actions(button('Choose more entries', ACTIONS.chooseEntries, encodeValue(incident.number, '')))]
    : [];
  return { text, blocks: [section(text), ...choose] };
}

function entriesWords(entries: number): string {
  if (entries === 0) return 'None bore a 📌 or another of our reactions, so none is in the timeline yet.';
  return `${entries === 1 ? 'One bore one' : `${entries} bore one`} of our reactions and ${entries === 1 ? 'is' : 'are'} in the timeline.`;
}

/** A page of the history with a box at each message that is not in the timeline. */
export function chooseForm(incident: Incident, choices: readonly Choice[], left: number, zone: string): View {
  const memory = {
    incident: incident.number,
    ...(incident.channel ? { channelId: incident.channel.id } : {}),
    upTo: choices.at(-1)?.ts ?? '',
  };
  const groups: KnownBlock[] = [];
  for (let from = 0; from < choices.length; from += GROUP) {
    groups.push({
      type: 'input',
      block_id: `choices-${from}`,
      optional: true,
      label: { type: 'plain_text', text: from === 0 ? 'What belongs into the timeline?' : 'And' },
      element: {
        type: 'checkboxes',
        action_id: 'value',
        options: choices.slice(from, from + GROUP).map(({ ts, at, author, words }) => ({
          text: { type: 'plain_text', text: shorten(`${dayAndTime(at, zone)} ${author}`, LABEL_MAX) },
          description: { type: 'plain_text', text: shorten(words || '(no words)', WORDS_MAX) },
          value: ts,
        })),
      },
    });
  }
  const more = left > 0 ? [section(`After these come ${counted(left, 'message')} more.`)] : [];
  return modal(VIEWS.chooseEntries, memory, 'Choose entries', 'Add', [...groups, ...more]);
}
