import { addChosenMessages } from '../../actions/choose-entries.ts';
import { declareIncident } from '../../actions/declare-incident.ts';
import { againstAdopting, titleOfChannel } from '../../domain/adopt.ts';
import { whyNoSeverity } from '../../domain/lifecycle.ts';
import { nameOf } from '../../domain/people.ts';
import type { PersonId } from '../../domain/words.ts';
import { messagesNotRecorded } from '../../store/history.ts';
import { incidentByNumber, incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { plainFromMarkdown } from '../text/to-slack.ts';
import { type Choice, chooseForm } from '../views/adopt.ts';
import { actions, button, section } from '../views/blocks.ts';
import type { FormMemory } from '../views/forms.ts';
import { zoneOf } from '../when-typed.ts';
import { openView, readWish } from './declare.ts';
import type { Subcommand } from './subcommand.ts';

/** Five groups of ten boxes. */
const A_FORM = 50;
const BOT_NAME = '@daywatch';

export const adoptCommand: Subcommand = {
  name: 'adopt',
  usage: ['adopt [sev1..sev4] [title]', 'adopt retrospective [sev1..sev4] [title]'],
  says: 'this channel becomes an incident’s, and its history is read; with `retrospective` nobody is paged or told',
  async run(gesture, rest) {
    const { core, channelId, delivery } = gesture;
    const standing = await incidentOfChannel(core.store.database.prisma, channelId);
    const channel = standing ? undefined : await core.world.chat.channel(channelId);
    const against =
      whyNoSeverity(rest) ??
      againstAdopting(channel, standing, {
        botName: BOT_NAME,
        taken: [core.team.announcements, core.team.alertsChannel],
      });
    if (against || !channel) return { text: against ?? '' };
    const wish = readWish(gesture, rest);
    const adopted = { id: channel.id, name: channel.name };
    const title = wish.title || titleOfChannel(channel.name);
    const outcome = await declareIncident(
      core,
      { ...wish, title, private: channel.private, adopted },
      delivery,
    );
    return replyOf(outcome);
  },
};

/** Opens a page of the history, from the message after `after`, to choose entries from. */
export async function chooseEntries(
  gesture: Gesture,
  number: number,
  after: string,
): Promise<Reply | undefined> {
  const incident = await incidentByNumber(gesture.core.store.database.prisma, number);
  if (!incident?.channel || incident.channel.id !== gesture.channelId) return { text: NOT_HERE };
  const { choices, left } = await choicesOf(gesture, incident.channel.id, after);
  if (choices.length === 0)
    return { text: 'Every message of this channel is in the timeline, or was looked at.' };
  openView(gesture, chooseForm(incident, choices, left, await zoneOf(gesture)));
  return undefined;
}

async function choicesOf(
  { core }: Gesture,
  channel: string,
  after: string,
): Promise<{ choices: Choice[]; left: number }> {
  const { prisma } = core.store.database;
  const { messages, left } = await messagesNotRecorded(prisma, channel, after, A_FORM);
  const read = messages.map((message) => core.world.chat.read(channel, message));
  const ids = [...new Set(read.flatMap(({ author }) => author ?? []))];
  const profiles = await prisma.profile.findMany({ where: { userId: { in: ids } } });
  const called = (id: PersonId | undefined) => {
    if (id === undefined) return 'a bot';
    const name = nameOf(core.team, id);
    const profile = profiles.find(({ userId }) => userId === id)?.body as { name?: string } | undefined;
    return name === id ? (profile?.name ?? name) : name;
  };
  const choices = read.map(({ source, at, author, service, content }) => ({
    ts: source.ts,
    at,
    author: service ?? called(author),
    words: [plainFromMarkdown(content.text), ...(content.files ?? []).map(({ name }) => name)]
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  }));
  return { choices, left };
}

/** What was chosen goes into the timeline, and the next page is offered. */
export async function entriesChosen(
  gesture: Gesture,
  memory: FormMemory,
  values: Record<string, string>,
): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const { incident: number = 0, channelId: channel = '', upTo = '' } = memory;
  const times = Object.entries(values)
    .filter(([block]) => block.startsWith('choices-'))
    .flatMap(([, chosen]) => chosen.split('\n'))
    .filter(Boolean);
  const outcome = await addChosenMessages(core, number, { channel, times, by: person }, delivery);
  const reply = replyOf(outcome);
  const { left, messages } = await messagesNotRecorded(core.store.database.prisma, channel, upTo, 1);
  if (outcome.kind !== 'done' || messages.length === 0) return reply;
  const text = `${reply.text} There are ${left + messages.length} later messages.`;
  return {
    text,
    blocks: [
      section(text),
      actions(button('Look at the next', ACTIONS.chooseEntries, encodeValue(number, upTo))),
    ],
  };
}
