import { changeIncident, type Outcome } from '../../actions/change.ts';
import type { Core } from '../../core.ts';
import { duration } from '../../domain/clock-words.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Incident } from '../../domain/incident.ts';
import { objection } from '../../domain/permitted.ts';
import { asTyped, listed } from '../../domain/sentence.ts';
import { typedMoment } from '../../domain/typed-moment.ts';
import { snoozeUpdate } from '../../domain/update-clock.ts';
import { type Target, targetsCalled, targetsOf } from '../../domain/update-targets.ts';
import { askAnyway, correctUpdate, retryUpdate, updateOf, writeUpdate } from '../../domain/write-update.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import { recall, remember } from '../../store/remembered.ts';
import { waysOf } from '../../ways.ts';
import { type Gesture, NOT_HERE, type Reply, replyOf } from '../gesture.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, button, section } from '../views/blocks.ts';
import { correctionForm, updateForm } from '../views/updates.ts';
import { timeToComeOf, zoneOf } from '../when-typed.ts';
import { openView } from './declare.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const updateCommand: Subcommand = {
  name: 'update',
  aliases: ['updates', 'tell'],
  usage: [
    'update <text>',
    'update next in 2h <text>',
    'update to LEAP, #incidents: <text>',
    'update correct [<text>]',
    'update retry',
    'update snooze',
    'update',
  ],
  says: 'tell those outside how it stands, and when they hear more; without text, a form',
  async run(gesture, rest) {
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    if (!incident) return { text: NOT_HERE };
    const { word, rest: after } = firstWord(rest);
    if (!word) return (await openForm(gesture, incident)) ?? formOpens('next in 2h We are restoring LEAP.');
    switch (after === '' ? word.toLowerCase() : '') {
      case 'retry':
        return inThisIncident(gesture, (now) => retryUpdate(now, undefined));
      case 'snooze':
      case 'later':
        return snooze(gesture, incident.number);
      default:
        return /^correct:?$/i.test(word) ? correct(gesture, incident, after) : write(gesture, incident, rest);
    }
  },
};

function formOpens(line: string): Reply {
  return { text: `The form opens. In one line: \`/incident update ${line}\`` };
}

/** Everywhere that an update of this incident can go. */
export function targetsHere({ team, world }: Core, incident: Incident): Target[] {
  return targetsOf(team, incident, waysOf(world));
}

/** Opens the form for a new update, with the last one's words in it; or answers why not. */
export async function openForm(gesture: Gesture, incident: Incident): Promise<Reply | undefined> {
  const against = objection(incident, 'update');
  if (against) return { text: against };
  const { core } = gesture;
  const before = updateOf(incident);
  const every = duration(core.team.severities[incident.severity].updateEveryMs).replaceAll(' min', 'm');
  openView(
    gesture,
    updateForm(incident, {
      targets: targetsHere(core, incident),
      ...(before ? { before } : {}),
      nextAt: incident.status === 'resolved' || incident.private ? '' : `in ${every}`,
      zone: await zoneOf(gesture),
    }),
  );
  return undefined;
}

export async function openCorrection(
  gesture: Gesture,
  incident: Incident,
  id?: string,
): Promise<Reply | undefined> {
  const against = objection(incident, 'update');
  if (against) return { text: against };
  const before = updateOf(incident, id);
  if (!before) return { text: 'No update was written yet. Write one: `/incident update <text>`.' };
  const zone = await zoneOf(gesture);
  const nextAt = before.nextAt === undefined ? '' : typedMoment({ at: before.nextAt }, zone);
  const targets = targetsHere(gesture.core, incident);
  openView(gesture, correctionForm(incident, { targets, before, nextAt, zone }));
  return undefined;
}

interface Line {
  text: string;
  targets: readonly Target[];
  nextAt?: number;
  anyway: boolean;
}

/** `[anyway] [to LEAP, #incidents:] [next 19:15] words`, or a sentence that says what is wrong with it. */
async function readLine(
  gesture: Gesture,
  incident: Incident,
  typedText: string,
): Promise<Line | { say: string }> {
  const all = targetsHere(gesture.core, incident);
  const { word, rest: afterAnyway } = firstWord(typedText);
  const anyway = incident.private && word.toLowerCase() === 'anyway';
  let text = anyway ? afterAnyway : typedText;
  let targets = all.filter((target) => target.usual);
  const [whole, names] = /^to\s+([^:\n]{1,200}?)\s*:\s+/i.exec(text) ?? [];
  if (whole !== undefined && names !== undefined) {
    const named = /^nobody$/i.test(names) ? { chosen: [] } : targetsCalled(all, names);
    if ('unknown' in named) return { say: noSuchTarget(named.unknown, all, text) };
    targets = named.chosen;
    text = text.slice(whole.length);
  }
  const { word: next, rest: when } = firstWord(text);
  if (!/^next:?$/i.test(next)) return { text, targets, anyway };
  const read = await timeToComeOf(gesture, when);
  if ('say' in read) return { say: `${read.say} What you wrote is not sent: “${asTyped(text)}”` };
  // "Next we restart the hub" is no time, and so it is the update's own words.
  if (!read.moment) return { text, targets, anyway };
  return { text: read.rest, targets, nextAt: read.moment.until ?? read.moment.at, anyway };
}

