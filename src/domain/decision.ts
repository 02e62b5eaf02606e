import type { NewFact } from './facts.ts';
import type { Instant, MessageRef, PersonId } from './words.ts';

/**
 * Something to bring about outside. It is kept with the facts that call for it, carries ids only, and reads
 * the incident again when its turn comes, so doing it twice or late is harmless.
 */
export type Effect =
  | { do: 'open-channel' }
  | { do: 'invite'; people: PersonId[] }
  /** Makes a message of the bot stand as the incident now calls for: posts it, or brings it up to date. */
  /** `at`: then, with all that has come by then. */
  | { do: 'show'; message: ShownMessage; at?: Instant }
  | { do: 'say'; notice: string; text: string; loud?: boolean }
  | { do: 'say-to'; notice: string; person: PersonId; text: string }
  | { do: 'set-topic' }
  | { do: 'add-bookmarks' }
  /** Fetches a message that was reacted to and not seen. */
  | { do: 'record-reaction'; source: MessageRef }
  /** Fetches the bytes of a file that came with a message. */
  | { do: 'keep-file'; entry: string; file: string }
  | { do: 'mark-message'; source: MessageRef; entry: string; at?: Instant }
  /** Reads the channel again, a stretch at a time. */
  | { do: 'recover'; run: string; at?: Instant }
  /** Joins the incident of PagerDuty's that an adopted channel is about. */
  | { do: 'link-pagerduty' }
  /** Writes what a duplicate holds into the incident that it was merged into. */
  | { do: 'join-timelines' }
  | { do: 'climb'; ladder: string; at?: Instant }
  | { do: 'page-by-pagerduty'; page: string }
  | { do: 'settle-in-pagerduty'; page: string }
  | { do: 'call-policy'; ladder: string }
  /** Asks the next candidate when an offered role was declined, or not answered by `at`. */
  | { do: 'move-handoff'; handoff: string; at?: Instant }
  /** Gives what the former responder has in PagerDuty to the present one, where the team wants that. */
  | { do: 'reassign-in-pagerduty' }
  | { do: 'open-issue'; action: string }
  /** Makes the owner of an action item its issue's assignee, where GitHub knows them. */
  | { do: 'assign-issue'; action: string }
  /** Names the published report in the issues that were opened before it. */
  | { do: 'link-issues' }
  /** Looks for what the report lacks. */
  | { do: 'review' }
  /** Asks once for lessons where nobody gave one. `resolvedAt`: which resolving it is about. */
  | { do: 'remind-of-lessons'; resolvedAt: Instant; at: Instant }
  | { do: 'make-report' }
  | { do: 'share-report'; time: Instant }
  /** The report as the canvas of the incident's channel. */
  | { do: 'write-canvas' }
  | { do: 'publish-report'; asked: number }
  /** The same report to a wiki of the team's. */
  | { do: 'send-report'; asked: number }
  | { do: 'pin-card' }
  | { do: 'read-check'; at?: Instant }
  | { do: 'share-chart' }
  /** Brings the timeline to what is known of the incident's alerts. */
  | { do: 'join-alerts' }
  /** Looks for the incident's own among alerts that came before it. */
  | { do: 'find-alerts' }
  | { do: 'send-update'; update: string; target: string; at?: Instant }
  | { do: 'remind-of-update'; dueAt: Instant; stage: 'soon' | 'late'; at: Instant };

export type EffectName = Effect['do'];

/** The bot's standing messages; each exists once an incident. */
export type ShownMessage =
  | 'card'
  | 'announcement'
  | 'resolution'
  | 'review'
  /** Is this action item the same as an open issue? */
  | `similar:${string}`
  | `page:${string}`
  | `handoff:${string}`
  | `proposal:${string}`
  /** The same offer, as a direct message to whom it is made. */
  | `offer:${string}`
  | `relief:${string}`
  | `asked:${string}`
  | `alerts:${string}`
  | `update:${string}`
  /** `reminder:soon:1755015300000`: the stage, and the due time that it is about. */
  | `reminder:${string}`
  | 'history';

/** What a rule decides: what to write down and bring about, or a sentence that says why not. */
export type Decision = Changes | Refusal;

export interface Changes {
  facts: NewFact[];
  effects: Effect[];
  /** What whoever asked is told. */
  answer?: string;
}

export interface Refusal {
  refused: string;
}

export function refuse(sentence: string): Refusal {
  return { refused: sentence };
}

/** Nothing to change, with a word to whoever asked. */
export function nothing(answer?: string): Changes {
  return answer === undefined ? { facts: [], effects: [] } : { facts: [], effects: [], answer };
}

export function isRefusal(decision: Decision): decision is Refusal {
  return 'refused' in decision;
}
