import { changeIncident } from '../actions/change.ts';
import type { SeenMessage } from '../actions/messages.ts';
import { keepMessage, seenMessage } from '../actions/messages.ts';
import { keepProfile, profileOfPerson } from '../actions/profiles.ts';
import { recordReaction, recordReactionGone, recordReactionLater } from '../actions/record-reaction.ts';
import { nothing } from '../domain/decision.ts';
import type { Mark } from '../domain/entries.ts';
import type { Reactions } from '../domain/team.ts';
import type { Core } from '../jobs/context.ts';
import type { SlackSide } from './gesture.ts';
import { profileOf } from './people.ts';

/** Messages that Slack writes about the channel itself: nobody's words. */
const SYSTEM =
  /^(channel_|group_|pinned_item|unpinned_item|bot_add|bot_remove|reminder_add|tombstone|message_replied)/;

interface MessageEvent {
  channel: string;
  subtype?: string;
  ts: string;
  user?: string;
  bot_id?: string;
  message?: SeenMessage & { user?: string };
}

/** Every message of an incident's channel is kept when it is seen, replies and edits too. */
export async function onMessage({ core, botUserId }: SlackSide, event: MessageEvent): Promise<void> {
  const edited = event.subtype === 'message_changed' ? event.message : undefined;
  if (event.subtype === 'message_deleted' || (event.subtype && SYSTEM.test(event.subtype))) return;
  const message = edited ?? (event as SeenMessage & MessageEvent);
  if (message.user === botUserId) return;
  await keepMessage(core, event.channel, message);
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
  delivery: string,
): Promise<void> {
  const { channel, ts, type } = event.item;
  const mark = markOf(core.team.reactions, event.reaction);
  if (!mark || type !== 'message' || !channel || !ts || event.user === botUserId) return;
  const source = { channel, ts };
  const reaction = { source, mark, person: event.user, when: event.event_ts };
  const seen = await seenMessage(core, source);
  if (!seen) {
    // One after the other: what is taken away again waits behind what was added.
    await recordReactionLater(core, { ...reaction, added }, delivery);
    return;
  }
  if (!added) {
    await recordReactionGone(core, reaction, delivery);
    return;
  }
  await recordReaction(core, core.world.chat.read(channel, seen), reaction, delivery);
}

/** `thumbsup::skin-tone-3` is still a thumb. */
function markOf(reactions: Reactions, emoji: string): Mark | undefined {
  const name = emoji.split('::')[0] ?? emoji;
  if (reactions.timeline.includes(name)) return 'timeline';
  if (reactions.actionItem.includes(name)) return 'action_item';
  if (reactions.lesson.includes(name)) return 'lesson';
  return reactions.update.includes(name) ? 'update' : undefined;
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
      incident.people.includes(event.user)
        ? nothing()
        : {
            facts: [{ type: 'joined', person: event.user, by: { kind: 'person', id: event.user }, at: now }],
            effects: [],
          },
    { delivery },
  );
  // Their zone and name are asked for before they are needed; nobody waits for it.
  void profileOfPerson(core, event.user);
}

export async function onUserChange(
  { core }: { core: Core },
  event: { user: Parameters<typeof profileOf>[0] },
): Promise<void> {
  const known = await core.store.database.prisma.profile.findUnique({ where: { userId: event.user.id } });
  if (known) await keepProfile(core, profileOf(event.user));
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
