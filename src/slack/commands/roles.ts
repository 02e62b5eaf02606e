import { changeIncident } from '../../actions/change.ts';
import { type OfferWish, offerRole } from '../../actions/hand-over.ts';
import { profileOfPerson } from '../../actions/profiles.ts';
import type { Incident } from '../../domain/incident.ts';
import { noSuchRole, roleLabel, takeRole } from '../../domain/role-names.ts';
import { assignRole, releaseRole } from '../../domain/roles.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { PersonId, Role } from '../../domain/words.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { isSlackUser } from '../ids.ts';
import { takePerson } from '../mentions.ts';
import { rolesForm } from '../views/role-forms.ts';
import { openView } from './declare.ts';
import { answerOffer, stayOn, withdrawOffer } from './handoff-answers.ts';
import { openHandoffForm } from './handoff-form.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const assignCommand: Subcommand = {
  name: 'assign',
  aliases: ['role', 'roles'],
  usage: ['assign <role> @person', 'assign <role> me', 'assign <role> nobody', 'assign'],
  says: 'give a role, or take it away; without a role, all of them in a form',
  async run(gesture, rest) {
    if (!rest.trim()) return openRolesForm(gesture);
    const read = readRoleAndPerson(gesture, rest, 'assign');
    if ('say' in read) return { text: read.say };
    const { role, person = gesture.person, nobody } = read;
    if (nobody) return inThisIncident(gesture, (incident, by, now) => releaseRole(incident, role, by, now));
    const against = await whyNotHolder(gesture, person);
    if (against) return { text: against };
    return inThisIncident(gesture, (incident, by, now) => assignRole(incident, role, person, by, now));
  },
};

export const handoffCommand: Subcommand = {
  name: 'handoff',
  aliases: ['hand-off', 'handover'],
  usage: [
    'handoff <role> [@person] [note]',
    'handoff accept',
    'handoff decline [why]',
    'handoff withdraw <role>',
    'handoff stay',
  ],
  says: 'hand a role over with a brief, which a form lets you edit; it moves when they accept',
  async run(gesture, rest) {
    const { word, rest: after } = firstWord(rest);
    const answer = ANSWERS[word.toLowerCase()];
    if (answer) return answer(gesture, after);
    const read = readRoleAndPerson(gesture, rest, 'handoff');
    if ('say' in read) return { text: read.say };
    const { role, person, note } = read;
    const here = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    if (!here) return { text: NOT_HERE };
    if (person === undefined) return openHandoffForm(gesture, here, role);
    const words = note ? { note: typed(gesture, note) } : {};
    return offerTo(gesture, here, { role, to: person, ...words });
  },
};

const ANSWERS: Record<string, (gesture: Gesture, rest: string) => Promise<Reply>> = {
  accept: (gesture, rest) => answerOffer(gesture, { kind: 'accept' }, rest),
  decline: (gesture, rest) => answerOffer(gesture, { kind: 'decline' }, rest),
  withdraw: withdrawOffer,
  stay: stayOn,
};

/** Offers a role in the name of whoever typed or pressed. */
export async function offerTo(gesture: Gesture, here: Incident, wish: Omit<OfferWish, 'by'>): Promise<Reply> {
  const against = (await whyNotHolder(gesture, wish.to)) ?? whyNoAnswer(wish);
  if (against) return { text: against };
  const by = { kind: 'person' as const, id: gesture.person };
  return replyOf(await offerRole(gesture.core, here, { ...wish, by }, gesture.delivery));
}

type Read = { role: Role; person?: PersonId; nobody?: boolean; note?: string } | { say: string };

const NOBODY = ['nobody', 'none', 'no-one'];

