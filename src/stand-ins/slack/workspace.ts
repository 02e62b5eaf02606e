import {
  archiveChannel,
  createChannel,
  joinChannel,
  leaveChannel,
  renameChannel,
  unarchiveChannel,
} from './acts/channels.ts';
import { tellOfPerson } from './acts/people.ts';
import type { Delivery } from './deliveries.ts';
import { type CommandAnswer, command } from './gestures/command.ts';
import { channelCalled, ownChannelFor, personCalled } from './gestures/find.ts';
import type { FieldValue } from './gestures/form-values.ts';
import { closeForm, type Submitted, submit } from './gestures/forms.ts';
import {
  edit,
  react,
  remove,
  removeFile,
  type SayOptions,
  say,
  unfurl,
  unreact,
} from './gestures/messages.ts';
import { openHome, shortcut } from './gestures/others.ts';
import { type PressOptions, press, type Where } from './gestures/press.ts';
import { addCanvas, editCanvas } from './methods/canvases.ts';
import {
  ephemeralsOf,
  pinnedMessages,
  type SeenCanvas,
  type SeenChannel,
  type SeenFile,
  type SeenMessage,
  seenCanvas,
  seenChannel,
  seenFiles,
  threadReplies,
  topLevelMessages,
} from './readings.ts';
import type { Bookmark, Ephemeral, Json, Message, Person, View } from './types.ts';
import { type SlackOptions, WorkspaceServer } from './workspace-server.ts';

/** Opens a workspace on loopback that behaves like Slack towards a bot. */
export async function startSlack(options: SlackOptions): Promise<SlackWorkspace> {
  const workspace = new SlackWorkspace(options);
  await workspace.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  return workspace;
}

/** A Slack workspace: what people do in it and what they see of it. The bot reaches it through `apiUrl` only. */
export class SlackWorkspace extends WorkspaceServer {
  // What people do

  command(user: string, channel: string, name: string, text: string): Promise<CommandAnswer> {
    return command(this.world, user, channel, name, text);
  }

  say(user: string, channel: string, text: string, options: SayOptions = {}): Message {
    return say(this.world, user, channel, text, options);
  }

  edit(user: string, channel: string, ts: string, text: string): Message {
    return edit(this.world, user, channel, ts, text);
  }

  remove(user: string, channel: string, ts: string): void {
    remove(this.world, user, channel, ts);
  }

  removeFile(user: string, id: string): void {
    removeFile(this.world, user, id);
  }

  unfurl(channel: string, ts: string, attachments: Json[]): void {
    unfurl(this.world, channel, ts, attachments);
  }

  react(user: string, channel: string, ts: string, name: string): Message {
    return react(this.world, user, channel, ts, name);
  }

  unreact(user: string, channel: string, ts: string, name: string): Message {
    return unreact(this.world, user, channel, ts, name);
  }

  press(user: string, where: Where, actionId: string, options: PressOptions = {}): Promise<Delivery> {
    return press(this.world, user, where, actionId, options);
  }

  submit(user: string, viewId: string, values: Record<string, FieldValue> = {}): Promise<Submitted> {
    return submit(this.world, user, viewId, values);
  }

  close(): Promise<void>;
  close(user: string, viewId: string): Promise<void>;
  /** With a person and a form: they close the form. Without: the workspace shuts. */
  close(user?: string, viewId?: string): Promise<void> {
    if (user === undefined || viewId === undefined) return this.shut();
    return closeForm(this.world, user, viewId);
  }

  shortcut(user: string, callbackId: string, channel: string, ts: string): Promise<Delivery> {
    return shortcut(this.world, user, callbackId, channel, ts);
  }

  openHome(user: string): Promise<View | undefined> {
    return openHome(this.world, user);
  }

  join(user: string, channelName: string): void {
    const channel = channelCalled(this.world, channelName);
    personCalled(this.world, user);
    if (channel.private) throw new Error(`#${channel.name} is private: somebody in it must invite`);
    if (!channel.members.has(user)) joinChannel(this.world, channel, user);
  }

  leave(user: string, channelName: string): void {
    leaveChannel(this.world, ownChannelFor(this.world, user, channelName), user, user);
  }

  invite(user: string, channelName: string, invited: string): void {
    const channel = ownChannelFor(this.world, user, channelName);
    personCalled(this.world, invited);
    if (!channel.members.has(invited)) joinChannel(this.world, channel, invited, user);
  }

