import { createHash } from 'node:crypto';
import type { ShownMessage } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { asTyped } from '../domain/sentence.ts';
import type { Team } from '../domain/team.ts';
import { incidentName } from '../domain/words.ts';
import { isServiceError, ServiceError } from '../service-error.ts';
import type { Chat, Drawn } from '../world.ts';
import { findNamedChannel, invite, openChannel } from './channels.ts';
import { shareFile } from './files.ts';
import type { Identity } from './identity.ts';
import { isSlackUser } from './ids.ts';
import { paced } from './pace.ts';
import { fetchProfile } from './people.ts';
import { fetchMessage, postOnce, updatePost } from './posts.ts';
import { readMessage } from './read-message.ts';
import { shorten } from './text/shorten.ts';
import { plainFromMarkdown, slackFromMarkdown } from './text/to-slack.ts';
import type { SlackContent } from './views/blocks.ts';
import { card } from './views/card.ts';
import { announcement, handoffMessage, notice, pageMessage, resolutionMessage } from './views/messages.ts';
import { createCall, type WebSettings } from './web.ts';

const TOPIC_MAX = 250;

/** The chat, spoken in Slack's Web API. Pages go by a client of their own. */
export function createChat(
  settings: WebSettings,
  self: Identity,
  team: Team,
  publicUrl: string | undefined,
): Chat {
  const call = paced(createCall(settings));
  const urgentCall = paced(createCall(settings));
  // People wait for what these answer, within Slack's three seconds.
  const quickCall = createCall(settings);
  let announcements: string | undefined;
  // Only what was found is kept: the channel may be made, or Slack answer, later.
  const announcementsChannel = async () => {
    announcements ??= await findNamedChannel(call, team.announcements ?? '');
    return announcements;
  };
  // Known before it is needed: finding a channel by its name takes scarce calls.
  if (team.announcements) void announcementsChannel().catch(() => {});

  const announcementsPlace = async (): Promise<string> => {
    const channel = await announcementsChannel();
    if (channel) return channel;
    throw new ServiceError({
      service: 'Slack',
      kind: 'refused',
      message: `There is no channel ${team.announcements} that I can see. Create it, or change \`announcements\` in the team's file.`,
    });
  };
  // What was made before the bot came knows it only once it has joined.
  const joining = async <Answer>(channel: string, what: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await what();
    } catch (error) {
      if (!isServiceError(error) || error.code !== 'not_in_channel') throw error;
      await call('conversations.join', { channel });
      return what();
    }
  };

  const placeOf = async (drawn: Drawn, urgent: boolean): Promise<string> => {
    if (drawn.to === 'announcements') return announcementsPlace();
    if ('channel' in drawn.to) return drawn.to.channel;
    const opened = await (urgent ? urgentCall : call)<{ channel: { id: string } }>('conversations.open', {
      users: drawn.to.person,
    });
    return opened.channel.id;
  };

  return {
    openChannel: (wanted) => openChannel(call, self, wanted),
    invite: (channel, people) => invite(call, self, channel, people),
    draw: (message, incident) => draw(message, incident, team),
    drawNotice: (incident, text, loud) => drawn({ channel: incident.channel?.id ?? '' }, notice(text, loud)),
    drawDirect: (person, text) => drawn({ person }, notice(text, false)),

    async post(what, posting) {
      const urgent = posting.urgent ?? false;
      const say = urgent ? urgentCall : call;
      const channel = await placeOf(what, urgent);
      return joining(channel, () => postOnce(say, channel, what.content as SlackContent, posting));
    },
    update: (ref, what, urgent) => updatePost(urgent ? urgentCall : call, ref, what.content as SlackContent),
    async pin({ channel, ts }) {
      await call('pins.add', { channel, timestamp: ts }, { accept: ['already_pinned'] });
    },
    async setTopic(incident) {
      if (!incident.channel) return;
      await call('conversations.setTopic', { channel: incident.channel.id, topic: topicOf(incident, team) });
    },
    async addBookmarks(incident) {
      if (incident.channel) await addMissingBookmarks(incident, incident.channel.id);
    },
    async mark({ channel, ts }, on) {
      const args = { channel, timestamp: ts, name: 'white_check_mark' };
      if (on) await call('reactions.add', args, { accept: ['already_reacted', 'message_not_found'] });
      else await call('reactions.remove', args, { accept: ['no_reaction', 'message_not_found'] });
    },
    async shareReport(incident, { name, text }, first) {
      if (!incident.channel) return;
      const since = new Date(incident.declaredAt);
      await shareFile(
        call,
        incident.channel.id,
        { name, bytes: async () => Buffer.from(text) },
        { first, since },
      );
    },
    async announceFile({ text, ...file }, attempt) {
      const channel = await announcementsPlace();
      const shared = { ...file, comment: slackFromMarkdown(text) };
      await joining(channel, () => shareFile(call, channel, shared, attempt));
    },
    message: (ref) => fetchMessage(call, ref),
    read: (channel, message) => readMessage(channel, message, team),
    profile: async (person) => (isSlackUser(person) ? fetchProfile(quickCall, person) : undefined),
  };

  async function addMissingBookmarks(incident: Incident, channel: string): Promise<void> {
    const wanted = bookmarksOf(incident, publicUrl, self);
    const listed = await call<{ bookmarks?: { title?: string }[] }>('bookmarks.list', {
      channel_id: channel,
    });
    const there = new Set((listed.bookmarks ?? []).map(({ title }) => title));
    for (const { title, link } of wanted) {
      if (!there.has(title)) await call('bookmarks.add', { channel_id: channel, title, type: 'link', link });
    }
  }
}

