import type { KnownBlock } from '@slack/web-api';
import { HELD_WORDS } from '../../domain/public-form/held-kinds.ts';
import type { Finding } from '../../domain/public-form/veil.ts';
import type { ReportStage } from '../../domain/report-state.ts';
import { asTyped } from '../../domain/sentence.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, button, context, header, type SlackContent, section } from './blocks.ts';

const FINDINGS_SHOWN = 12;
const TEXT_SHOWN = 6_000;
const PART = 2_800;
const LINE_MAX = 160;

interface Preview {
  number: number;
  markdown: string;
  findings: readonly Finding[];
  public: boolean;
  /** As far as it got: `a draft`, `in …#3, reviewed`. */
  state: string;
  canPublish: boolean;
  /** How far it is; absent while the incident is not over. */
  stage: ReportStage | undefined;
}

/** What will be read, and what is held back from it, each with its line and two answers. */
export function reportPreview(preview: Preview): SlackContent {
  const { number, findings } = preview;
  const name = incidentName(number);
  const form = preview.public
    ? 'This is the **public form**: people are called by their role.'
    : 'The team’s file keeps reports private (`report.public`), so names and everything else stay in it.';
  const more = findings.length - FINDINGS_SHOWN;
  return {
    text: `The report of ${name}: a preview`,
    blocks: [
      header(`The report of ${name}`),
      context(`${form} It is ${preview.state}. Only you see this.`),
      ...(preview.public ? [section(findingsLine(findings)), ...picturesButton(number, findings)] : []),
      ...findings.slice(0, FINDINGS_SHOWN).flatMap((finding) => findingBlocks(number, finding)),
      ...(more > 0 ? [context(`${more} more are held back; decide on these, and the next ones show.`)] : []),
      { type: 'divider' },
      ...textBlocks(preview.markdown),
      ...stageButtons(preview),
    ],
  };
}

function stageButtons({ number, canPublish, stage }: Preview): KnownBlock[] {
  const value = encodeValue(number);
  const buttons = [
    ...(canPublish ? [button('Publish', ACTIONS.publishReport, value, 'primary')] : []),
    ...(stage === undefined ? [] : [button('What is missing', ACTIONS.showReview, value)]),
    ...(stage === 'draft' ? [button('Mark reviewed', ACTIONS.reviewedReport, value)] : []),
    ...(stage === 'reviewed' ? [button('Close the report', ACTIONS.closeReport, value)] : []),
  ];
  return buttons.length > 0 ? [actions(...buttons)] : [];
}

function findingsLine(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing was found that would have to be held back.';
  const held = findings.filter(({ kept }) => !kept).length;
  const what = held === 1 ? 'One thing is' : held === 0 ? 'Nothing is' : `${held} things are`;
  return `**${what} held back.** *Keep* lets it be read, *Replace* holds it back; what you decide is remembered.`;
}

/** Whoever knows them all need not press for each. */
function picturesButton(number: number, findings: readonly Finding[]): KnownBlock[] {
  const held = findings.filter(({ kind, kept }) => kind === 'picture' && !kept).length;
  if (held < 2) return [];
  return [actions(button(`Keep all ${held} pictures`, ACTIONS.showPictures, encodeValue(number)))];
}

function findingBlocks(number: number, finding: Finding): KnownBlock[] {
  const { id, kind, line, where, kept, instead } = finding;
  const [first = '', ...others] = where;
  const also = others.length === 0 ? '' : ` and ${others.length} more`;
  const held = instead === '' ? 'is left out' : `is replaced by ${asTyped(instead)}`;
  const stands = kept ? 'will be **public**' : held;
  const words = line.length > LINE_MAX ? `${line.slice(0, LINE_MAX)}…` : line;
  const value = encodeValue(number, id);
  return [
    section(`**${HELD_WORDS[kind].name}** in ${asTyped(first)}${also} ${stands}:\n> ${asTyped(words)}`),
    actions(
      kept ? button('Replace', ACTIONS.holdFinding, value) : button('Keep', ACTIONS.showFinding, value),
    ),
  ];
}

/** The report's own Markdown, as it will be written: in fences, so that nothing of it is read as Slack's. */
function textBlocks(markdown: string): KnownBlock[] {
  const shown = markdown.slice(0, TEXT_SHOWN);
  const parts: KnownBlock[] = [];
  for (let start = 0; start < shown.length; start += PART) {
    const part = shown.slice(start, start + PART).replaceAll('```', "'''");
    parts.push({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: part }] }],
    });
  }
  const rest = markdown.length - shown.length;
  return rest > 0
    ? [...parts, context(`… and ${rest} characters more. The whole is the file in this channel.`)]
    : parts;
}
