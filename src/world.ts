import type { ShownMessage } from './domain/decision.ts';
import type { RecordedMessage } from './domain/entries.ts';
import type { Incident } from './domain/incident.ts';
import type { MessageRef, PersonId } from './domain/words.ts';
import type { Repository } from './github/repository.ts';
import type { Pager } from './pagerduty/pager.ts';

/** Everything that Daywatch asks of the outside. A service that is off is absent. */
export interface World {
  chat: Chat;
  pager?: Pager;
  repository?: Repository;
}

/** A person as the chat knows them. */
export interface Profile {
  id: PersonId;
  name: string;
  /** Display name, handle: other words by which people call them. */
  otherNames: string[];
  email?: string;
  timezone?: string;
  guest: boolean;
  bot: boolean;
  deleted: boolean;
}

/** A message ready to be posted. What is in it is the chat's own business. */
export interface Drawn {
  to: { channel: string } | { person: PersonId } | 'announcements';
  /** Changes exactly when the message looks different. */
  digest: string;
  content: object;
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
  post(drawn: Drawn, posting: Posting): Promise<MessageRef>;
  update(ref: MessageRef, drawn: Drawn, urgent: boolean): Promise<void>;
  pin(ref: MessageRef): Promise<void>;
  setTopic(incident: Incident): Promise<void>;
  addBookmarks(incident: Incident): Promise<void>;
  /** The ✅ on a message that is in the timeline. */
  mark(ref: MessageRef, on: boolean): Promise<void>;
  shareReport(incident: Incident, file: { name: string; text: string }, first: boolean): Promise<void>;
  /** A file for the announcement channel with a line of Markdown. It is found again by its name, and made when it is wanted. */
  announceFile(
    file: { name: string; bytes: () => Promise<Uint8Array>; alt: string; text: string },
    attempt: Pick<Posting, 'first' | 'since'>,
  ): Promise<void>;
  /** The message itself, thread reply or not; nothing when it is gone. */
  message(ref: MessageRef): Promise<object | undefined>;
  /** A message of the chat as the rules need it. */
  read(channel: string, message: object): RecordedMessage;
  profile(person: PersonId): Promise<Profile | undefined>;
}
