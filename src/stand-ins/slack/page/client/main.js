import { readSettings, readWorkspace, act as send, watch } from './api.js';
import { createConversation } from './conversation.js';
import { createDetails } from './details.js';
import { toast } from './dom.js';
import { createForms } from './form.js';
import { createSidebar } from './sidebar.js';

const settings = await readSettings();
document.title = settings.title;

const query = new URLSearchParams(location.search);
const seat = {
  user: query.get('as') ?? undefined,
  channel: query.get('in') ?? undefined,
  tab: query.get('tab') ?? 'messages',
};

/** Time stamp of the newest message read: reader → channel → ts. What stood there at first counts as read. */
const read = new Map();
/** Person → newest direct message that the page has shown or found at first. */
const called = new Map();

let view;
let desk;
let isReading = false;
let isStale = false;
let areDetailsOpen = window.innerWidth > 1080;

const page = {
  seat,
  act,
  react,
  type,
  sit,
  isUnread,
  isCalled,
  view: () => view,
  desk: () => desk,
  areDetailsOpen: () => areDetailsOpen,
  toggleDetails() {
    areDetailsOpen = !areDetailsOpen;
    draw();
  },
};

const sidebar = createSidebar(document.getElementById('sidebar'), page);
const conversation = createConversation(document.getElementById('conversation'), page);
const details = createDetails(document.getElementById('details'), page);
const forms = createForms(page);

/** Reads the workspace; several calls during one reading become one more reading. */
async function refresh() {
  isStale = true;
  if (isReading) return;
  isReading = true;
  try {
    while (isStale) {
      isStale = false;
      view = await readWorkspace(seat.user, seat.channel);
      draw();
    }
  } catch (error) {
    toast(error.message, 'bad');
  } finally {
    isReading = false;
  }
}

function draw() {
  seat.user = view.reader;
  seat.channel = view.channel?.id;
  const people = new Map(view.people.map((person) => [person.id, person]));
  desk = {
    people,
    channels: new Map(
      view.channels.filter((channel) => !channel.direct).map((channel) => [channel.id, channel]),
    ),
    reader: people.get(view.reader),
    emoji: settings.emoji,
    now: new Date(view.now),
    settings,
    open: (channel) => sit({ channel }),
  };
  remember();
  sidebar.update(view);
  details.update(view);
  conversation.update(view);
  forms.sync(view.forms);
}

function remember() {
  if (!read.has(seat.user)) {
    read.set(seat.user, new Map(view.channels.map((channel) => [channel.id, channel.latest])));
  }
  const mine = read.get(seat.user);
  const open = view.channels.find((channel) => channel.id === seat.channel);
  if (open && document.visibilityState === 'visible') mine.set(open.id, open.latest);
  for (const person of view.people) {
    if (!called.has(person.id) || person.id === seat.user) called.set(person.id, person.latestDirect);
  }
}

function isUnread(channel) {
  const seen = read.get(seat.user)?.get(channel.id);
  return channel.id !== seat.channel && Number(channel.latest ?? 0) > Number(seen ?? 0);
}

function isCalled(person) {
  return Number(person.latestDirect ?? 0) > Number(called.get(person.id) ?? 0);
}

function sit(change) {
  const staysWithBot = change.user !== undefined && view.channel?.direct;
  Object.assign(seat, change, staysWithBot ? { channel: 'direct' } : {});
  if (change.channel) seat.tab = 'messages';
  if (seat.tab === 'home') act({ kind: 'openHome', user: seat.user });
  const next = new URLSearchParams({ as: seat.user, ...(seat.channel ? { in: seat.channel } : {}) });
  if (seat.tab !== 'messages') next.set('tab', seat.tab);
  history.replaceState(null, '', `?${next}`);
  refresh();
}

/** Does it and says why not if it cannot be done. Resolves to what the workspace answered, or nothing. */
async function act(gesture) {
  try {
    return await send(gesture);
  } catch (error) {
    toast(error.message, 'bad');
    return undefined;
  } finally {
    refresh();
  }
}

function react(item, name) {
  const mine = item.reactions?.find((reaction) => reaction.name === name)?.users.includes(seat.user);
  return act({ kind: mine ? 'unreact' : 'react', user: seat.user, channel: item.channel, ts: item.ts, name });
}

function type(text) {
  const place = { user: seat.user, channel: seat.channel };
  const [, command, rest = ''] = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  return act(command ? { kind: 'command', ...place, command, text: rest } : { kind: 'say', ...place, text });
}

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

let wasReached = true;
watch(refresh, (isReached) => {
  if (isReached === wasReached) return;
  wasReached = isReached;
  toast(
    isReached ? 'The workspace is back.' : 'The workspace cannot be reached. Is the demo still running?',
    isReached ? 'note' : 'bad',
  );
});
setInterval(refresh, 20_000);
if (seat.tab === 'home' && seat.user) act({ kind: 'openHome', user: seat.user });
