import { createHash } from 'node:crypto';
import type { ShownMessage } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Team } from '../domain/team.ts';
import { updateOf } from '../domain/write-update.ts';
import { ServiceError } from '../service-error.ts';
import type { Chat, Drawn } from '../world.ts';
import { budgeted } from './budget.ts';
import { writeCanvas } from './canvas.ts';
import { fetchChannel, findNamedChannel, invite, openChannel } from './channels.ts';
import { fileBytes } from './file-bytes.ts';
import { shareFiles } from './files.ts';
import type { Identity } from './identity.ts';
import { isSlackUser } from './ids.ts';
import { joining } from './joining.ts';
import { knownNames } from './known-names.ts';
import { paced } from './pace.ts';
import { readHistory, readReactions, readThread } from './past.ts';
import { fetchProfile, fetchProfileByEmail } from './people.ts';
import { fetchMessage, postOnce, updatePost } from './posts.ts';
import { readMessage, versionOf } from './read-message.ts';
import { fetchQuiet } from './signs.ts';
import { plainFromMarkdown, slackFromMarkdown } from './text/to-slack.ts';
import { topicOf } from './topic.ts';
import { historyMessage } from './views/adopt.ts';
import { alertOffer } from './views/alert-offer.ts';
import { alertSummary } from './views/alert-summary.ts';
import { type SlackContent, sections } from './views/blocks.ts';
import { card } from './views/card.ts';
import { deletedMessage } from './views/deleted.ts';
import { handoffMessage, offerMessage, reliefMessage } from './views/handoff.ts';
import { announcement, notice, pageMessage, resolutionMessage } from './views/messages.ts';
import { proposalMessage } from './views/proposal.ts';
import { reviewMessage, similarMessage } from './views/review.ts';
import { reminderMessage, updateMessage } from './views/updates.ts';
import { createCall, type WebSettings } from './web.ts';

/** Slack takes 50 of each method. */
const READS_A_MINUTE = 40;

/** A page whose answer is this late is looked for and tried again. */
const URGENT_DEADLINE_MS = 4_000;
/** Nor does it hold a place of the urgent lane for longer: it comes again by itself. */
const URGENT_PATIENCE_MS = 5_000;

