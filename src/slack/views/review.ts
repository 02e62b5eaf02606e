import type { KnownBlock } from '@slack/web-api';
import { localDate } from '../../domain/clock-words.ts';
import { openProposal } from '../../domain/impact-proposals.ts';
import type { Incident } from '../../domain/incident.ts';
import { measuredWords } from '../../domain/moment-words.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { canBeLeft } from '../../domain/review.ts';
import { gapKind, gapSubject, type ReviewedGap } from '../../domain/review-state.ts';
import { asTyped, counted, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';
import { impactButton } from './proposal.ts';

/** Two blocks each stay below Slack's 50. */
const SHOWN = 16;

/** The review card: what the report lacks, each with its mend, and what was mended since. */
export function reviewMessage(incident: Incident, team: Team, gaps: readonly ReviewedGap[]): SlackContent {
  const name = incidentName(incident.number);
  if (incident.resolvedAt === undefined && incident.gaps === gaps) {
    const text = `The review of ${name} goes on when it is resolved again.`;
    return { text, blocks: [context(text)] };
  }
  const open = gaps.filter(({ state }) => state === 'open');
  const left = gaps.filter(({ state }) => state === 'left');
  const mended = gaps.filter(({ state }) => state === 'mended');
  const head =
    open.length === 0
      ? nothingOpen(name)
      : `**Review of ${name}:** ${counted(open.length, 'gap')} in the report.`;
  const more = open.length - SHOWN;
  return {
    text: `Review of ${name}: ${open.length === 0 ? 'nothing is missing' : counted(open.length, 'gap')}`,
    blocks: [
      section(head),
      ...open.slice(0, SHOWN).flatMap((gap) => gapBlocks(incident, team, gap)),
      ...(more > 0 ? [context(`And ${more} more, once these are done.`)] : []),
      ...settledBlocks(left, mended),
    ],
  };
}

function nothingOpen(name: string): string {
  return `**Review of ${name}:** ☑ nothing that I look for is missing from the report.`;
}

function gapBlocks(incident: Incident, team: Team, gap: ReviewedGap): KnownBlock[] {
  const buttons = isPermitted(incident, 'log') ? mendButtons(incident, team, gap) : [];
  return buttons.length > 0 ? [section(`☐ ${gap.words}`), actions(...buttons)] : [section(`☐ ${gap.words}`)];
}

function settledBlocks(left: readonly ReviewedGap[], mended: readonly ReviewedGap[]): KnownBlock[] {
  const lines = [
    ...mended.map(({ words }) => `☑ ~~${words}~~`),
    ...left.map(
      ({ words, by }) => `➖ ${words} Left as it is${by?.kind === 'person' ? ` by ${mention(by.id)}` : ''}.`,
    ),
  ];
  return lines.length > 0 ? [context(lines.join('\n'))] : [];
}

type Mend = (incident: Incident, subject: string, team: Team) => Button[];

function mendButtons(incident: Incident, team: Team, gap: ReviewedGap): Button[] {
  const own = MENDS[gapKind(gap)]?.(incident, gapSubject(gap), team) ?? [];
  const leave = button('Leave it', ACTIONS.leaveGap, encodeValue(incident.number, gap.id));
  return canBeLeft(gap) ? [...own, leave] : own;
}

/** What mends each kind of gap. */
const MENDS: Record<string, Mend> = {
  'impact-start': (incident, _, team) => impactMends(incident, 'start', team),
  'impact-end': (incident, _, team) => impactMends(incident, 'end', team),
  'impact-doubtful': (incident) => [opens('Change the times', ACTIONS.impactForm, incident, 'both')],
  silence: (incident, from) => [opens('Say what happened', ACTIONS.logForm, incident, `silence:${from}`)],
  time: (incident, entry) => [opens('Set its time', ACTIONS.editEntry, incident, entry)],
  words: (incident, entry) => [opens('Say what it shows', ACTIONS.editEntry, incident, entry)],
  deleted: (incident, entry) => [
    opens('Keep it', ACTIONS.keepDeletedHere, incident, entry),
    opens('Take it out', ACTIONS.removeDeletedHere, incident, entry),
  ],
  page: (incident, ladder) => [opens('Somebody answered', ACTIONS.logForm, incident, `answered:${ladder}`)],
  update: (incident) => [
    ...(isPermitted(incident, 'update') ? [opens('Write an update', ACTIONS.writeUpdate, incident)] : []),
    opens('It went out elsewhere', ACTIONS.logForm, incident, 'update:'),
  ],
  verification: (incident) => [opens('Say how', ACTIONS.logForm, incident, 'verified:')],
  action: (incident, id) => {
    const item = incident.actions.find((one) => one.id === id);
    const bare = item?.url === undefined && !incident.private;
    return [
      opens('Owner, day, link', ACTIONS.editAction, incident, id),
      ...(bare ? [opens('Open its issue', ACTIONS.openIssue, incident, id)] : []),
    ];
  },
  similar: (incident, id) => similarButtons(incident, id),
  summary: (incident) => [opens('Write the summary', ACTIONS.writeSummary, incident)],
  lessons: (incident) => [opens('Say what you learnt', ACTIONS.lessonsForm, incident)],
};

function opens(label: string, action: string, { number }: Incident, part = ''): Button {
  return button(label, action, encodeValue(number, part));
}

function impactMends(incident: Incident, edge: 'start' | 'end', team: Team): Button[] {
  const proposed = openProposal(incident, edge);
  const words = proposed && measuredWords(proposed.proposal.moment, team.timezone, incident.declaredAt);
  return [
    ...(proposed && words ? [impactButton(incident, proposed.id, edge, words)] : []),
    opens(words ? 'Another time' : `Set the ${edge}`, ACTIONS.impactForm, incident, edge),
  ];
}

function similarButtons(incident: Incident, id: string): Button[] {
  const issue = incident.actions.find((item) => item.id === id)?.resembles;
  return issue
    ? [
        opens(`It is #${issue.number}`, ACTIONS.sameIssue, incident, id),
        opens('Make a new one', ACTIONS.newIssue, incident, id),
      ]
    : [];
}

/** Asks whether an action item is an open issue's; afterwards what was answered. */
export function similarMessage(incident: Incident, id: string): SlackContent | undefined {
  const item = incident.actions.find((one) => one.id === id);
  if (!item) return undefined;
  const name = `Action item ${id}`;
  const { resembles } = item;
  if (!resembles) {
    const said = item.withdrawn
      ? `${name} was taken back.`
      : item.url === undefined
        ? `${name} becomes an issue of its own.`
        : `☑ ${name}: ${asTyped(item.url)}`;
    return { text: said, blocks: [context(said)] };
  }
  const { number, url, title, raisedAt } = resembles;
  const raised = localDate(raisedAt, 'UTC');
  const text = `🔨 ${name} looks like [#${number}](${url}), raised ${raised}: “${asTyped(title)}”. Is it the same?`;
  return {
    text: `${name} looks like #${number}, raised ${raised}`,
    blocks: [section(text), actions(...similarButtons(incident, id))],
  };
}
