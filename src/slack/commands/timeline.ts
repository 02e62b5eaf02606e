import { changeIncident } from '../../actions/change.ts';
import { noteLook } from '../../actions/looked.ts';
import { startReading } from '../../actions/recover.ts';
import { isRefusal } from '../../domain/decision.ts';
import { describer } from '../../domain/describe.ts';
import { removeEntry, restoreEntry } from '../../domain/entries.ts';
import type { Incident } from '../../domain/incident.ts';
import { objection } from '../../domain/permitted.ts';
import { type Entry, timeline } from '../../domain/timeline.ts';
import { factsOf, incidentByNumber, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply } from '../gesture.ts';
import { ENTRIES_A_PAGE, type MessageLink, timelineView } from '../views/timeline.ts';
import { zoneOf } from '../when-typed.ts';
import { firstWord, type Subcommand } from './subcommand.ts';

export const timelineCommand: Subcommand = {
  name: 'timeline',
  aliases: ['entries', 'edit', 'retime', 'remove', 'restore'],
  usage: ['timeline', 'timeline recover'],
  says: 'the timeline, to read, edit, retime, remove and restore',
  async run(gesture, rest) {
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    if (!incident) return { text: NOT_HERE };
    if (firstWord(rest).word.toLowerCase() === 'recover') return readAgain(gesture, incident);
    return timelinePage(gesture, incident, 0);
  },
};

/** Reads the channel again on demand, for whoever thinks that something is missing. */
async function readAgain({ core, person }: Gesture, incident: Incident): Promise<Reply> {
  const against = objection(incident, 'log');
  if (against) return { text: against };
  await startReading(core, incident, person);
  return {
    text: 'I am reading this channel again, with its threads and reactions. What I had missed I tell here in one line; if nothing was missing, I tell you.',
  };
}

/** A page of the timeline in the reader's own zone. */
export async function timelinePage(gesture: Gesture, incident: Incident, page: number): Promise<Reply> {
  const entries = await entriesOf(gesture, incident);
  const zone = await zoneOf(gesture);
  await noteLook(gesture.core, incident, gesture);
  return timelineView(incident, entries, zone, page, linkTo(gesture));
}

/** Where a message stands, for links to it. */
export function linkTo({ workspaceUrl }: Pick<Gesture, 'workspaceUrl'>): MessageLink {
  return ({ channel, ts }) =>
    workspaceUrl ? new URL(`archives/${channel}/p${ts.replace('.', '')}`, workspaceUrl).href : undefined;
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
