import type { AfterwardsFact } from './afterwards-facts.ts';
import type { AlertNewsFact } from './alert-news.ts';
import type { ReportStage } from './report-state.ts';
import type { CheckSeries } from './uptime/check-series.ts';
import type { Outage } from './uptime/outage.ts';
import type {
  Actor,
  EntryKind,
  Instant,
  MessageRef,
  Moment,
  PersonId,
  Role,
  SeverityName,
  Status,
} from './words.ts';
import type { Written } from './written.ts';
import type { Delivery, Manner, UpdateWords } from './written-updates.ts';

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
  /** What came with the words. */
  files?: EntryFile[];
  /** A case says itself whether an entry belongs to the follow-up timeline. */
  followUp?: boolean;
}

type Amendable = 'role' | 'quote' | 'code' | 'raw' | 'link' | 'image';

/** What may be written anew of an entry beside its words; null takes it away. */
export type EntryFields = { [Key in Amendable]?: EntryContent[Key] | null };

/** A file of a message, as the chat names it; its bytes are fetched after it is recorded. */
export interface EntryFile {
  id: string;
  name: string;
  /** MIME type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Where people of the chat find it. */
  link?: string;
  /** It was deleted in the chat. */
  gone?: true;
}

/** Why somebody else might take a role. */
export type ReliefReason = 'day-ends' | 'off-duty' | 'left';

/** Who takes a role whose holder goes: what is asked about it. */
export interface ReliefQuestion {
  role: Role;
  person: PersonId;
  why: ReliefReason;
  /** When their day ends or ended. */
  dayEnd?: Instant;
  /** Who could take it, and when their own day starts if it has not. */
  to?: PersonId;
  from?: Instant;
  /** Why that person, or why nobody: a clause. */
  reason: string;
}

/** How an entry came into the timeline. */
export type EntryOrigin = 'reaction' | 'log' | 'shortcut' | 'alert' | 'import' | 'http' | 'history' | 'merge';

