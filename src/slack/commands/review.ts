import { describer } from '../../domain/describe.ts';
import { findGaps } from '../../domain/gaps.ts';
import type { Incident } from '../../domain/incident.ts';
import type { ReviewedGap } from '../../domain/review-state.ts';
import { timeline } from '../../domain/timeline.ts';
import { factsOf, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply } from '../gesture.ts';
import { reviewMessage } from '../views/review.ts';
import type { Subcommand } from './subcommand.ts';

export const reviewCommand: Subcommand = {
  name: 'review',
  aliases: ['gaps', 'missing'],
  usage: ['review'],
  says: 'what the report still lacks, each with a button that mends it',
  async run(gesture) {
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    return incident ? reviewOf(gesture, incident) : { text: NOT_HERE };
  },
};

/** The review as it is now, also of an incident that is not over. */
export async function reviewOf({ core }: Gesture, incident: Incident): Promise<Reply> {
  const facts = await factsOf(core.store.database.prisma, incident.number);
  const entries = timeline(facts, describer());
  const found = findGaps({ incident, facts, entries, zone: core.team.timezone });
  const gaps = found.map((gap): ReviewedGap => {
    const known = incident.gaps?.find(({ id }) => id === gap.id);
    return known?.state === 'left' ? { ...known, ...gap } : { ...gap, state: 'open' };
  });
  const mended = (incident.gaps ?? []).filter(({ state }) => state === 'mended');
  return reviewMessage(incident, core.team, [...gaps, ...mended]);
}