  kick(user: string, channelName: string, kicked: string): void {
    const channel = ownChannelFor(this.world, user, channelName);
    if (!channel.members.has(kicked)) throw new Error(`${kicked} is not in #${channel.name}`);
    leaveChannel(this.world, channel, kicked, user);
  }

  rename(user: string, channelName: string, name: string): void {
    renameChannel(this.world, ownChannelFor(this.world, user, channelName), name, user);
  }

  archive(user: string, channelName: string): void {
    archiveChannel(this.world, ownChannelFor(this.world, user, channelName), user);
  }

  unarchive(user: string, channelName: string): void {
    unarchiveChannel(this.world, ownChannelFor(this.world, user, channelName), user);
  }

  /** The channel is shared with another workspace. */
  share(channelName: string): void {
    channelCalled(this.world, channelName).shared = true;
  }

  /** Somebody makes a channel; only they are in it. */
  create(user: string, name: string, options: { private?: boolean } = {}): SeenChannel {
    personCalled(this.world, user);
    return seenChannel(createChannel(this.world, name, options.private ?? false, user));
  }

  /** Somebody in a channel writes in its canvas, which is made where there is none. */
  writeCanvas(user: string, channelName: string, markdown: string): void {
    const channel = ownChannelFor(this.world, user, channelName);
    const standing = this.state.files.get(channel.canvas ?? '');
    if (standing) editCanvas(standing, user, markdown);
    else addCanvas(this.world, channel, { user, title: '', markdown });
  }

  /** A group of people is made, to be mentioned as `<!subteam^ID>`. */
  addGroup(id: string, handle: string): void {
    this.state.groups.set(id, handle);
  }

  /** Somebody's account is closed. */
  deactivate(user: string): void {
    personCalled(this.world, user).deleted = true;
    for (const channel of this.state.channels.values()) channel.members.delete(user);
    this.state.changed();
    tellOfPerson(this.world, user);
  }

  /** Somebody sets their status, or takes it down. */
  setStatus(user: string, status: Person['status']): void {
    const person = personCalled(this.world, user);
    delete person.status;
    if (status) person.status = status;
    tellOfPerson(this.world, user);
  }

  /** Somebody wants no disturbance between two instants, in epoch milliseconds. */
  setQuiet(user: string, from: number, to: number): void {
    personCalled(this.world, user).quiet = { from: Math.floor(from / 1000), to: Math.floor(to / 1000) };
  }

  // What people see

  people(): Person[] {
    return [...this.state.people.values()];
  }

  channel(nameOrId: string): SeenChannel {
    return seenChannel(channelCalled(this.world, nameOrId));
  }

  channels(): SeenChannel[] {
    return [...this.state.channels.values()].filter(({ kind }) => kind === 'channel').map(seenChannel);
  }

  members(channelName: string): string[] {
    return [...channelCalled(this.world, channelName).members];
  }

  messages(channelName: string): SeenMessage[] {
    return topLevelMessages(this.world, channelCalled(this.world, channelName));
  }

  replies(channelName: string, ts: string): SeenMessage[] {
    return threadReplies(this.world, channelName, ts);
  }

  directMessages(user: string): SeenMessage[] {
    return topLevelMessages(this.world, this.state.directChannel(user).channel);
  }

  /** The id of the conversation between this person and the bot. */
  directChannel(user: string): string {
    personCalled(this.world, user);
    return this.state.directChannel(user).channel.id;
  }

  ephemerals(user: string): Ephemeral[] {
    return ephemeralsOf(this.world, user);
  }

  /** The open forms, the one on top last. */
  views(user: string): View[] {
    return [...this.state.modalsOf(user)];
  }

  home(user: string): View | undefined {
    return this.state.homes.get(user);
  }

  pins(channelName: string): SeenMessage[] {
    const channel = channelCalled(this.world, channelName);
    return pinnedMessages(this.world, channel);
  }

  bookmarks(channelName: string): Bookmark[] {
    return channelCalled(this.world, channelName).bookmarks;
  }

  canvas(channelName: string): SeenCanvas | undefined {
    return seenCanvas(this.world, channelCalled(this.world, channelName));
  }

  files(): SeenFile[] {
    return seenFiles(this.world);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shut();
  }
}
