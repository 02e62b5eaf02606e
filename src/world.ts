import type { FoundChannel } from './domain/adopt.ts';
import type { AlertView } from './domain/alert-merge.ts';
import type { ShownMessage } from './domain/decision.ts';
import type { RecordedMessage } from './domain/entries.ts';
import type { Incident } from './domain/incident.ts';
import type { Signs } from './domain/on-duty/signs.ts';
import type { Outlet } from './domain/outlet.ts';
import type { WayName } from './domain/update-targets.ts';
import type { Instant, MessageRef, PersonId } from './domain/words.ts';
import type { Repository } from './github/repository.ts';
import type { Monitoring } from './google-monitoring/monitoring.ts';
import type { Wiki } from './outlets/wiki.ts';
import type { Pager } from './pagerduty/pager.ts';

/** Everything that Daywatch asks of the outside. A service that is off is absent. */
export interface World {
  chat: Chat;
  pager?: Pager;
  repository?: Repository;
  monitoring?: Monitoring;
  /** The ways that updates go out by, as far as they are set up. */
  outlets: Partial<Record<WayName, Outlet>>;
  /** A wiki that takes published reports. */
  wiki?: Wiki;
}

/** A person as the chat knows them. */
export interface Profile {
  id: PersonId;
  name: string;
  /** Display name, handle: other words by which people call them. */
  otherNames: string[];
  email?: string;
  timezone?: string;
  /** Their status says that they are away. */
  away?: NonNullable<Signs['away']>;
  guest: boolean;
  bot: boolean;
  deleted: boolean;
}

/** A message ready to be posted. What is in it is the chat's own business. */
export interface Drawn {
  to: { channel: string } | { named: string } | { person: PersonId } | 'announcements' | 'alerts';
  /** Changes exactly when the message looks different. */
  digest: string;
  content: object;
}

/** An offer of alerts as its message tells it: the first of them, and how many of what. */
export interface OfferShown {
  id: number;
  alert: AlertView;
  count: number;
  over: number;
  since: Date;
  kinds: { title: string; count: number }[];
  attachTo: { number: number; title: string }[];
  /** What somebody decided, as a sentence. */
  decided?: string;
}

/** What a message of the bot carries so that it can be found again. */
export interface Marker {
  incident: string;
  message: string;
}

export interface Posting {
  marker: Marker;
  /** False: an earlier attempt may have succeeded, so it is looked for before anything is posted. */
  first: boolean;
  /** Nothing of ours can be older. */
  since: Date;
  urgent?: boolean;
  signal?: AbortSignal;
}

/** A message as the chat's history has it. */
export interface PastMessage {
  ts: string;
  /** In the chat's own shape, to be kept. */
  body: { ts: string };
  /** `own`: the bot wrote it. `system`: nobody's words. `gone`: only its place is left. */
  kind: 'words' | 'own' | 'system' | 'gone';
  /** It says that this person came. */
  joined?: PersonId;
  /** The message whose thread it stands in. */
  parent?: string;
  /** It stands in the channel, and perhaps in a thread as well. */
  inChannel: boolean;
  replies: number;
  /** `whole`: these are all the people there are. */
  reactions: { emoji: string; people: PersonId[]; whole: boolean }[];
}

export interface PastPage {
  messages: PastMessage[];
  /** Where it goes on. */
  cursor?: string;
}

/** A file of the chat: its bytes, to be read once, or a clause that says why they are not to be had. */
export type FileFound = { bytes: AsyncIterable<Uint8Array> } | { absent: string };

/** What became of a channel's canvas. `others`: it is somebody else's. `edited`: somebody else has written in ours. */
export type CanvasOutcome = { kind: 'written' } | { kind: 'others' } | { kind: 'edited'; by: PersonId };

/** Every method throws only ServiceErrors, and may be repeated. */
export interface Chat {
  /** The incident's own channel; found again by its name and its maker when it exists already. */
  openChannel(wanted: {
    number: number;
    title: string;
    private: boolean;
    isFree: (channelId: string) => Promise<boolean>;
  }): Promise<{ id: string; name: string }>;
  /** Already being there is success. Answers those who cannot be invited, and why. */
  invite(channel: string, people: PersonId[]): Promise<{ person: PersonId; why: string }[]>;
  draw(message: ShownMessage, incident: Incident): Drawn | undefined;
  /** A notice in Markdown. */
  drawNotice(incident: Incident, text: string, loud: boolean): Drawn;
  drawDirect(person: PersonId, text: string): Drawn;
  drawOffer(offer: OfferShown): Drawn;
  drawAlertsNotice(text: string): Drawn;
  /** Markdown of any length for a channel that the team's file names. */
  drawFor(channelName: string, text: string): Drawn;
  post(drawn: Drawn, posting: Posting): Promise<MessageRef>;
  update(ref: MessageRef, drawn: Drawn, urgent: boolean): Promise<void>;
  pin(ref: MessageRef): Promise<void>;
  setTopic(incident: Incident): Promise<void>;
  addBookmarks(incident: Incident): Promise<void>;
  /** The ✅ on a message that is in the timeline. */
  mark(ref: MessageRef, on: boolean): Promise<void>;
  /** One message in the incident's channel. It is found again by the first file's name. */
  shareFiles(
    incident: Incident,
    shared: { files: { name: string; bytes: () => Promise<Uint8Array>; alt?: string }[]; text?: string },
    first: boolean,
  ): Promise<void>;
  /** Markdown as the canvas of a channel. Nobody's writing is lost, and there is never a second one. */
  writeCanvas(channel: string, canvas: { title: string; markdown: string }): Promise<CanvasOutcome>;
  /** A file for the announcement channel with a line of Markdown. It is found again by its name, and made when it is wanted. */
  announceFile(
    file: { name: string; bytes: () => Promise<Uint8Array>; alt: string; text: string },
    attempt: Pick<Posting, 'first' | 'since'>,
  ): Promise<void>;
  /** The message itself, thread reply or not; nothing when it is gone. */
  message(ref: MessageRef): Promise<object | undefined>;
  /** The bytes of a file of a message, or a clause that says why there are none to be had. */
  file(id: string, limits: { bytes: number; signal: AbortSignal }): Promise<FileFound>;
  /** Which state of a message this is: when it was last edited, and when that was heard of. A later one is greater. */
  version(message: object, heardAt?: string): string;
  /** A message of the chat as the rules need it. */
  read(channel: string, message: object): RecordedMessage;
  /** Asks for names that reading these messages will need. Never fails, and nothing that waits for a person waits for it. */
  learnNames(messages: readonly object[]): Promise<void>;
  /** A channel as it is; nothing when the bot may not know of it. */
  channel(id: string): Promise<FoundChannel | undefined>;
  /** A page of a channel, newest first, without replies. */
  history(wanted: { channel: string; oldest?: string; cursor?: string }): Promise<PastPage>;
  /** A page of a thread, oldest first, its parent before all; nothing when the thread is gone. */
  thread(wanted: MessageRef & { cursor?: string }): Promise<PastPage | undefined>;
  /** Everybody who reacted to a message. */
  reactions(ref: MessageRef): Promise<{ emoji: string; people: PersonId[] }[]>;
  /** The chat's own word for an instant: later ones compare greater. */
  timeOf(instant: Instant): string;
  profile(person: PersonId): Promise<Profile | undefined>;
  profileByEmail(email: string): Promise<Profile | undefined>;
  /** When each of these people wants no disturbance, now or next; those who never do are absent. */
  quiet(people: readonly PersonId[]): Promise<Record<PersonId, NonNullable<Signs['quiet']>>>;
}