function readRoleAndPerson(gesture: Gesture, text: string, command: 'assign' | 'handoff'): Read {
  const { roles } = gesture.core.team;
  const { word } = firstWord(text);
  if (!word) return { say: `Say which role and who: \`/incident ${command} communications @ana\`.` };
  const taken = takeRole(text, roles);
  if (!taken) return { say: noSuchRole(word, roles) };
  const { role } = taken;
  const rest = taken.rest.replace(/^to\s+/, '');
  if (rest.toLowerCase() === 'me') return { role, person: gesture.person };
  if (command === 'assign' && NOBODY.includes(rest.toLowerCase())) return { role, nobody: true };
  const named = takePerson(gesture.core, rest);
  if (!named) return rest ? { say: `Name the person with an @: \`@${rest.split(/\s/)[0]}\`.` } : { role };
  if ('unknown' in named)
    return {
      say: `I know nobody called @${asTyped(named.unknown)}. Pick them from Slack’s list while you type the @.`,
    };
  return { role, person: named.person, note: named.rest.trim() };
}

/** People who cannot answer cannot hold a role. */
export async function whyNotHolder(gesture: Gesture, person: PersonId): Promise<string | undefined> {
  if (person === gesture.botUserId) return 'I cannot hold a role; name a person.';
  const profile = await profileOfPerson(gesture.core, person);
  if (profile?.deleted) return `${mention(person)}’s account is closed; name somebody else.`;
  if (profile?.bot) return `${mention(person)} is a bot; name a person.`;
  return undefined;
}

function whyNoAnswer({ to, role }: Pick<OfferWish, 'to' | 'role'>): string | undefined {
  if (isSlackUser(to)) return undefined;
  return `${mention(to)} has no Slack account that I know of and cannot accept here. \`/incident assign ${role} @name\` gives it to them at once.`;
}

/** All roles at once, each with a person or nobody. */
export async function openRolesForm(gesture: Gesture, number?: number): Promise<Reply> {
  const { core, channelId } = gesture;
  const here = await incidentOfChannel(core.store.database.prisma, channelId);
  if (!here || (number !== undefined && here.number !== number)) return { text: NOT_HERE };
  openView(gesture, rolesForm(here, core.team));
  return { text: 'The form opens. In one line: `/incident assign communications @ana`.' };
}

/** What the roles form says, in one change: given, taken away, or left as they are. */
export async function assignAll(
  gesture: Gesture,
  number: number,
  wanted: ReadonlyMap<Role, PersonId | undefined>,
): Promise<{ refused: string; role: Role } | { reply: Reply }> {
  const { core, person, delivery } = gesture;
  for (const [role, holder] of wanted) {
    const against = holder === undefined ? undefined : await whyNotHolder(gesture, holder);
    if (against) return { refused: against, role };
  }
  const by = { kind: 'person' as const, id: person };
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) => {
      const now = core.store.now().getTime();
      const decisions = [...wanted]
        .filter(([role, holder]) => isChanged(incident, role, holder))
        .map(([role, holder]) =>
          holder === undefined
            ? releaseRole(incident, role, by, now)
            : assignRole(incident, role, holder, by, now),
        );
      const against = decisions.find((decision) => 'refused' in decision);
      if (against) return against;
      const changes = decisions.flatMap((decision) => ('facts' in decision ? [decision] : []));
      if (changes.length === 0) return { facts: [], effects: [], answer: 'Nothing changed.' };
      return {
        facts: changes.flatMap(({ facts }) => facts),
        effects: changes.flatMap(({ effects }) => effects),
        answer: `Saved: ${[...wanted.keys()].map((role) => roleLabel(core.team, role)).join(', ')}.`,
      };
    },
    { delivery },
  );
  if (outcome.kind === 'refused') return { refused: outcome.sentence, role: [...wanted.keys()][0] ?? '' };
  return { reply: replyOf(outcome) };
}

/** A holder without a Slack account cannot stand in the form, and its empty field says nothing of them. */
function isChanged({ roles }: Incident, role: Role, wanted: PersonId | undefined): boolean {
  const holder = roles[role];
  if (wanted === undefined && holder !== undefined && !isSlackUser(holder)) return false;
  return holder !== wanted;
}
