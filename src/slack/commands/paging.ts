import { changeIncident } from '../../actions/change.ts';
import { profileOfPerson } from '../../actions/profiles.ts';
import { nothing } from '../../domain/decision.ts';
import { offerToAnswer } from '../../domain/handoff.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  acknowledgePage,
  answeredBefore,
  declinePage,
  ownWaitingPage,
  pageToAnswer,
} from '../../domain/page-answers.ts';
import { askPage } from '../../domain/paging.ts';
import { asTyped, listed, mention } from '../../domain/sentence.ts';
import { incidentName, type PersonId } from '../../domain/words.ts';
import { incidentOfChannel, openIncidents } from '../../store/incidents.ts';
import { type Gesture, type Reply, replyOf } from '../gesture.ts';
import { takePerson } from '../mentions.ts';
import { inThisIncident } from './lifecycle.ts';
import type { Subcommand } from './subcommand.ts';
import { typedPlain } from './typed.ts';

export const pageCommand: Subcommand = {
  name: 'page',
  aliases: ['call', 'wake'],
  usage: ['page tech-lead', 'page @person'],
  says: 'page whose day it is, or a person; you see who answers',
  async run(gesture, rest) {
    const { core } = gesture;
    const wanted = rest.trim();
    const named = takePerson(core, wanted);
    if (named && 'unknown' in named) {
      return {
        text: `I know nobody called @${asTyped(named.unknown)}. Pick them from Slack’s list while you type the @.`,
      };
    }
    if (named) {
      const against = await whyNotPaged(gesture, named.person);
      if (against) return { text: against };
      return inThisIncident(gesture, (incident, by, now) =>
        askPage(incident, { person: named.person, by }, now),
      );
    }
    const roster = rosterCalled(gesture, wanted || 'tech-lead');
    if (!roster) return { text: noRoster(gesture, wanted || 'tech-lead') };
    return inThisIncident(gesture, (incident, by, now) => askPage(incident, { roster, by }, now));
  },
};

function rosterCalled({ core }: Gesture, word: string): string | undefined {
  const wanted = word.toLowerCase().replaceAll(/[\s_]+/g, '-');
  return Object.keys(core.team.rosters).find((name) => name.toLowerCase() === wanted);
}

function noRoster({ core }: Gesture, word: string): string {
  const rosters = Object.keys(core.team.rosters);
  if (rosters.length === 0) {
    return 'The team’s file names no roster, so I do not know whose day it is. Page somebody by name: `/incident page @person`.';
  }
  return `“${asTyped(word)}” is no roster. One of: ${rosters.map(asTyped).join(', ')}; or a person: \`/incident page @person\`.`;
}

/** People who cannot answer are not paged. */
export async function whyNotPaged(gesture: Gesture, person: string): Promise<string | undefined> {
  if (person === gesture.botUserId) return 'I am here already. Page a person.';
  const profile = await profileOfPerson(gesture.core, person);
  if (profile?.deleted) return `${mention(person)}’s account is closed; page somebody else.`;
  if (profile?.bot) return `${mention(person)} is a bot and cannot be paged.`;
  return undefined;
}

export const ackCommand: Subcommand = {
  name: 'ack',
  aliases: ['acknowledge', 'mine'],
  usage: ['ack'],
  says: 'answer a page: I have it',
  run: (gesture) => answerTyped(gesture, { kind: 'ack' }),
};

export const declineCommand: Subcommand = {
  name: 'decline',
  aliases: ['nack', 'not-me'],
  usage: ['decline [why]'],
  says: 'answer a page: not me; the next person is asked at once',
  run: (gesture, rest) =>
    answerTyped(gesture, { kind: 'decline', ...(rest ? { why: typedPlain(gesture, rest) } : {}) }),
};

type Answer = { kind: 'ack' } | { kind: 'decline'; why?: string };

/** Typed in the incident's channel; or anywhere, where one page waits for whoever typed it. */
async function answerTyped(gesture: Gesture, answer: Answer): Promise<Reply> {
  const { prisma } = gesture.core.store.database;
  if (await incidentOfChannel(prisma, gesture.channelId)) return answerPage(gesture, answer);
  const waiting = (await openIncidents(prisma)).flatMap((incident) => {
    const page = ownWaitingPage(incident, gesture.person);
    return page ? [{ number: incident.number, page: page.id, name: incidentName(incident.number) }] : [];
  });
  const [only, ...others] = waiting;
  if (!only) return answerPage(gesture, answer);
  if (others.length > 0) {
    return {
      text: `Pages of ${listed(waiting.map(({ name }) => name))} wait for you. Press the button of the one that you mean, or type this in its channel.`,
    };
  }
  const reply = await answerPage(gesture, answer, only);
  return { ...reply, text: `${only.name}: ${reply.text}` };
}

/** The same answer by command, here, or by button, in the direct message. */
export async function answerPage(
  gesture: Gesture,
  answer: Answer,
  which?: { number: number; page: string },
): Promise<Reply> {
  const { core, person, channelId, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    which ? { number: which.number } : { channelId },
    (incident) => {
      const page = which?.page ?? pageToAnswer(incident, person)?.id;
      const now = core.store.now().getTime();
      if (page === undefined) return nothing(noPage(incident, person));
      return answer.kind === 'ack'
        ? acknowledgePage(incident, page, { person, via: 'slack', at: now })
        : declinePage(incident, page, person, answer.why, now);
    },
    { delivery },
  );
  return replyOf(outcome);
}

/** Whoever is offered a role means that, and is told the words for it. */
function noPage(incident: Incident, person: PersonId): string {
  const offer = offerToAnswer(incident, person);
  if (!offer) {
    return (
      answeredBefore(incident, person) ??
      'No page waits for an answer here. If you have it all the same, say so: `/incident assign tech-lead` makes it yours.'
    );
  }
  return `No page waits for an answer here. ${offer.role} is offered to you: \`/incident handoff accept\` or \`/incident handoff decline\`.`;
}
