import { changeIncident, type Which } from '../../actions/change.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  cancel,
  changeSeverity,
  changeStatus,
  close,
  rename,
  reopen,
  resolve,
  setImpact,
} from '../../domain/lifecycle.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isOpen, objection } from '../../domain/permitted.ts';
import { daySaid } from '../../domain/retrospective.ts';
import { asTyped } from '../../domain/sentence.ts';
import type { Actor, Moment } from '../../domain/words.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { ACTIONS } from '../ids.ts';
import { type Doubt, whenOf } from '../when-typed.ts';
import { packMoment, unpackMoment, whichTime } from '../which-time.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typed, typedPlain } from './typed.ts';

/** Runs a rule on the incident of this channel, once for this gesture. */
export async function inThisIncident(
  gesture: Gesture,
  decide: (incident: Incident, by: Actor, now: number) => Decision,
): Promise<Reply> {
  const { core, person, channelId, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { channelId },
    (incident) => decide(incident, { kind: 'person', id: person }, core.store.now().getTime()),
    { delivery },
  );
  return replyOf(outcome);
}

/** What is wrong with what was typed; elsewhere than in an incident the place is what is wrong. */
async function mistakeHere({ core, channelId }: Gesture, sentence: string): Promise<Reply> {
  const incident = await incidentOfChannel(core.store.database.prisma, channelId);
  return { text: incident ? sentence : NOT_HERE };
}

export const statusCommand: Subcommand = {
  name: 'status',
  usage: ['status investigating|identified|monitoring'],
  says: 'change the status',
  run: (gesture, rest) =>
    inThisIncident(gesture, (incident, by, now) =>
      rest ? changeStatus(incident, firstWord(rest).word, by, now) : { refused: statusStands(incident) },
    ),
};

function statusStands(incident: Incident): string {
  const state = `The status is ${incident.status}.`;
  if (!isOpen(incident)) return `${state} Change it with \`/incident reopen\`.`;
  return objection(incident, 'status') ?? `${state} Change it with \`/incident status identified\`.`;
}

export const severityCommand: Subcommand = {
  name: 'severity',
  aliases: ['sev'],
  usage: ['severity sev1..sev4'],
  says: 'change the severity',
  run: (gesture, rest) =>
    inThisIncident(gesture, (incident, by, now) =>
      rest
        ? changeSeverity(incident, firstWord(rest).word, by, now)
        : { refused: `The severity is ${incident.severity}. Change it with \`/incident severity sev2\`.` },
    ),
};

export const renameCommand: Subcommand = {
  name: 'rename',
  aliases: ['title'],
  usage: ['rename <title>'],
  says: 'give it a better title',
  run: (gesture, rest) =>
    inThisIncident(gesture, (incident, by, now) => rename(incident, typedPlain(gesture, rest), by, now)),
};

const ONE_TIME =
  'Say one exact time at which it was resolved, or leave it out. `/incident impact end ca. 18:10` keeps one that is not exact.';

export const resolveCommand: Subcommand = {
  name: 'resolve',
  aliases: ['resolved', 'fixed', 'done'],
  usage: ['resolve [how it was fixed]', 'resolve 2025-08-12 18:11 [how it was fixed]'],
  says: 'it is over: makes the report; of a retrospective you may say when it was',
  async run(gesture, rest) {
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    const read = incident?.retrospective ? await whenOf(gesture, rest, incident) : { rest };
    if ('say' in read) return { text: read.say };
    const moment = 'moment' in read ? read.moment : undefined;
    if (moment?.approximate || moment?.until !== undefined) return { text: ONE_TIME };
    const how = typed(gesture, read.rest);
    return inThisIncident(gesture, (found, by, now) =>
      resolve(found, by, now, { how, ...(moment ? { happenedAt: moment.at } : {}) }),
    );
  },
};

export const reopenCommand: Subcommand = {
  name: 'reopen',
  usage: ['reopen'],
  says: 'it was not over after all',
  run: (gesture) => inThisIncident(gesture, reopen),
};

export const closeCommand: Subcommand = {
  name: 'close',
  usage: ['close'],
  says: 'nothing is left to do',
  run: (gesture) => inThisIncident(gesture, close),
};

export const cancelCommand: Subcommand = {
  name: 'cancel',
  usage: ['cancel'],
  says: 'it was a false alarm',
  run: (gesture) => inThisIncident(gesture, cancel),
};

type Edge = 'start' | 'end';

export const impactCommand: Subcommand = {
  name: 'impact',
  usage: ['impact start|end <when>'],
  says: 'when users were hurt',
  async run(gesture, rest) {
    const { word, rest: when } = firstWord(rest);
    const edge = word.toLowerCase();
    if (edge !== 'start' && edge !== 'end') {
      return mistakeHere(
        gesture,
        `${word ? `“${asTyped(word)}” is neither start nor end. ` : ''}Say whether it is the start or the end, and when: \`/incident impact start 17:00\`, \`/incident impact end ca. 18:10\`.`,
      );
    }
    const here = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    const read = await whenOf(gesture, when || 'now', here);
    if ('say' in read) return whichEdge(gesture, edge, read);
    if (!read.moment || read.rest.trim())
      return mistakeHere(
        gesture,
        `“${asTyped(when)}” is no time that I can read. Try \`17:00\`, \`ca. 17:00\` or \`2025-08-12 17:00\`.`,
      );
    return impact(gesture, { channelId: gesture.channelId }, edge, read.moment);
  },
};

async function whichEdge(gesture: Gesture, edge: Edge, doubt: Doubt): Promise<Reply> {
  const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
  if (!incident) return { text: NOT_HERE };
  return whichTime(doubt, incident.number, ACTIONS.impactAt, (moment) => [edge, ...packMoment(moment)]);
}

/** A reading of a doubtful time was chosen. */
export async function impactChosen(gesture: Gesture, number: number, part: string): Promise<Reply> {
  const [edge, ...packed] = JSON.parse(part) as [Edge, ...number[]];
  return { ...(await impact(gesture, { number }, edge, unpackMoment(packed))), replace: true };
}

async function impact(gesture: Gesture, which: Which, edge: Edge, moment: Moment): Promise<Reply> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    which,
    (incident) => {
      const now = core.store.now().getTime();
      const when = momentWords(moment, core.team.timezone, daySaid(incident, now));
      return setImpact(incident, { edge, moment, when }, { kind: 'person', id: person }, now);
    },
    { delivery },
  );
  return replyOf(outcome);
}
