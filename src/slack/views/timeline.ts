import type { KnownBlock } from '@slack/web-api';
import { clockTime, dayWords, localDate } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Entry } from '../../domain/timeline.ts';
import { type Actor, incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';

/** With a day line and two blocks an entry, this stays below Slack's 50 blocks and 13,000 characters. */
export const ENTRIES_A_PAGE = 12;
const TEXT_MAX = 600;

/** A page of the timeline by day; page 0 is the latest. */
export function timelineView(
  incident: Incident,
  entries: readonly Entry[],
  zone: string,
  page: number,
): SlackContent {
  const pages = Math.max(1, Math.ceil(entries.length / ENTRIES_A_PAGE));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const end = entries.length - shown * ENTRIES_A_PAGE;
  const some = entries.slice(Math.max(0, end - ENTRIES_A_PAGE), end);
  const name = incidentName(incident.number);
  const blocks: KnownBlock[] = [
    section(
      `**Timeline of ${name}** · ${entries.filter(({ removed }) => !removed).length} entries, times in ${asTyped(zone)}`,
    ),
  ];
  let day = '';
  let followUp = false;
  for (const entry of some) {
    const date = localDate(entry.moment.at, zone);
    if (date !== day || entry.followUp !== followUp) {
      blocks.push(context(`**${dayWords(entry.moment.at, zone)}**${entry.followUp ? ' · follow-up' : ''}`));
      day = date;
      followUp = entry.followUp;
    }
    blocks.push(...entryBlocks(incident, entry, zone));
  }
  const turns = [
    shown < pages - 1
      ? button('Earlier', ACTIONS.showTimelinePage, encodeValue(incident.number, `${shown + 1}`))
      : undefined,
    shown > 0
      ? button('Later', `${ACTIONS.showTimelinePage}_later`, encodeValue(incident.number, `${shown - 1}`))
      : undefined,
  ].filter((turn) => turn !== undefined);
  if (turns.length > 0) blocks.push(actions(...turns));
  return { text: `Timeline of ${name}`, blocks };
}

function entryBlocks(incident: Incident, entry: Entry, zone: string): KnownBlock[] {
  const text = cut(entry.content.text);
  const strike = entry.removed ? '~' : '';
  const body = strike ? `*Taken out:* ${text}` : text;
  const code = entry.content.code ? `\n\`\`\`\n${cut(entry.content.code)}\n\`\`\`` : '';
  const recovered = entry.endedAt === undefined ? '' : ` (until ${clockTime(entry.endedAt, zone)})`;
  const line = section(`**${momentWords(entry.moment, zone)}**${recovered} ${said(entry)}${body}${code}`);
  const value = encodeValue(incident.number, entry.id);
  const buttons: Button[] = [];
  if (isPermitted(incident, 'log') && entry.origin !== 'daywatch') {
    if (entry.removed) buttons.push(button('Restore', ACTIONS.restoreEntry, value));
    else {
      buttons.push(button('Edit', ACTIONS.editEntry, value), button('Remove', ACTIONS.removeEntry, value));
    }
  }
  if (buttons.length === 0) return [line];
  return [line, actions(...buttons)];
}

function said(entry: Entry): string {
  if (entry.origin === 'daywatch' || entry.kind === 'alert') return '';
  return `${actorWords(entry.author)}: `;
}

function actorWords(actor: Actor): string {
  if (actor.kind === 'person') return mention(actor.id);
  return actor.kind === 'service' ? actor.name : 'Daywatch';
}

function cut(text: string): string {
  return [...text].length <= TEXT_MAX ? text : `${[...text].slice(0, TEXT_MAX - 1).join('')}…`;
}
