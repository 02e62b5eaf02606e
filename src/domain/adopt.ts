import { type Decision, refuse } from './decision.ts';
import type { RecordedMessage } from './entries.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { markMessage } from './marks.ts';
import { objection } from './permitted.ts';
import type { Entry } from './timeline.ts';
import { type Instant, incidentName, type PersonId } from './words.ts';

/** What was read so far of a channel that stood before its incident. */
export interface History {
  messages: number;
  /** Entries that reactions already there made. */
  entries: number;
  done: boolean;
}

/** A channel as the chat knows it. */
export interface FoundChannel {
  id: string;
  name: string;
  private: boolean;
  member: boolean;
  archived: boolean;
  /** Other workspaces are in it too. */
  shared: boolean;
  direct: boolean;
  /** Everybody of the workspace is in it. */
  general: boolean;
}

/** Why a channel cannot become an incident's, with what to do instead; nothing when it can. */
export function againstAdopting(
  channel: FoundChannel | undefined,
  standing: Incident | undefined,
  { botName, taken }: { botName: string; taken: readonly (string | undefined)[] },
): string | undefined {
  if (standing) {
    return `This is the channel of ${incidentName(standing.number)} already. \`/incident\` shows it; \`/incident timeline recover\` reads the channel again.`;
  }
  if (!channel || (!channel.member && !channel.direct)) {
    return `I am not in this channel, so I cannot read it. Type \`/invite ${botName}\` here, then \`/incident adopt\` again.`;
  }
  const isTaken = [`#${channel.name}`, channel.name, channel.id].some((name) => taken.includes(name));
  if (channel.general || isTaken) {
    return `#${channel.name} is for more than one incident, so it cannot become one’s own channel. Type \`/incident declare <title>\` instead.`;
  }
  if (channel.direct)
    return 'A direct message cannot become an incident’s channel. Type `/incident declare <title>` instead.';
  if (channel.archived)
    return 'This channel is archived. Unarchive it first, then type `/incident adopt` again.';
  if (channel.shared) {
    return 'This channel is shared with another workspace, whose people would read all of it. Type `/incident declare <title>` to get a channel of its own.';
  }
  return undefined;
}

/** The title of whoever typed none: the channel's name as words. */
export function titleOfChannel(name: string): string {
  const words = name
    .replace(/^inc(ident)?-/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words || name;
}

/** Progress is shown each time so many more messages are read: Slack lets a message be changed 50 times a minute. */
const SHOWN_EVERY = 500;

/** A page more of the history was read, or all of it. */
export function historyRead({ history }: Pick<Incident, 'history'>, read: History, now: Instant): Decision {
  const before = history?.messages ?? 0;
  const steps = (messages: number) => Math.floor(messages / SHOWN_EVERY);
  const isShown = read.done || steps(before + read.messages) > steps(before);
  return {
    facts: [{ type: 'history-read', ...read, by: { kind: 'daywatch' }, at: now }],
    effects: [
      ...(isShown ? [{ do: 'show', message: 'history' } as const] : []),
      ...(read.done ? [{ do: 'link-pagerduty' } as const] : []),
    ],
  };
}

/** Messages that somebody chose from the history. */
export function addChosen(
  incident: Incident,
  chosen: readonly { entry: Entry | undefined; message: RecordedMessage }[],
  by: PersonId,
  now: Instant,
): Decision {
  const against = objection(incident, 'log');
  if (against) return refuse(against);
  const facts: NewFact[] = [];
  const effects = [];
  for (const { entry, message } of chosen) {
    const marked = markMessage(incident, entry, { message, mark: 'timeline', by, origin: 'history' }, now);
    if ('refused' in marked) return marked;
    facts.push(...marked.facts);
    effects.push(...marked.effects);
  }
  return { facts, effects };
}
