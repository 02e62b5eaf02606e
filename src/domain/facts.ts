import type {
  ActionCategory,
  Actor,
  EntryKind,
  Instant,
  LessonKind,
  MessageRef,
  Moment,
  PersonId,
  Role,
  SeverityName,
  Status,
} from './words.ts';

/** Words of a person or a machine, kept as an entry of the timeline. */
export interface EntryContent {
  kind: EntryKind;
  /** Markdown. People stand in it as `[Ana](person:U0ANA)`, channels as `[#ops](channel:C1)`. */
  text: string;
  quote?: boolean;
  /** Kept verbatim, in a fence. */
  code?: string;
  /** An alert as it was delivered. */
  raw?: string;
  link?: string;
  image?: string;
  /** As a public report may call the author, when that is known better than by their person. */
  role?: string;
}

/** How an entry came into the timeline. */
export type EntryOrigin = 'reaction' | 'log' | 'shortcut' | 'alert' | 'import' | 'http';

export type FactBody =
  | {
      type: 'declared';
      title: string;
      severity: SeverityName;
      private: boolean;
      responder: PersonId;
      service?: string;
    }
  | { type: 'channel-opened'; channel: string; name: string }
  | { type: 'channel-refused'; why: string }
  /** A message of the bot stands in Slack: `card`, `announcement`, `page:2`, `notice:…`. */
  | { type: 'placed'; message: string; ref: MessageRef }
  | { type: 'renamed'; from: string; to: string }
  | { type: 'severity-changed'; from: SeverityName; to: SeverityName }
  | { type: 'status-changed'; from: Status; to: Status; why?: string }
  | { type: 'impact-set'; edge: 'start' | 'end'; moment: Moment }
  | { type: 'joined'; person: PersonId }
  | { type: 'role-assigned'; role: Role; person: PersonId; from?: PersonId; handoff?: string }
  | {
      type: 'handoff-offered';
      handoff: string;
      role: Role;
      from?: PersonId;
      to: PersonId;
      brief: string;
    }
  | { type: 'handoff-accepted'; handoff: string }
  | { type: 'handoff-declined'; handoff: string; why?: string }
  | { type: 'page-asked'; ladder: string; roster?: string; person?: PersonId }
  | {
      type: 'paged';
      ladder: string;
      page: string;
      person: PersonId;
      /** Their wall clock at this moment: `17:33 BST`. */
      localTime: string;
      /** Why this person: a sentence. */
      reason: string;
      /** When the ladder moves on if nobody answers. Absent: it does not. */
      dueAt?: Instant;
      /** Everybody was asked before, and this is a further time round. Absent: the first. */
      round?: number;
    }
  | { type: 'page-sent'; page: string; via: 'slack' | 'pagerduty'; id: string; url?: string }
  | { type: 'page-failed'; page: string; via: 'slack' | 'pagerduty'; why: string }
  | { type: 'page-acknowledged'; page: string; via: 'slack' | 'pagerduty' }
  | { type: 'page-declined'; page: string; why?: string }
  | { type: 'page-unanswered'; page: string; afterMs: number }
  | { type: 'ladder-waits'; ladder: string; person: PersonId; from: Instant; reason: string }
  /** Nobody is left to ask now. `later`: whoever comes on first of those not asked, and is asked then. */
  | { type: 'ladder-exhausted'; ladder: string; reason: string; later?: { person: PersonId; from: Instant } }
  /** The auditor found that a step should have been taken by then and was not. */
  | { type: 'step-overdue'; ladder: string; dueAt: Instant }
  /** The clock was set back after the page, so its time starts anew. */
  | { type: 'page-retimed'; page: string; dueAt: Instant }
  | {
      type: 'entry-recorded';
      entry: string;
      origin: EntryOrigin;
      content: EntryContent;
      moment: Moment;
      author?: PersonId;
      source?: MessageRef;
    }
  | { type: 'entry-marked'; entry: string; mark: string; person: PersonId }
  | { type: 'entry-unmarked'; entry: string; mark: string; person: PersonId }
  | { type: 'entry-edited'; entry: string; text: string }
  | { type: 'entry-retimed'; entry: string; moment: Moment }
  /** A message turns out to be an update that went out, or not to be one. `moment` is the entry's. */
  | { type: 'entry-kind-changed'; entry: string; kind: EntryKind; moment: Moment }
  | { type: 'entry-removed'; entry: string; why: string }
  | { type: 'entry-restored'; entry: string }
  | { type: 'alert-closed'; entry: string; endedAt: Instant }
  | { type: 'action-added'; action: string; title: string; category?: ActionCategory; entry?: string }
  | { type: 'action-withdrawn'; action: string }
  | { type: 'action-restored'; action: string }
  | { type: 'action-linked'; action: string; url: string }
  | { type: 'action-done'; action: string }
  | { type: 'lesson-added'; lesson: string; kind: LessonKind; text: string; entry?: string }
  | { type: 'lesson-withdrawn'; lesson: string }
  | { type: 'lesson-restored'; lesson: string }
  | { type: 'summary-written'; summary?: string; resolution?: string }
  | { type: 'report-made'; file: string };

/** What a decision adds to the log. `key` says what the thing is, so that it is recorded once. */
export type NewFact = FactBody & { by: Actor; at: Instant; key?: string };

/** A line of the log. */
export type Fact = NewFact & { seq: number; recordedAt: Instant };