export type FactBody =
  | {
      type: 'declared';
      title: string;
      severity: SeverityName;
      private: boolean;
      /** Nobody yet where an alert declared it. */
      responder?: PersonId;
      service?: string;
      /** It was over by then and is only written down: nobody is paged, told or reminded. */
      retrospective?: true;
      /** It was written down as a case, and this is what came with it. */
      written?: Written;
    }
  | { type: 'channel-opened'; channel: string; name: string }
  | { type: 'channel-refused'; why: string }
  /** A message of the bot stands in Slack: `card`, `announcement`, `page:2`, `notice:…`. */
  | { type: 'placed'; message: string; ref: MessageRef }
  | { type: 'renamed'; from: string; to: string }
  | { type: 'severity-changed'; from: SeverityName; to: SeverityName }
  /** `happenedAt`: when a retrospective was resolved in truth, where somebody knows. */
  | {
      type: 'status-changed';
      from: Status;
      to: Status;
      why?: string;
      into?: number;
      happenedAt?: Instant;
    }
  | { type: 'impact-set'; edge: 'start' | 'end'; moment: Moment }
  /** A time at which users may have been hurt, for somebody to confirm. `because` is a sentence. */
  | { type: 'impact-proposed'; proposal: string; edge: 'start' | 'end'; moment: Moment; because: string }
  /** What an uptime check saw around the incident, and the failing in it that belongs to it. */
  | { type: 'check-read'; series: CheckSeries; outage?: Outage }
  | { type: 'joined'; person: PersonId }
  /** Went out of the incident's channel. */
  | { type: 'left'; person: PersonId }
  | { type: 'role-assigned'; role: Role; person: PersonId; from?: PersonId; handoff?: string }
  | {
      type: 'handoff-offered';
      handoff: string;
      role: Role;
      from?: PersonId;
      to: PersonId;
      brief: string;
      /** Why this person: a clause. */
      reason?: string;
      /** When the next candidate is asked if nobody answers. Absent: never. */
      dueAt?: Instant;
      /** The offer that was declined or not answered before this one. */
      after?: string;
    }
  | { type: 'handoff-accepted'; handoff: string }
  | { type: 'handoff-declined'; handoff: string; why?: string }
  | { type: 'handoff-unanswered'; handoff: string; afterMs: number }
  | { type: 'handoff-withdrawn'; handoff: string }
  /** Nobody is left to ask after this offer; `reason` is a sentence. */
  | { type: 'handoff-exhausted'; handoff: string; role: Role; reason: string }
  | { type: 'role-released'; role: Role; person: PersonId }
  /** A holder's day ends or ended, or they left: the channel is asked who takes the role. */
  | ({ type: 'relief-proposed'; relief: string } & ReliefQuestion)
  /** The holder goes on; they are asked again after `until`. */
  | { type: 'holder-stays'; relief: string; until: Instant }
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
  /** PagerDuty notified the person: their telephone rang, or a message went to it. */
  | { type: 'page-delivered'; page: string }
  | { type: 'page-failed'; page: string; via: 'slack' | 'pagerduty'; why: string }
  | { type: 'page-acknowledged'; page: string; via: 'slack' | 'pagerduty' }
  | { type: 'page-declined'; page: string; why?: string }
  | { type: 'page-unanswered'; page: string; afterMs: number }
  | { type: 'ladder-waits'; ladder: string; person: PersonId; from: Instant; reason: string }
  /** Nobody is left to ask now. `later`: whoever comes on first of those not asked, and is asked then. */
  | { type: 'ladder-exhausted'; ladder: string; reason: string; later?: { person: PersonId; from: Instant } }
  /** PagerDuty's escalation policy is paged itself, because no page of the ladder rings there. */
  | { type: 'policy-called'; ladder: string; page: string; policy: string; round: number }
  /** PagerDuty's escalation policy has the page of a person now, because it rang there unanswered. */
  | { type: 'policy-took-over'; page: string; policy: string }
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
      /** Whose words they are where that is no person: another bot, by its name. */
      service?: string;
      source?: MessageRef;
      /** Which state of the source these words are. */
      version?: string;
    }
  | { type: 'entry-marked'; entry: string; mark: string; person: PersonId }
  | { type: 'entry-unmarked'; entry: string; mark: string; person: PersonId }
  /** `said`: the words follow the source, with what else it now says and which state of it that is. */
  | {
      type: 'entry-edited';
      entry: string;
      text: string;
      said?: { code?: string; files?: EntryFile[]; version?: string };
      /** What else of it was written anew. */
      fields?: EntryFields;
    }
  | { type: 'entry-retimed'; entry: string; moment: Moment }
  /** A message turns out to be an update that went out, or not to be one. `moment` is the entry's. */
  | { type: 'entry-kind-changed'; entry: string; kind: EntryKind; moment: Moment }
  | { type: 'entry-removed'; entry: string; why: string }
  | { type: 'entry-restored'; entry: string }
  /** The message of an entry was deleted. `asked`: the question whether the entry stays, and to whom it goes. */
  | {
      type: 'entry-source-deleted';
      entry: string;
      asked?: { id: string; person: PersonId; at: Instant; author?: PersonId; words: string };
    }
  | { type: 'entry-kept'; entry: string }
  /** The bytes of one of its files are in the data directory. */
  | { type: 'entry-file-kept'; entry: string; file: string }
  /** They are not, and will not be; `why` is a clause. */
  | { type: 'entry-file-lost'; entry: string; file: string; why: string }
  /** Reading the channel again brought this about. */
  | { type: 'recovered'; entries: number; edited: number; removed: number; deleted: number }
  | { type: 'recovery-told' }
  /** The channel stood before the incident; its history is to be read. */
  | { type: 'adopted' }
  /** The timeline of a duplicate became part of this one. */
  | { type: 'duplicate-joined'; number: number; title: string }
  | { type: 'history-read'; messages: number; entries: number; done: boolean }
  | { type: 'alert-closed'; entry: string; endedAt: Instant }
  /** All that is known of an alert by now; its line says so, as far as nobody has written it anew. */
  | {
      type: 'alert-told';
      entry: string;
      text: string;
      raw: string;
      link?: string;
      from: Instant;
      endedAt?: Instant;
      times: number;
    }
  | AlertNewsFact
  | AfterwardsFact
  | {
      type: 'update-written';
      update: string;
      entry: string;
      words: UpdateWords;
      nextAt?: Instant;
      targets: Pick<Delivery, 'target' | 'label' | 'audience'>[];
    }
  | { type: 'update-corrected'; update: string; words: UpdateWords; nextAt?: Instant; version: number }
  | {
      type: 'update-sent';
      update: string;
      target: string;
      version: number;
      /** What the service calls it. */
      id: string;
      url?: string;
      manner: Manner;
      /** An earlier answer was lost and the service gives no way to look, so it may be there twice. */
      perhapsTwice?: true;
    }
  | { type: 'update-failed'; update: string; target: string; why: string; trying: boolean }
  | { type: 'update-reminded'; dueAt: Instant; stage: 'soon' | 'late'; person?: PersonId }
  | { type: 'update-snoozed'; dueAt: Instant; until: Instant }
  | { type: 'summary-written'; summary?: string; resolution?: string }
  | { type: 'report-made'; file: string }
  | { type: 'publish-asked' }
  /** The report stands in a pull request. `blob` is git's name of the text. */
  | {
      type: 'report-published';
      url: string;
      number: number;
      repository: string;
      path: string;
      blob: string;
      /** Which asking this answers. */
      asked: number;
    }
  /** `because` says why, where an action item has no issue. */
  | { type: 'report-marked'; to: ReportStage; because?: string }
  /** A person decides whether something that was found may be read in public. `what` names it without its words. */
  | { type: 'finding-decided'; finding: string; shown: boolean; what: string };

/** What a decision adds to the log. `key` says what the thing is, so that it is recorded once. */
export type NewFact = FactBody & { by: Actor; at: Instant; key?: string };

/** A line of the log. */
export type Fact = NewFact & { seq: number; recordedAt: Instant };