function draw(message: ShownMessage, incident: Incident, team: Team): Drawn | undefined {
  const channel = incident.channel?.id;
  if (message === 'announcement') {
    // What happens in a private incident is its members' only.
    if (incident.private || !team.announcements) return undefined;
    return drawn('announcements', announcement(incident, team));
  }
  if (message.startsWith('page:')) {
    const page = incident.pages[message.slice('page:'.length)];
    if (!page || !isSlackUser(page.person)) return undefined;
    return drawn({ person: page.person }, pageMessage(incident, page, team));
  }
  if (channel === undefined) return undefined;
  if (message === 'card') return drawn({ channel }, card(incident, team));
  if (message === 'resolution') return drawn({ channel }, resolutionMessage(incident, team));
  const handoff = incident.handoffs[message.slice('handoff:'.length)];
  return handoff ? drawn({ channel }, handoffMessage(incident, handoff, team)) : undefined;
}

function drawn(to: Drawn['to'], content: SlackContent): Drawn {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  return { to, content, digest };
}

function topicOf(incident: Incident, team: Team): string {
  const role = (name: keyof Team['roles']) => {
    const holder = team.people.find(({ slack }) => slack !== undefined && slack === incident.roles[name]);
    return holder ? `${team.roles[name].label}: ${asTyped(holder.name)}` : undefined;
  };
  const parts = [
    `${incidentName(incident.number)} ${asTyped(incident.title)}`,
    incident.severity,
    incident.status,
    role('responder'),
    role('communications'),
  ].filter((part) => part !== undefined);
  return shorten(plainFromMarkdown(parts.join(' · ')), TOPIC_MAX);
}

/** Links worth one click. The card is pinned, so the address of the channel's own things is left out. */
function bookmarksOf(
  incident: Incident,
  publicUrl: string | undefined,
  self: Identity,
): { title: string; link: string }[] {
  const card = incident.placed.card;
  const links = [];
  if (card && self.url) {
    const link = new URL(`archives/${card.channel}/p${card.ts.replace('.', '')}`, self.url);
    links.push({ title: 'Incident card', link: link.href });
  }
  for (const page of Object.values(incident.pages)) {
    const url = page.sent.find(({ via }) => via === 'pagerduty')?.url;
    if (url) links.push({ title: `PagerDuty page ${page.id}`, link: url });
  }
  if (publicUrl) links.push({ title: 'Daywatch', link: publicUrl });
  return links;
}
