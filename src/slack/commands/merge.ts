import { changeIncident, type Outcome } from '../../actions/change.ts';
import { type Incident, isHere } from '../../domain/incident.ts';
import { candidatesForMerge, merge, readIncidentName } from '../../domain/merge.ts';
import { objection } from '../../domain/permitted.ts';
import type { PersonId } from '../../domain/words.ts';
import { incidentByNumber, incidentOfChannel, openIncidents } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import type { FormAnswer, Submitted } from '../submitted.ts';
import { plainFromMarkdown } from '../text/to-slack.ts';
import { mergeForm } from '../views/merge.ts';
import { openView } from './declare.ts';
import { firstWord, type Subcommand } from './subcommand.ts';

export const mergeCommand: Subcommand = {
  name: 'merge',
  aliases: ['duplicate'],
  usage: ['merge INC-7', 'merge'],
  says: 'this one is a duplicate of INC-7: their timelines are joined',
  async run(gesture, rest) {
    const { channelId } = gesture;
    const { word } = firstWord(rest);
    if (word) return replyOf(await mergeInto(gesture, { channelId }, readIncidentName(word)));
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, channelId);
    return incident ? openMergeForm(gesture, incident) : { text: NOT_HERE };
  },
};

/** Offers the open incidents of which this one may be a duplicate. */
export async function openMergeForm(gesture: Gesture, incident: Incident): Promise<Reply> {
  const against = objection(incident, 'merge');
  if (against) return { text: against };
  const open = await openIncidents(gesture.core.store.database.prisma);
  const others = candidatesForMerge(incident, open, gesture.person);
  if (others.length === 0) {
    return {
      text: 'No other incident is open of which this one could be a duplicate. For one that is resolved type `/incident merge INC-7`.',
    };
  }
  openView(gesture, mergeForm(incident, others));
  return { text: 'The form opens. In one line: `/incident merge INC-7`.' };
}

/** The form came back. */
export async function mergeSubmitted({ gesture, memory, values }: Submitted): Promise<FormAnswer> {
  const number = readIncidentName(values.into ?? '');
  const outcome = await mergeInto(gesture, { number: memory.incident ?? 0 }, number);
  if (outcome.kind === 'refused') return { errors: { into: plainFromMarkdown(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}

async function mergeInto(
  { core, person, delivery }: Gesture,
  duplicate: Parameters<typeof changeIncident>[1],
  number: number | undefined,
): Promise<Outcome> {
  const found = number === undefined ? undefined : await incidentByNumber(core.store.database.prisma, number);
  return changeIncident(
    core.store,
    duplicate,
    (incident) =>
      merge(
        incident,
        { number, incident: found && maySee(found, person) ? found : undefined },
        { kind: 'person', id: person },
        core.store.now().getTime(),
      ),
    { delivery },
  );
}

/** What happens in a private incident is seen by its members only, even that it is there. */
function maySee(incident: Incident, person: PersonId): boolean {
  return !incident.private || isHere(incident, person);
}