function noSuchTarget(word: string, all: readonly Target[], text: string): string {
  const names = [...new Set(all.map(({ recipient, label }) => recipient ?? label))].map(asTyped);
  const allowed =
    names.length > 0 ? `One of: ${names.join(', ')}, all, nobody.` : 'The team’s file names nobody.';
  return `“${asTyped(word)}” is nobody that I can tell. ${allowed} What you wrote is not sent: “${asTyped(text)}”`;
}

async function write(gesture: Gesture, incident: Incident, text: string): Promise<Reply> {
  const line = await readLine(gesture, incident, text);
  if ('say' in line) return { text: line.say };
  const state = typed(gesture, line.text);
  if (incident.private && line.targets.length > 0 && !line.anyway && state) {
    return offerAnyway(gesture, incident, text, line.targets);
  }
  const { person } = gesture;
  const nextAt = line.nextAt === undefined ? {} : { nextAt: line.nextAt };
  const draft = { words: { state }, targets: line.targets, ...nextAt, by: person, anyway: line.anyway };
  const reply = await decide(gesture, incident.number, (now, at) => writeUpdate(now, draft, at));
  return withHint(reply, gesture, incident, line.targets);
}

/** Nobody of the community was picked because nobody knows whose service it is: how to say it. */
function withHint(reply: Reply, { core }: Gesture, incident: Incident, targets: readonly Target[]): Reply {
  const others = targetsHere(core, incident).filter(
    ({ audience, id }) => audience === 'community' && !targets.some((target) => target.id === id),
  );
  if (incident.private || others.length === 0 || targets.some(({ audience }) => audience === 'community'))
    return reply;
  const names = listed([...new Set(others.map(({ recipient, label }) => asTyped(recipient ?? label)))]);
  return {
    text: `${reply.text}\nNo community was told: I do not know whose service this is. Known are ${names}; \`/incident update to <name>: <text>\` tells them.`,
  };
}

/** The line waits a day for *Send anyway*; only its own button knows it. */
async function offerAnyway(
  gesture: Gesture,
  incident: Incident,
  text: string,
  targets: readonly Target[],
): Promise<Reply> {
  const key = gesture.delivery;
  await remember(gesture.core.store, draftKey(incident, key), text);
  const words = askAnyway(incident, targets);
  const value = encodeValue(incident.number, key);
  return {
    text: words,
    blocks: [section(words), actions(button('Send anyway', ACTIONS.sendAnyway, value, 'danger'))],
  };
}

function draftKey({ uid }: Incident, key: string): string {
  return `update-draft:${uid}:${key}`;
}

/** *Send anyway*: the line that was held back. */
export async function sendAnyway(gesture: Gesture, incident: Incident, key: string): Promise<Reply> {
  const draft = await recall<string>(gesture.core.store, draftKey(incident, key));
  if (!draft) return { text: 'I no longer have those words. Type `/incident update anyway <text>`.' };
  const reply = await write({ ...gesture, delivery: `anyway:${key}` }, incident, `anyway ${draft.body}`);
  return { ...reply, replace: true };
}

async function correct(gesture: Gesture, incident: Incident, text: string): Promise<Reply> {
  if (!text) return (await openCorrection(gesture, incident)) ?? formOpens('correct <the right words>');
  const before = updateOf(incident);
  const { word, rest } = firstWord(text);
  const read = /^next:?$/i.test(word) ? await timeToComeOf(gesture, rest) : undefined;
  if (read && 'say' in read) return { text: read.say };
  const state = typed(gesture, read?.moment ? read.rest : text);
  const nextAt = read?.moment ? (read.moment.until ?? read.moment.at) : before?.nextAt;
  const words = { ...before?.words, state };
  const correction = { words, ...(nextAt === undefined ? {} : { nextAt }), by: gesture.person };
  const targets = targetsHere(gesture.core, incident);
  return decide(gesture, incident.number, (now, at) => correctUpdate(now, correction, targets, at));
}

export function snooze(gesture: Gesture, number: number): Promise<Reply> {
  const { core, person } = gesture;
  return decide(gesture, number, (incident, at) => snoozeUpdate(incident, core.team, person, at));
}

async function decide(...asked: Parameters<typeof applyToUpdates>): Promise<Reply> {
  return replyOf(await applyToUpdates(...asked));
}

/** Lets a rule about the incident's updates decide at the time at which it holds the incident. */
export function applyToUpdates(
  { core, delivery }: Gesture,
  number: number,
  rule: (incident: Incident, now: number) => Decision,
): Promise<Outcome> {
  return changeIncident(core.store, { number }, (incident) => rule(incident, core.store.now().getTime()), {
    delivery,
  });
}
