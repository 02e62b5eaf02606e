import { describe, expect, it } from 'vitest';
import {
  MESSAGE_BLOCKS_CHARACTERS,
  messageBlocksLength,
  validateAttachments,
  validateMessageBlocks,
  validateView,
} from '../../../src/stand-ins/slack/block-kit.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string, more: object = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});
const button = (id: string) => ({ type: 'button', action_id: id, text: plain('Go') });
const input = {
  type: 'input',
  block_id: 'title',
  label: plain('Title'),
  element: { type: 'plain_text_input', action_id: 'value' },
};
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal',
  title: plain('Declare'),
  blocks,
  ...more,
});

describe('blocks of a message', () => {
  it('takes fifty blocks and no more', () => {
    expect(validateMessageBlocks(Array.from({ length: 50 }, () => section('hi')))).toEqual([]);
    expect(validateMessageBlocks(Array.from({ length: 51 }, () => section('hi')))).toEqual([
      'blocks must have at most 50 items, it has 51',
    ]);
  });

  it('names the place of a problem', () => {
    expect(validateMessageBlocks([{ type: 'divider' }, section('x'.repeat(3001))])).toEqual([
      'blocks/1/text/text must have at most 3000 characters, it has 3001',
    ]);
  });

  it('counts an emoji as one character', () => {
    expect(validateMessageBlocks([{ type: 'header', text: plain('🙂'.repeat(150)) }])).toEqual([]);
    expect(validateMessageBlocks([{ type: 'header', text: plain('🙂'.repeat(151)) }])).toHaveLength(1);
  });

  it('adds up what all blocks say', () => {
    const blocks = Array.from({ length: 4 }, () => section('x'.repeat(3000)));
    const fits = [...blocks, section('x'.repeat(1200))];
    expect(messageBlocksLength(fits)).toBe(MESSAGE_BLOCKS_CHARACTERS);
    expect(validateMessageBlocks(fits)).toEqual([]);
    expect(validateMessageBlocks([...blocks, section('x'.repeat(1201))])).toEqual([
      'blocks must have at most 13200 characters together, they have 13201',
    ]);
  });

  it('adds up markdown blocks', () => {
    const half = { type: 'markdown', text: 'x'.repeat(6001) };
    expect(validateMessageBlocks([half])).toEqual([]);
    expect(validateMessageBlocks([half, half])).toEqual([
      'blocks: markdown blocks must have at most 12000 characters together, they have 12002',
    ]);
  });

  it('refuses an unknown block, an unknown property, and something that is no list', () => {
    expect(validateMessageBlocks([{ type: 'marquee' }])[0]).toMatch(
      /^blocks\/0\/type: "marquee" is not a block/,
    );
    expect(validateMessageBlocks([{ type: 'constructor' }])).toHaveLength(1);
    expect(validateMessageBlocks([section('hi', { colour: 'red' })])).toEqual([
      'blocks/0/colour is not a known property',
    ]);
    expect(validateMessageBlocks({ type: 'divider' })).toEqual(['blocks must be a list']);
    expect(validateMessageBlocks([null])).toEqual(['blocks/0 must be an object']);
  });

  it('leaves mrkdwn that it does not know alone', () => {
    expect(validateMessageBlocks([section('<!unknown^thing> *half <@UNOBODY>')])).toEqual([]);
  });

  it('refuses the same block_id twice where answers come from, and the same action_id twice in a block', () => {
    const answering = { type: 'actions', block_id: 'b', elements: [button('go')] };
    expect(validateMessageBlocks([section('a', { block_id: 'b' }), answering])).toEqual([
      'blocks: block_id "b" is used twice',
    ]);
    expect(validateMessageBlocks([section('a', { block_id: 'b' }), section('a', { block_id: 'b' })])).toEqual(
      [],
    );
    expect(validateMessageBlocks([{ type: 'actions', elements: [button('go'), button('go')] }])).toEqual([
      'blocks/0: action_id "go" is used twice in the block',
    ]);
    const apart = [
      { type: 'actions', elements: [button('go')] },
      { type: 'actions', elements: [button('go')] },
    ];
    expect(validateMessageBlocks(apart)).toEqual([]);
  });

  it('refuses a first choice that is not offered', () => {
    const option = (value: string) => ({ text: plain(value), value });
    const select = {
      type: 'static_select',
      action_id: 's',
      options: [option('a')],
      initial_option: option('b'),
    };
    expect(validateMessageBlocks([{ type: 'actions', elements: [select] }])).toEqual([
      'blocks/0/elements/0: the initial option "b" is none of the options',
    ]);
  });

  it('refuses formatted text where only plain words are shown', () => {
    const header = { type: 'header', text: { type: 'mrkdwn', text: '*INC-12*' } };
    expect(validateMessageBlocks([header])[0]).toMatch(
      /^blocks\/0\/text\/type: "mrkdwn" is not a plain text/,
    );
  });

  it('looks into attachments', () => {
    expect(validateAttachments([{ color: '#000000', blocks: [section('hi')] }])).toEqual([]);
    expect(validateAttachments([{ blocks: [section('')] }])).toEqual([
      'attachments/0/blocks/0/text/text must have at least 1 character',
    ]);
  });
});

describe('a view', () => {
  it('takes a hundred blocks and no more', () => {
    expect(validateView(modal(Array.from({ length: 100 }, () => ({ type: 'divider' }))))).toEqual([]);
    expect(validateView(modal(Array.from({ length: 101 }, () => ({ type: 'divider' }))))).toHaveLength(1);
  });

  it('needs a submit button for a form', () => {
    expect(validateView(modal([input]))).toEqual([
      'view/submit is missing: a modal with an input block needs it',
    ]);
    expect(validateView(modal([input], { submit: plain('Declare') }))).toEqual([]);
  });

  it.each(['title', 'submit', 'close'])('has a %s of at most 24 characters', (name) => {
    const words = { submit: plain('OK'), [name]: plain('x'.repeat(24)) };
    expect(validateView(modal([input], words))).toEqual([]);
    expect(validateView(modal([input], { ...words, [name]: plain('x'.repeat(25)) }))).toEqual([
      `view/${name}/text must have at most 24 characters, it has 25`,
    ]);
  });

  it('keeps at most 3000 characters of private metadata', () => {
    expect(validateView(modal([section('hi')], { private_metadata: 'x'.repeat(3000) }))).toEqual([]);
    expect(validateView(modal([section('hi')], { private_metadata: 'x'.repeat(3001) }))).toHaveLength(1);
  });

  it('is a modal or a Home tab', () => {
    expect(validateView({ type: 'home', blocks: [section('hi')] })).toEqual([]);
    expect(validateView({ type: 'page', blocks: [section('hi')] })).toHaveLength(1);
    expect(validateView({ type: 'modal', blocks: [section('hi')] })).toEqual(['view/title is missing']);
  });

  it('never repeats a block_id', () => {
    expect(validateView(modal([section('a', { block_id: 'b' }), section('a', { block_id: 'b' })]))).toEqual([
      'blocks: block_id "b" is used twice',
    ]);
  });

  it('has no block that belongs to messages only', () => {
    expect(validateView(modal([{ type: 'markdown', text: 'hi' }]))).toHaveLength(1);
  });
});
