import type { KnownBlock } from '@slack/web-api';
import type { Asked, AskedEntry } from '../../domain/asked.ts';
import { dayAndTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPermitted } from '../../domain/permitted.ts';
import { asTyped, counted, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { incidentName } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, button, context, type SlackContent, section } from './blocks.ts';

/** Two blocks each stay below Slack's 50. */
const SHOWN = 20;

/** The direct message to whoever recorded messages that were deleted since: do their entries stay? */
export function deletedMessage(incident: Incident, { entries }: Asked, team: Team): SlackContent {
  const name = incidentName(incident.number);
  const what = entries.length === 1 ? 'A message' : counted(entries.length, 'message');
  const were = entries.length === 1 ? 'was' : 'were';
  const said = `${what} that you put into the timeline of ${name} ${were} deleted in Slack. The words are kept.`;
  const blocks: KnownBlock[] = [section(said)];
  for (const entry of entries.slice(0, SHOWN)) blocks.push(...entryBlocks(incident, entry, team));
  const more = entries.length - SHOWN;
  if (more > 0) blocks.push(context(`And ${more} more: \`/incident timeline\` in its channel shows them.`));
  return { text: said, blocks };
}

function entryBlocks(incident: Incident, one: AskedEntry, team: Team): KnownBlock[] {
  const author = one.author === undefined ? '' : `, ${mention(one.author)}`;
  // Nothing of a private incident leaves its channel, and what was taken out need not be read again.
  const words = incident.private || one.answer === 'removed' ? '' : `: “${asTyped(one.words)}”`;
  const line = section(`**${dayAndTime(one.at, team.timezone)}**${author}${words}`);
  if (one.answer)
    return [
      line,
      context(one.answer === 'kept' ? 'It stays.' : 'Taken out. `/incident timeline` can restore it.'),
    ];
  if (!isPermitted(incident, 'log')) return [line];
  const value = encodeValue(incident.number, one.entry);
  return [
    line,
    actions(
      button('Keep it', ACTIONS.keepDeleted, value),
      button('Take it out', ACTIONS.removeDeleted, value),
    ),
  ];
}
