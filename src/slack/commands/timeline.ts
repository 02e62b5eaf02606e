import { changeIncident } from '../../actions/change.ts';
import { isRefusal } from '../../domain/decision.ts';
import { describer } from '../../domain/describe.ts';
import { removeEntry, restoreEntry } from '../../domain/entries.ts';
import type { Incident } from '../../domain/incident.ts';
import { type Entry, timeline } from '../../domain/timeline.ts';
import { factsOf, incidentByNumber, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply } from '../gesture.ts';
import { ENTRIES_A_PAGE, timelineView } from '../views/timeline.ts';
import { zoneOf } from '../when-typed.ts';
import type { Subcommand } from './subcommand.ts';

export const timelineCommand: Subcommand = {
  name: 'timeline',
  aliases: ['entries'],
  usage: ['timeline'],
  says: 'the timeline, to read, edit, retime, remove and restore',
  async run(gesture) {
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    return incident ? timelinePage(gesture, incident, 0) : { text: NOT_HERE };
  },
};

/** A page of the timeline in the reader's own zone. */
export async function timelinePage(gesture: Gesture, incident: Incident, page: number): Promise<Reply> {
  const entries = await entriesOf(gesture, incident);
  const zone = await zoneOf(gesture);
  return timelineView(incident, entries, zone, page);
}

export async function entriesOf({ core }: Pick<Gesture, 'core'>, incident: Incident): Promise<Entry[]> {
  return timeline(await factsOf(core.store.database.prisma, incident.number), describer());
}

/** *Remove* and *Restore*; the page is then drawn anew. */
export async function changeEntryByButton(
  gesture: Gesture,
  number: number,
  entryId: string,
  what: 'remove' | 'restore',
): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const rule = what === 'remove' ? removeEntry : restoreEntry;
  const outcome = await changeIncident(
    core.store,
    { number },
    async (incident, reads) => {
      if (!isMember(gesture, incident)) return { refused: NOT_HERE };
      const entry = await reads.entry(entryId);
      const decision = rule(incident, entry, { kind: 'person', id: person }, core.store.now().getTime());
      return isRefusal(decision) ? decision : { ...decision };
    },
    { delivery },
  );
  if (outcome.kind === 'refused') return { text: outcome.sentence };
  const incident = await incidentByNumber(core.store.database.prisma, number);
  if (!incident) return { text: NOT_HERE };
  return {
    ...(await timelinePage(gesture, incident, await pageOf(gesture, incident, entryId))),
    replace: true,
  };
}

/** The page of the view on which an entry stands. */
async function pageOf(gesture: Gesture, incident: Incident, entryId: string): Promise<number> {
  const entries = await entriesOf(gesture, incident);
  const after = entries.length - 1 - entries.findIndex(({ id }) => id === entryId);
  return Math.floor(after / ENTRIES_A_PAGE);
}

/** A private incident's things answer only where they stand. */
function isMember(gesture: Gesture, incident: Incident): boolean {
  return !incident.private || incident.channel?.id === gesture.channelId;
}
