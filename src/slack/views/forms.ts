import type { InputBlock, KnownBlock } from '@slack/web-api';
import { isoWithOffset, zoneAbbreviation } from '../../domain/clock-words.ts';
import { TITLE_MAX } from '../../domain/declare.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Team } from '../../domain/team.ts';
import {
  type Instant,
  type MessageRef,
  type PersonId,
  SEVERITIES,
  type SeverityName,
} from '../../domain/words.ts';
import { VIEWS } from '../ids.ts';
import { shorten } from '../text/shorten.ts';

/** A modal of Slack. */
export interface View {
  type: 'modal';
  callback_id: string;
  private_metadata: string;
  title: { type: 'plain_text'; text: string };
  submit?: { type: 'plain_text'; text: string };
  close: { type: 'plain_text'; text: string };
  blocks: KnownBlock[];
}

/** What a form must still know when it comes back. */
export interface FormMemory {
  channelId?: string;
  incident?: number;
  entry?: string;
  handoff?: string;
  update?: string;
  action?: string;
  /** What of the review a line of the timeline is for. */
  gap?: string;
  message?: MessageRef;
  /** The last message of the page of history that it shows. */
  upTo?: string;
}

export function modal(
  callbackId: string,
  memory: FormMemory,
  title: string,
  submit: string,
  blocks: KnownBlock[],
): View {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(memory),
    title: { type: 'plain_text', text: title },
    submit: { type: 'plain_text', text: submit },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks,
  };
}

/** In whose clock a time is typed, and what the report makes of it. */
export function zoneHint(at: Instant, zone: string, reportZone: string): string {
  const mine = `Your zone is ${zone} (${zoneAbbreviation(at, zone)})`;
  if (zone === reportZone) return `${mine}, and so is the report's.`;
  return `${mine}; in the report it is ${isoWithOffset(at, reportZone).slice(0, 16).replace('T', ' ')} ${zoneAbbreviation(at, reportZone)}.`;
}

/** The answer to a form appears in the incident's channel, to whoever sent it. */
export function memoryOf(incident: Incident): FormMemory {
  const { number, channel } = incident;
  return { incident: number, ...(channel ? { channelId: channel.id } : {}) };
}

/** What Slack shows as ticks, and what it takes at all. */
const TICKS_MAX = 10;
const OPTIONS_MAX = 100;

/** Slack's limit for what is typed into one field. */
export const INPUT_MAX = 3000;

interface InputOptions {
  initial?: string | undefined;
  multiline?: boolean;
  optional?: boolean;
  max?: number;
  hint?: string;
  placeholder?: string;
}

/** A part of a form that somebody fills in; what they fill it with is read as `value`. */
export function field(
  id: string,
  label: string,
  element: InputBlock['element'],
  { optional = false, hint }: Pick<InputOptions, 'optional' | 'hint'> = {},
): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional,
    label: { type: 'plain_text', text: label },
    ...(hint ? { hint: { type: 'plain_text', text: hint } } : {}),
    element,
  };
}

export function input(id: string, label: string, options: InputOptions = {}): KnownBlock {
  const { initial, multiline = false, max = INPUT_MAX, placeholder } = options;
  const element = {
    type: 'plain_text_input',
    action_id: 'value',
    multiline,
    max_length: max,
    ...(initial ? { initial_value: shorten(initial, max) } : {}),
    ...(placeholder ? { placeholder: { type: 'plain_text' as const, text: placeholder } } : {}),
  } as const;
  return field(id, label, element, options);
}

export function choice(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
  initial: string,
): KnownBlock {
  const shown = options.map((option) => ({
    text: { type: 'plain_text' as const, text: shorten(option.label, 75) },
    value: option.value,
  }));
  const first = shown.find((option) => option.value === initial) ?? shown[0];
  return field(id, label, {
    type: 'static_select',
    action_id: 'value',
    options: shown,
    ...(first ? { initial_option: first } : {}),
  });
}

/** Any number of these, none included. */
export function choices(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
  chosen: readonly string[],
  hint?: string,
): KnownBlock {
  const shown = options.slice(0, OPTIONS_MAX).map((option) => ({
    text: { type: 'plain_text' as const, text: shorten(option.label, 75) },
    value: option.value,
  }));
  const initial = shown.filter((option) => chosen.includes(option.value));
  const element = {
    type: shown.length > TICKS_MAX ? ('multi_static_select' as const) : ('checkboxes' as const),
    action_id: 'value',
    options: shown,
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
  return field(id, label, element, { optional: true, ...(hint === undefined ? {} : { hint }) });
}

export function declareForm(
  team: Team,
  given: {
    channelId: string;
    person: PersonId;
    severity?: SeverityName;
    title?: string;
    private?: boolean;
    retrospective?: boolean;
    message?: MessageRef;
  },
): View {
  const severities = SEVERITIES.map((name) => {
    const { label, meaning } = team.severities[name];
    return { value: name, label: [name, label, meaning].filter(Boolean).join(' · ') };
  });
  return modal(
    VIEWS.declare,
    { channelId: given.channelId, ...(given.message ? { message: given.message } : {}) },
    'Declare an incident',
    'Declare',
    [
      input('title', 'What is wrong?', {
        max: TITLE_MAX,
        initial: given.title,
        placeholder: 'LEAP hub is down',
      }),
      choice('severity', 'How bad is it?', severities, given.severity ?? 'sev1'),
      {
        type: 'input',
        block_id: 'responder',
        label: { type: 'plain_text', text: `Who is ${team.roles.responder.label.toLowerCase()}?` },
        element: { type: 'users_select', action_id: 'value', initial_user: given.person },
      },
      choice(
        'visibility',
        'Who may see it?',
        [
          { value: 'public', label: 'Everybody in this workspace' },
          { value: 'private', label: 'Only those in its private channel' },
        ],
        given.private ? 'private' : 'public',
      ),
      choices(
        'over',
        'Is it over?',
        [{ value: 'retrospective', label: 'It is over: nobody is paged or told' }],
        given.retrospective ? ['retrospective'] : [],
      ),
    ],
  );
}

/** The values of a submitted form, by block: what was typed, chosen or picked; several of one block by line. */
export function readForm(values: Record<string, Record<string, FormValue>>): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [block, elements] of Object.entries(values)) {
    const [element] = Object.values(elements);
    read[block] =
      element?.value ??
      element?.selected_option?.value ??
      element?.selected_user ??
      element?.selected_date ??
      (element?.selected_options ?? []).map((option) => option.value).join('\n');
  }
  return read;
}

export interface FormValue {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[] | null;
  selected_user?: string | null;
  /** `2025-09-01` */
  selected_date?: string | null;
}