/** The chat, spoken in Slack's Web API. Pages go by a client of their own. */
export function createChat(
  settings: WebSettings,
  self: Identity,
  team: Team,
  publicUrl: string | undefined,
  now: () => number,
): Chat {
  const call = paced(createCall(settings));
  const urgentCall = paced(createCall(settings, URGENT_DEADLINE_MS), URGENT_PATIENCE_MS);
  // People wait for what these answer, within Slack's three seconds.
  const quickCall = createCall(settings);
  // Reading whole channels leaves a fifth of Slack's limit to everybody else.
  const readingCall = budgeted(createCall(settings), READS_A_MINUTE, now);
  const names = knownNames(quickCall, now);
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
  let alerts: string | undefined;
  const alertsPlace = async (): Promise<string> => {
    const name = team.alertsChannel ?? '';
    if (name === team.announcements) return announcementsPlace();
    alerts ??= await findNamedChannel(call, name);
    if (alerts) return alerts;
    throw new ServiceError({
      service: 'Slack',
      kind: 'refused',
      message: `There is no channel ${name} that I can see. Create it, or change \`alerts_channel\` in the team's file.`,
    });
  };
  const namedPlace = async (name: string): Promise<string> => {
    if (name === team.announcements) return announcementsPlace();
    const channel = await findNamedChannel(call, name);
    if (channel) return channel;
    throw new ServiceError({
      service: 'Slack',
      kind: 'refused',
      message: `There is no channel ${name} that I can see. Create it and invite me, or name another in the team's file.`,
    });
  };
  const placeOf = async (drawn: Drawn, urgent: boolean): Promise<string> => {
    if (drawn.to === 'announcements') return announcementsPlace();
    if (drawn.to === 'alerts') return alertsPlace();
    if ('channel' in drawn.to) return drawn.to.channel;
    if ('named' in drawn.to) return namedPlace(drawn.to.named);
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
    drawAlertsNotice: (text) => drawn('alerts', notice(text, false)),
    drawFor: (named, text) =>
      drawn({ named }, { text: plainFromMarkdown(text.split('\n')[0] ?? ''), blocks: sections(text) }),
    drawOffer: (offer) => drawn('alerts', alertOffer(offer, team)),
    drawDirect: (person, text) => drawn({ person }, notice(text, false)),

    async post(what, posting) {
      const urgent = posting.urgent ?? false;
      const say = urgent ? urgentCall : call;
      const channel = await placeOf(what, urgent);
      return joining(say, channel, () => postOnce(say, channel, what.content as SlackContent, posting));
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
    async shareFiles(incident, { files, text }, first) {
      if (!incident.channel) return;
      const shared = { files, ...(text === undefined ? {} : { comment: slackFromMarkdown(text) }) };
      await shareFiles(call, incident.channel.id, shared, { first, since: new Date(incident.declaredAt) });
    },
    writeCanvas: (channel, canvas) => writeCanvas(call, self, channel, canvas),
    async announceFile({ text, ...file }, attempt) {
      const channel = await announcementsPlace();
      const shared = { files: [file], comment: slackFromMarkdown(text) };
      await joining(call, channel, () => shareFiles(call, channel, shared, attempt));
    },
    message: (ref) => fetchMessage(call, ref),
    file: (id, limits) => fileBytes(call, settings, id, limits),
    version: versionOf,
    read: (channel, message) => readMessage(channel, message, team, names),
    learnNames: (messages) => names.learn(messages.map(textOf)),
    channel: (id) => fetchChannel(quickCall, id),
    history: (wanted) => readHistory(readingCall, self.userId, wanted),
    thread: (wanted) => readThread(readingCall, self.userId, wanted),
    reactions: (ref) => readReactions(readingCall, ref),
    timeOf: (instant) => (instant / 1000).toFixed(6),
    profile: async (person) => (isSlackUser(person) ? fetchProfile(quickCall, person) : undefined),
    quiet: (people) => fetchQuiet(quickCall, people),
    profileByEmail: (email) => fetchProfileByEmail(quickCall, email),
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
    // What happens in a private incident is its members' only; of a retrospective nobody is told.
    if (incident.private || incident.retrospective || !team.announcements) return undefined;
    return drawn('announcements', announcement(incident, team));
  }
  if (message.startsWith('page:')) {
    const page = incident.pages[message.slice('page:'.length)];
    if (!page || !isSlackUser(page.person)) return undefined;
    return drawn({ person: page.person }, pageMessage(incident, page, team));
  }
  if (message.startsWith('offer:')) {
    const handoff = incident.handoffs[message.slice('offer:'.length)];
    if (!handoff || !isSlackUser(handoff.to)) return undefined;
    return drawn({ person: handoff.to }, offerMessage(incident, handoff, team));
  }
  if (message === 'history') {
    return channel && incident.history ? drawn({ channel }, historyMessage(incident)) : undefined;
  }
  if (message.startsWith('asked:')) {
    const asked = incident.asked?.[message.slice('asked:'.length)];
    if (!asked || !isSlackUser(asked.person)) return undefined;
    return drawn({ person: asked.person }, deletedMessage(incident, asked, team));
  }
  if (message.startsWith('reminder:')) return drawReminder(message, incident, team);
  if (channel === undefined) return undefined;
  if (message.startsWith('relief:')) {
    const relief = incident.reliefs?.[message.slice('relief:'.length)];
    return relief ? drawn({ channel }, reliefMessage(incident, relief, team)) : undefined;
  }
  if (message.startsWith('update:')) {
    const update = updateOf(incident, message.slice('update:'.length));
    return update && drawn({ channel }, updateMessage(incident, update, team));
  }
  if (message === 'card') return drawn({ channel }, card(incident, team));
  if (message === 'review') {
    return incident.gaps && drawn({ channel }, reviewMessage(incident, team, incident.gaps));
  }
  if (message.startsWith('similar:')) {
    const asked = similarMessage(incident, message.slice('similar:'.length));
    return asked && drawn({ channel }, asked);
  }
  if (message === 'resolution') return drawn({ channel }, resolutionMessage(incident, team));
  if (message.startsWith('alerts:')) {
    const summary = incident.alertNews?.summary;
    const isIt = summary?.id === message.slice('alerts:'.length);
    return summary && isIt ? drawn({ channel }, alertSummary(summary, team)) : undefined;
  }
  if (message.startsWith('proposal:')) {
    const id = message.slice('proposal:'.length);
    const proposal = incident.proposals?.[id];
    return proposal ? drawn({ channel }, proposalMessage(incident, id, proposal, team)) : undefined;
  }
  const handoff = incident.handoffs[message.slice('handoff:'.length)];
  return handoff ? drawn({ channel }, handoffMessage(incident, handoff, team)) : undefined;
}

/** `reminder:soon:…` goes to the person who was chosen for it, `reminder:late:…` into the channel. */
function drawReminder(message: string, incident: Incident, team: Team): Drawn | undefined {
  const [, stage, due] = message.split(':');
  const dueAt = Number(due);
  const said = incident.updates.reminded?.[dueAt];
  if (stage === 'late' && said?.late && incident.channel) {
    return drawn({ channel: incident.channel.id }, reminderMessage(incident, team, { dueAt, stage }));
  }
  const person = said?.soon?.person;
  if (stage !== 'soon' || person === undefined || !isSlackUser(person)) return undefined;
  return drawn({ person }, reminderMessage(incident, team, { dueAt, stage }));
}

/** Slack's flattening of a message, in which every mention stands. */
function textOf(message: object): string {
  return 'text' in message && typeof message.text === 'string' ? message.text : '';
}

function drawn(to: Drawn['to'], content: SlackContent): Drawn {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  return { to, content, digest };
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
