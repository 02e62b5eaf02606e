import { changeIncident } from '../../actions/change.ts';
import { logEntry } from '../../domain/entries.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { type Reply, replyOf } from '../gesture.ts';
import { whenOf } from '../when-typed.ts';
import { mistakeHere } from './lifecycle.ts';
import type { Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const logCommand: Subcommand = {
  name: 'log',
  aliases: ['note', 'add'],
  usage: ['log [when] <text>', 'log 17:32 pods are gone', 'log ca. 17:30 UTC first complaint'],
  says: 'a line of the timeline, at its own time',
  async run(gesture, rest): Promise<Reply> {
    const { core, person, channelId, delivery } = gesture;
    const read = await whenOf(gesture, rest);
    if ('say' in read) return mistakeHere(gesture, read.say);
    const moment = read.moment ?? { at: core.store.now().getTime() };
    const outcome = await changeIncident(
      core.store,
      { channelId },
      (incident) => {
        const id = `log-${gesture.delivery}`;
        const when = momentWords(moment, core.team.timezone, core.store.now().getTime());
        const entry = { id, text: typed(gesture, read.rest), moment, by: person, when };
        return logEntry(incident, entry, core.store.now().getTime());
      },
      { delivery },
    );
    return replyOf(outcome);
  },
};
