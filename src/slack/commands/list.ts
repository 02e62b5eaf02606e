import { dayAndTime } from '../../domain/clock-words.ts';
import { isHere } from '../../domain/incident.ts';
import { stateOf } from '../../domain/retrospective.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import { incidentName } from '../../domain/words.ts';
import { openIncidents } from '../../store/incidents.ts';
import type { Subcommand } from './subcommand.ts';

const SHOWN = 20;

export const listCommand: Subcommand = {
  name: 'list',
  aliases: ['ls', 'incidents'],
  usage: ['list'],
  says: 'the open incidents',
  async run({ core, person }) {
    const all = await openIncidents(core.store.database.prisma);
    const mine = all.filter((incident) => !incident.private || isHere(incident, person));
    if (mine.length === 0) return { text: 'No incident is open. `/incident declare <title>` starts one.' };
    const lines = mine.slice(0, SHOWN).map((incident) => {
      const where = incident.channel ? ` [#${incident.channel.name}](channel:${incident.channel.id})` : '';
      const responder = incident.roles.responder ? ` · ${mention(incident.roles.responder)}` : '';
      return `• **${incidentName(incident.number)}** ${asTyped(incident.title)} · ${incident.severity}, ${stateOf(incident)} · since ${dayAndTime(incident.declaredAt, core.team.timezone)}${responder}${where}`;
    });
    const more = mine.length > SHOWN ? `\n… and ${mine.length - SHOWN} more` : '';
    return { text: `${lines.join('\n')}${more}` };
  },
};
