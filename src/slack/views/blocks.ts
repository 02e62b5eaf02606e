import type { KnownBlock } from '@slack/web-api';
import { shorten } from '../text/shorten.ts';
import { slackFromMarkdown } from '../text/to-slack.ts';

/** What a message is to Slack: the words for notifications, and the blocks. */
export interface SlackContent {
  text: string;
  blocks: KnownBlock[];
}

type Element = Extract<KnownBlock, { type: 'actions' }>['elements'][number];
export type Button = Extract<Element, { type: 'button' }>;

const SECTION_MAX = 3000;

/** Markdown as a section. People in it are Slack's own mentions, so everybody reads the name they know. */
export function section(markdown: string): KnownBlock {
  const text = shorten(slackFromMarkdown(markdown, { mention: true }), SECTION_MAX);
  return { type: 'section', text: { type: 'mrkdwn', text: text || ' ' } };
}

export function context(markdown: string): KnownBlock {
  const text = shorten(slackFromMarkdown(markdown, { mention: true }), SECTION_MAX);
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

export function header(plain: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: shorten(plain, 150), emoji: true } };
}

export function actions(...elements: Element[]): KnownBlock {
  return { type: 'actions', elements };
}

export function button(label: string, actionId: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: label, emoji: true },
    action_id: actionId,
    value,
    ...(style ? { style } : {}),
  };
}

/** Markdown of any length as sections, cut between paragraphs and where need be inside one. */
export function sections(markdown: string): KnownBlock[] {
  const parts: string[] = [];
  for (const paragraph of slackFromMarkdown(markdown).split('\n\n').flatMap(pieces)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + paragraph.length + 2 <= SECTION_MAX) {
      parts[parts.length - 1] = `${last}\n\n${paragraph}`;
    } else parts.push(paragraph);
  }
  return parts.filter(Boolean).map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

function pieces(paragraph: string): string[] {
  const found: string[] = [];
  let rest = paragraph;
  while (rest.length > SECTION_MAX) {
    const space = rest.lastIndexOf(' ', SECTION_MAX);
    const end = space > 0 ? space : SECTION_MAX;
    found.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...found, rest];
}
