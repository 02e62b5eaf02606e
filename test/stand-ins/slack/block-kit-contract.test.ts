import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  validateAttachments,
  validateMessageBlocks,
  validateView,
} from '../../../src/stand-ins/slack/block-kit.ts';
import { sized, unsized } from './sized-blocks.ts';

const folder = new URL('../../../../shared/contracts/block-kit/', import.meta.url);
const present = existsSync(folder);

const Payload = z.record(z.string(), z.unknown());
const Refusals = z.object({ cases: z.array(z.object({ id: z.string(), constraint: z.string() })) });
const Limits: z.ZodType<Limit> = z.lazy(() => z.record(z.string(), z.union([z.number(), Limits])));
type Limit = { [name: string]: number | Limit };

/** Where the specification's list leaves a number out; its case names it in words. */
const inWords: Record<string, number> = { 'table.rows.max_items': 100 };

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

function limitOf(limits: Limit, constraint: string): number | undefined {
  let at: number | Limit | undefined = limits;
  for (const name of constraint.split('.')) at = typeof at === 'object' ? at[name] : undefined;
  return typeof at === 'number' ? at : inWords[constraint];
}

/** The problems of a payload at its limit and of the next payload beyond it. */
function pairFor(constraint: string, limits: Limit) {
  const limit = limitOf(limits, constraint);
  if (limit === undefined) return unsized[constraint]?.();
  const [, subject = '', bound = ''] =
    /^(.*?)[._]?((?:exclusive_)?m(?:in|ax)(?:_length|_items)?)$/.exec(constraint) ?? [];
  const at = sized[subject];
  if (!at) return undefined;
  if (bound === 'exclusive_min') return { sound: at(limit + 1), broken: at(limit) };
  const step = bound.startsWith('max') ? 1 : -1;
  return { sound: at(limit), broken: at(limit + step) };
}

describe.skipIf(!present)('the published Block Kit specification', () => {
  const limits = present ? Limits.parse(read('limits.json')) : {};
  const refusals = present ? Refusals.parse(read('invalid-cases.json')).cases : [];
  const accepted = present
    ? Object.entries(z.record(z.string(), Payload).parse(read('valid-cases.json')))
    : [];

  it('has cases', () => {
    expect(refusals.length).toBeGreaterThan(100);
    expect(accepted.length).toBeGreaterThan(99);
  });

  it.each(refusals)('refuses $id, and nothing short of it', ({ constraint }) => {
    const pair = pairFor(constraint, limits);
    expect(pair, `no payload is built for ${constraint}`).toBeDefined();
    expect(pair?.sound).toEqual([]);
    expect(pair?.broken).not.toEqual([]);
  });

  it.each(accepted)('accepts %s', (name, payload) => {
    expect(problemsOf(name, payload)).toEqual([]);
  });
});

if (!present) {
  it('the published Block Kit specification', ({ skip }) => {
    skip('not compared: ../shared/contracts/block-kit is absent');
  });
}

/** Sets a payload where it may stand: an option in a menu, a menu in a block, a block in a message. */
function problemsOf(name: string, payload: Record<string, unknown>): string[] {
  const [kind = '', title = ''] = name.split('/');
  switch (kind) {
    case 'attachments':
      return validateAttachments([payload]);
    case 'blocks':
      return validateMessageBlocks([payload]);
    case 'elements':
      return validateMessageBlocks([aroundElement(payload)]);
    case 'messages':
      return [
        ...validateMessageBlocks(payload.blocks ?? []),
        ...validateAttachments(payload.attachments ?? []),
      ];
    case 'objects':
      return validateMessageBlocks([aroundObject(title, payload)]);
    case 'rich_text':
      return validateMessageBlocks([aroundRichText(payload)]);
    case 'views':
      return validateView(payload);
    default:
      throw new Error(`no place is known for ${name}`);
  }
}

const words = { type: 'plain_text', text: 'words' };
const section = (accessory: object) => ({ type: 'section', text: words, accessory });
const input = (element: object) => ({ type: 'input', label: words, element });

function aroundElement(element: Record<string, unknown>): object {
  const type = String(element.type);
  if (type === 'url') return { type: 'task_card', task_id: 't', title: 'T', sources: [element] };
  if (/_input$/.test(type) || type === 'datetimepicker') return input(element);
  return section(element);
}

function aroundObject(title: string, payload: Record<string, unknown>): object {
  const [, kind] = /^(.*?)_(?:basic|emoji|verbatim|value_at_limit)$/.exec(title) ?? [];
  const button = { type: 'button', text: words };
  const workflow = (trigger: object) =>
    section({ type: 'workflow_button', text: words, workflow: { trigger } });
  const trigger = 'https://slack.example/shortcuts/1';
  switch (kind) {
    case 'confirmation_dialogue':
      return section({ ...button, confirm: payload });
    case 'conversation_filter':
      return section({ type: 'conversations_select', filter: payload });
    case 'dispatch_action_configuration':
      return input({ type: 'plain_text_input', dispatch_action_config: payload });
    case 'input_parameter':
      return workflow({ url: trigger, customizable_input_parameters: [payload] });
    case 'option':
      return section({ type: 'static_select', options: [payload] });
    case 'option_group':
      return section({ type: 'static_select', option_groups: [payload] });
    case 'text_markdown':
    case 'text_plaintext':
      return { type: 'section', text: payload };
    case 'trigger':
      return workflow(payload);
    case 'workflow':
      return section({ type: 'workflow_button', text: words, workflow: payload });
    default:
      throw new Error(`no place is known for the object ${title}`);
  }
}

function aroundRichText(payload: Record<string, unknown>): object {
  const part = String(payload.type).startsWith('rich_text_')
    ? payload
    : { type: 'rich_text_section', elements: [payload] };
  return { type: 'rich_text', elements: [part] };
}
