import { changeIncident } from '../actions/change.ts';
import type { SeenMessage } from '../actions/messages.ts';
import { hearDeletion, hearMessage, hearReaction } from '../actions/messages.ts';
import { keepProfile, profileOfPerson } from '../actions/profiles.ts';
import type { Core } from '../core.ts';
import { type Effect, nothing } from '../domain/decision.ts';
import { markOf } from '../domain/heard.ts';
import { type Incident, isHere } from '../domain/incident.ts';
import { leaveChannel, reliefsAbout } from '../domain/relief.ts';
import type { PersonId } from '../domain/words.ts';
import { openIncidents } from '../store/incidents.ts';
import type { SlackSide } from './gesture.ts';
import { profileOf } from './people.ts';
import { isSystemMessage } from './system-messages.ts';

interface MessageEvent {
  channel: string;
  subtype?: string;
  ts: string;
  event_ts: string;
  user?: string;
  message?: SeenMessage & { user?: string; subtype?: string };
  deleted_ts?: string;
  previous_message?: SeenMessage & { user?: string };
}

/** What is heard of the messages of an incident's channel is kept, replies too; their entries follow it. */
export async function onMessage({ core, botUserId }: SlackSide, event: MessageEvent): Promise<void> {
  const { channel, subtype, message, previous_message: last } = event;
  const deleted = deletedTs(event);
  if (deleted !== undefined) {
    const own = last?.user === botUserId;
    if (!own) await hearDeletion(core, { channel, ts: deleted }, event.event_ts, last);
  } else if (subtype === 'message_changed') {
    if (message) void core.world.chat.learnNames([message]);
    if (message && message.user !== botUserId) await hearMessage(core, channel, message, event.event_ts);
  } else if (event.user !== botUserId && !isSystemMessage(subtype ?? '')) {
    void core.world.chat.learnNames([event]);
    await hearMessage(core, channel, event as SeenMessage & MessageEvent);
  }
}

/** The message that is gone. The parent of a thread leaves a tombstone in its place. */
function deletedTs({ subtype, message, deleted_ts: deleted }: MessageEvent): string | undefined {
  if (subtype === 'message_deleted') return deleted;
  return subtype === 'message_changed' && message?.subtype === 'tombstone' ? message.ts : undefined;
}

interface ReactionEvent {
  user: string;
  reaction: string;
  item: { type: string; channel?: string; ts?: string };
  event_ts: string;
}

/** A reaction that means something puts its message into the timeline, or takes it out. */
export async function onReaction(
  { core, botUserId }: SlackSide,
  event: ReactionEvent,
  added: boolean,
): Promise<void> {
  const { channel, ts, type } = event.item;
  const { user: person, reaction: emoji, event_ts: when } = event;
  const means = markOf(core.team.reactions, emoji) !== undefined;
  if (!means || type !== 'message' || !channel || !ts || person === botUserId) return;
  const heard = added ? { putAt: when } : { goneAt: when };
  await hearReaction(core, { channel, ts }, { person, emoji, ...heard });
}

/** Who comes into the channel takes part; the order of coming is what a report calls them by. */
export async function onJoined(
  { core, botUserId }: SlackSide,
  event: { user: string; channel: string },
  delivery: string,
): Promise<void> {
  if (event.user === botUserId) return;
  const now = core.store.now().getTime();
  await changeIncident(
    core.store,
    { channelId: event.channel },
    (incident) =>
      isHere(incident, event.user)
        ? nothing()
        : {
            facts: [{ type: 'joined', person: event.user, by: { kind: 'person', id: event.user }, at: now }],
            effects: cameBack(incident, event.user),
          },
    { delivery },
  );
  // Their zone and name are asked for before they are needed; nobody waits for it.
  void profileOfPerson(core, event.user);
}

/** What was asked because they left is answered by their coming back. */
function cameBack(incident: Incident, person: PersonId): Effect[] {
  if (!incident.left?.includes(person)) return [];
  const asked = Object.keys(incident.roles).flatMap((role) => reliefsAbout(incident, role, person));
  return [
    { do: 'show', message: 'card' },
    ...asked.map(({ id }): Effect => ({ do: 'show', message: `relief:${id}` })),
  ];
}

/** Who goes out of the channel and holds a role leaves a question behind. */
export async function onLeft(
  { core, botUserId }: SlackSide,
  event: { user: string; channel: string },
  delivery: string,
): Promise<void> {
  if (event.user === botUserId) return;
  await changeIncident(
    core.store,
    { channelId: event.channel },
    (incident) => leaveChannel(core.team, incident, event.user, core.store.now().getTime()),
    { delivery },
  );
}

export async function onUserChange(
  { core }: { core: Core },
  event: { user: Parameters<typeof profileOf>[0] },
): Promise<void> {
  const known = await core.store.database.prisma.profile.findUnique({ where: { userId: event.user.id } });
  if (known) await keepProfile(core, profileOf(event.user));
  if (event.user.deleted) await leaveEverything(core, event.user.id);
}

/** Whose account is closed stands in no channel any more; Slack does not say so channel by channel. */
async function leaveEverything(core: Core, person: PersonId): Promise<void> {
  const open = await openIncidents(core.store.database.prisma);
  for (const { number } of open.filter((incident) => isHere(incident, person))) {
    await changeIncident(core.store, { number }, (incident) =>
      leaveChannel(core.team, incident, person, core.store.now().getTime()),
    );
  }
}

/** People rename channels; the id stays. */
export async function onRenamed(
  { core }: { core: Core },
  event: { channel: { id: string; name: string } },
  delivery: string,
): Promise<void> {
  const { id, name } = event.channel;
  await changeIncident(
    core.store,
    { channelId: id },
    (incident) =>
      incident.channel?.name === name
        ? nothing()
        : {
            facts: [
              {
                type: 'channel-opened',
                channel: id,
                name,
                by: { kind: 'daywatch' },
                at: core.store.now().getTime(),
              },
            ],
            effects: [{ do: 'show', message: 'announcement' }],
          },
    { delivery },
  );
}
