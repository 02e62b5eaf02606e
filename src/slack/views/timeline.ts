import type { KnownBlock } from '@slack/web-api';
import { clockTime, dayAndTime, dayWords, localDate } from '../../domain/clock-words.ts';
import { between, excerpt, excerptLine } from '../../domain/excerpt.ts';
import { filesLine } from '../../domain/files.ts';
import type { Incident } from '../../domain/incident.ts';
import { fenced } from '../../domain/markdown.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Entry } from '../../domain/timeline.ts';
import { type Actor, incidentName, type MessageRef } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';

/** With a day line and three blocks an entry, this stays below Slack's 50 blocks and 13,000 characters. */
export const ENTRIES_A_PAGE = 10;
const TEXT_MAX = 450;
const CODE_LEAST = 120;
const FORMER_MAX = 120;

/** The address of a message, if it is known. */
export type MessageLink = (source: MessageRef) => string | undefined;

/** A page of the timeline by day; page 0 is the latest. */
export function timelineView(
  incident: Incident,
  entries: readonly Entry[],
  zone: string,
  page: number,
  link: MessageLink,
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
      blocks.push(
        context(
          `**${dayWords(entry.moment.at, zone, incident.declaredAt)}**${entry.followUp ? ' · follow-up' : ''}`,
        ),
      );
      day = date;
      followUp = entry.followUp;
    }
    blocks.push(...entryBlocks(incident, entry, zone, link));
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

function entryBlocks(incident: Incident, entry: Entry, zone: string, link: MessageLink): KnownBlock[] {
  const { text, code } = entry.content;
  const words = excerpt(text, TEXT_MAX);
  const left = Math.max(CODE_LEAST, TEXT_MAX - text.length);
  const block = code === undefined ? undefined : excerpt(fenced(code), left);
  const when = `**${momentWords(entry.moment, zone)}**`;
  const ended = entry.endedAt === undefined ? [] : [`(until ${clockTime(entry.endedAt, zone)})`];
  const head = [when, ...ended, ...said(entry), ...(entry.removed ? ['*Taken out:*'] : [])].join(' ');
  const told = [words.markdown, block?.markdown].filter(Boolean).join('\n\n');
  const whole = words.cut || block?.cut ? wholeWords(entry, link) : '';
  const files = filesLine(entry);
  const line = section(
    files
      ? `${between(head, told, whole)}\n\n${files}${deleted(entry)}`
      : between(head, told, `${whole}${deleted(entry)}`),
  );
  const value = encodeValue(incident.number, entry.id);
  const buttons: Button[] = [];
  if (isPermitted(incident, 'log') && entry.origin !== 'daywatch') {
    if (entry.removed) buttons.push(button('Restore', ACTIONS.restoreEntry, value));
    else {
      buttons.push(button('Edit', ACTIONS.editEntry, value), button('Remove', ACTIONS.removeEntry, value));
    }
  }
  if (entry.origin === 'daywatch') return [line];
  const recorded = context(recordedWords(entry, zone));
  return buttons.length === 0 ? [line, recorded] : [line, recorded, actions(...buttons)];
}

const WAYS: Record<Entry['origin'], string> = {
  reaction: ' by a reaction',
  log: '',
  shortcut: ' by the shortcut',
  alert: '',
  import: ' from a case',
  history: ' from the channel’s history',
  merge: ' with a duplicate',
  http: ' through the API',
  daywatch: '',
};

/** Who put it here and when, and what it said before: what an auditor asks first. */
function recordedWords({ recordedAt, recordedBy, origin, formerTexts }: Entry, zone: string): string {
  const recorded = `Recorded ${dayAndTime(recordedAt, zone)} by ${actorWords(recordedBy)}${WAYS[origin]}`;
  const last = formerTexts.at(-1);
  if (last === undefined) return recorded;
  const times = formerTexts.length === 1 ? 'once' : `${formerTexts.length} times`;
  return `${recorded} · edited ${times}, before: “${excerptLine(last, FORMER_MAX)}”`;
}

/** Where the words that are cut here stand whole. */
function wholeWords({ source, sourceDeleted }: Entry, link: MessageLink): string {
  const url = source && !sourceDeleted ? link(source) : undefined;
  return url === undefined ? ' (the report has all of it)' : ` ([all of it](${url}))`;
}

function said(entry: Entry): string[] {
  if (entry.origin === 'daywatch' || entry.kind === 'alert') return [];
  return [`${actorWords(entry.author)}:`];
}

function actorWords(actor: Actor): string {
  if (actor.kind === 'person') return mention(actor.id);
  return actor.kind === 'service' ? asTyped(actor.name) : 'Daywatch';
}

/** The words stand although their message is gone; a note of its own line would part it from them. */
function deleted({ sourceDeleted, removed }: Entry): string {
  return sourceDeleted && !removed ? ' · *its message was deleted*' : '';
}
