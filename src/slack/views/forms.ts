import type { KnownBlock } from '@slack/web-api';
import { TITLE_MAX } from '../../domain/declare.ts';
import type { Team } from '../../domain/team.ts';
import { type MessageRef, type PersonId, SEVERITIES, type SeverityName } from '../../domain/words.ts';
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
  message?: MessageRef;
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

interface InputOptions {
  initial?: string | undefined;
  multiline?: boolean;
  optional?: boolean;
  max?: number;
  hint?: string;
  placeholder?: string;
}

export function input(id: string, label: string, options: InputOptions = {}): KnownBlock {
  const { initial, multiline = false, optional = false, max = 3000, hint, placeholder } = options;
  return {
    type: 'input',
    block_id: id,
    optional,
    label: { type: 'plain_text', text: label },
    ...(hint ? { hint: { type: 'plain_text', text: hint } } : {}),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      multiline,
      max_length: max,
      ...(initial ? { initial_value: shorten(initial, max) } : {}),
      ...(placeholder ? { placeholder: { type: 'plain_text', text: placeholder } } : {}),
    },
  };
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
  return {
    type: 'input',
    block_id: id,
    label: { type: 'plain_text', text: label },
    element: {
      type: 'static_select',
      action_id: 'value',
      options: shown,
      ...(first ? { initial_option: first } : {}),
    },
  };
}

export function declareForm(
  team: Team,
  given: {
    channelId: string;
    person: PersonId;
    severity?: SeverityName;
    title?: string;
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
        'public',
      ),
    ],
  );
}

/** The values of a submitted form, by block: what was typed, chosen or picked. */
export function readForm(values: Record<string, Record<string, FormValue>>): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [block, elements] of Object.entries(values)) {
    const [element] = Object.values(elements);
    read[block] = element?.value ?? element?.selected_option?.value ?? element?.selected_user ?? '';
  }
  return read;
}

export interface FormValue {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_user?: string | null;
}
