import type { AlertSummary } from '../../domain/alert-news.ts';
import { clockTime } from '../../domain/clock-words.ts';
import { asTyped } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { context, type SlackContent, section } from './blocks.ts';

const KINDS_SHOWN = 8;

/** Stands for the alerts of a flood, in place of a message each. */
export function alertSummary(summary: AlertSummary, team: Team): SlackContent {
  const { opened, closed, since, kinds, others } = summary;
  const most = Object.entries(kinds).sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const shown = most.slice(0, KINDS_SHOWN);
  const rest = others + most.slice(KINDS_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  const began = `🔴 **${opened} more ${opened === 1 ? 'alert' : 'alerts'} since ${clockTime(since, team.timezone)}**`;
  const over = closed === 0 ? '' : `; ${closed} ended meanwhile`;
  const lines = [
    `${began}${over}${shown.length > 0 ? ':' : '.'}`,
    ...shown.map(([title, count]) => `• ${count} × ${asTyped(title)}`),
    ...(rest > 0 ? [`• and ${rest} others`] : []),
  ];
  return {
    text: `${opened} more alerts`,
    blocks: [section(lines.join('\n')), context('Each is in the timeline: `/incident timeline`.')],
  };
}
