import type { ImpactProposal } from '../../domain/impact-proposals.ts';
import type { Incident } from '../../domain/incident.ts';
import { measuredWords } from '../../domain/moment-words.ts';
import type { Team } from '../../domain/team.ts';
import type { Moment } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, type SlackContent, section } from './blocks.ts';

/** Offers a measured time for an edge of the impact, with one button; afterwards what stands. */
export function proposalMessage(
  incident: Incident,
  id: string,
  { edge, moment, because }: ImpactProposal,
  team: Team,
): SlackContent {
  const words = (when: Moment) => measuredWords(when, team.timezone, incident.declaredAt);
  const hurt = edge === 'start' ? 'users were hurt from' : 'users were hurt until';
  const standing = incident.impact[edge];
  return {
    text: `Impact ${edge} ${words(moment)}?`,
    blocks: [
      section(`${because} So perhaps ${hurt} **${words(moment)}**.`),
      standing
        ? context(`☑ The impact ${edge} is ${words(standing)}.`)
        : actions(impactButton(incident, id, edge, words(moment))),
    ],
  };
}

/** Slack wants each name once a message, so the edge is in it. */
export function impactButton(incident: Incident, id: string, edge: 'start' | 'end', words: string): Button {
  const name = edge === 'start' ? ACTIONS.confirmImpact : `${ACTIONS.confirmImpact}_end`;
  return button(`Set impact ${edge} ${words}`, name, encodeValue(incident.number, id));
}
