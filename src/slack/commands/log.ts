import { changeIncident, type Which } from '../../actions/change.ts';
import { nothing } from '../../domain/decision.ts';
import { logEntry } from '../../domain/entries.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { daySaid } from '../../domain/retrospective.ts';
import type { Moment } from '../../domain/words.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { ACTIONS } from '../ids.ts';
import { type Doubt, whenOf } from '../when-typed.ts';
import { packMoment, unpackMoment, whichTime } from '../which-time.ts';
import type { Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const logCommand: Subcommand = {
  name: 'log',
  aliases: ['note', 'add'],
  usage: ['log [when] <text>', 'log 17:32 pods are gone', 'log ca. 17:30 UTC first complaint'],
  says: 'a line of the timeline, at its own time',
  async run(gesture, rest): Promise<Reply> {
    const { core, channelId } = gesture;
    const incident = await incidentOfChannel(core.store.database.prisma, channelId);
    const read = await whenOf(gesture, rest, incident);
    if ('say' in read) return ask(gesture, read);
    const moment = read.moment ?? { at: core.store.now().getTime() };
    return log(
      gesture,
      { channelId },
      { id: `log-${gesture.delivery}`, text: typed(gesture, read.rest), moment },
    );
  },
};

interface Line {
  id: string;
  text: string;
  moment: Moment;
}

async function log(gesture: Gesture, which: Which, line: Line): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    which,
    async (incident, reads) => {
      if (await reads.entry(line.id))
        return nothing('It is in the timeline already; `/incident timeline` moves it.');
      const now = core.store.now().getTime();
      const when = momentWords(line.moment, core.team.timezone, daySaid(incident, now));
      return logEntry(incident, { ...line, by: person, when }, now);
    },
    { delivery },
  );
  return replyOf(outcome);
}

async function ask(gesture: Gesture, doubt: Doubt): Promise<Reply> {
  const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
  if (!incident) return { text: NOT_HERE };
  const text = typed(gesture, doubt.rest ?? '');
  if (!text) return { text: doubt.say };
  return whichTime(doubt, incident.number, ACTIONS.logAt, (moment) => [
    gesture.delivery,
    ...packMoment(moment),
    text,
  ]);
}

/** A reading of a doubtful time was chosen; of several presses one counts. */
export async function logChosen(gesture: Gesture, number: number, part: string): Promise<Reply> {
  const [asked, at, until, approximate, text] = JSON.parse(part) as [string, number, number, number, string];
  const moment = unpackMoment([at, until, approximate]);
  return { ...(await log(gesture, { number }, { id: `log-${asked}`, text, moment })), replace: true };
}
