import { changeIncident } from '../../actions/change.ts';
import { profileOfPerson } from '../../actions/profiles.ts';
import { writeBrief } from '../../domain/brief.ts';
import { describer } from '../../domain/describe.ts';
import { inHours } from '../../domain/on-duty/duty.ts';
import { personIdOf } from '../../domain/people.ts';
import { assignRole, noSuchRole, offerHandoff, readRole } from '../../domain/roles.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import { timeline } from '../../domain/timeline.ts';
import type { PersonId, Role } from '../../domain/words.ts';
import { factsOf, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { takePerson } from '../mentions.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';

export const assignCommand: Subcommand = {
  name: 'assign',
  usage: ['assign <role> @person', 'assign <role> me'],
  says: 'give a role: responder, communications, tech-lead or scribe',
  async run(gesture, rest) {
    const read = readRoleAndPerson(gesture, rest, 'assign');
    if ('say' in read) return { text: read.say };
    const { role, person = gesture.person } = read;
    const against = await whyNot(gesture, person);
    if (against) return { text: against };
    return inThisIncident(gesture, (incident, by, now) => assignRole(incident, role, person, by, now));
  },
};

export const handoffCommand: Subcommand = {
  name: 'handoff',
  aliases: ['hand-off', 'handover'],
  usage: ['handoff <role> [@person]'],
  says: 'hand a role over with a brief; it moves when they accept',
  async run(gesture, rest) {
    const read = readRoleAndPerson(gesture, rest, 'handoff');
    if ('say' in read) return { text: read.say };
    const { role, person } = read;
    if (person === undefined) return propose(gesture, role);
    const against = await whyNot(gesture, person);
    if (against) return { text: against };
    return offer(gesture, role, person);
  },
};

type Read = { role: Role; person?: PersonId } | { say: string };

function readRoleAndPerson(gesture: Gesture, text: string, command: 'assign' | 'handoff'): Read {
  const { word, rest } = firstWord(text);
  const role = readRole(word);
  if (!word) return { say: `Say which role and who: \`/incident ${command} communications @ana\`.` };
  if (!role) return { say: noSuchRole(word) };
  if (rest.toLowerCase() === 'me') return { role, person: gesture.person };
  const named = takePerson(gesture.core, rest.replace(/^to\s+/, ''));
  if (!named) return rest ? { say: `Name the person with an @: \`@${rest.split(/\s/)[0]}\`.` } : { role };
  if ('unknown' in named)
    return {
      say: `I know nobody called @${asTyped(named.unknown)}. Pick them from Slack’s list while you type the @.`,
    };
  return { role, person: named.person };
}

/** People who cannot answer cannot hold a role. */
async function whyNot(gesture: Gesture, person: PersonId): Promise<string | undefined> {
  if (person === gesture.botUserId) return 'I cannot hold a role; name a person.';
  const profile = await profileOfPerson(gesture.core, person);
  if (profile?.deleted) return `${mention(person)}’s account is closed; name somebody else.`;
  if (profile?.bot) return `${mention(person)} is a bot; name a person.`;
  return undefined;
}

async function offer(gesture: Gesture, role: Role, to: PersonId): Promise<Reply> {
  const { core, person, channelId, delivery } = gesture;
  const here = await incidentOfChannel(core.store.database.prisma, channelId);
  if (!here) return { text: NOT_HERE };
  const entries = timeline(await factsOf(core.store.database.prisma, here.number), describer());
  const outcome = await changeIncident(
    core.store,
    { channelId },
    (incident) => {
      const now = core.store.now().getTime();
      const brief = writeBrief(incident, role, entries, core.team, now);
      return offerHandoff(incident, { role, to, brief, by: { kind: 'person', id: person } }, now);
    },
    { delivery },
  );
  return replyOf(outcome);
}

/** Without a person: those of the team whose day it is. */
async function propose(gesture: Gesture, role: Role): Promise<Reply> {
  const { core, channelId, person } = gesture;
  const here = await incidentOfChannel(core.store.database.prisma, channelId);
  if (!here) return { text: NOT_HERE };
  const now = core.store.now();
  const awake = core.team.people.filter(
    (member) => inHours(member, now) && ![person, here.roles[role]].includes(personIdOf(member)),
  );
  const [first, ...others] = awake.map((member) => mention(personIdOf(member)));
  if (!first) {
    return {
      text: `Nobody else of the team is in hours now. Name somebody all the same: \`/incident handoff ${role} @person\`.`,
    };
  }
  const rest = others.length > 0 ? ` Also in hours: ${others.join(', ')}.` : '';
  return { text: `${first} is in hours. To ask them: \`/incident handoff ${role} @person\`.${rest}` };
}
