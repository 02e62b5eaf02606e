import type { Mark } from './entries.ts';
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
  | { do: 'show'; message: ShownMessage }
  | { do: 'say'; notice: string; text: string; loud?: boolean }
  | { do: 'say-to'; notice: string; person: PersonId; text: string }
  | { do: 'set-topic' }
  | { do: 'add-bookmarks' }
  | {
      do: 'record-reaction';
      source: MessageRef;
      mark: Mark;
      person: PersonId;
      added: boolean;
      when: string;
    }
  | { do: 'mark-message'; source: MessageRef; entry: string }
  | { do: 'climb'; ladder: string; at?: Instant }
  | { do: 'page-by-pagerduty'; page: string }
  | { do: 'settle-in-pagerduty'; page: string }
  | { do: 'call-policy'; ladder: string }
  | { do: 'open-issue'; action: string }
  | { do: 'make-report' }
  | { do: 'share-report'; time: Instant }
  | { do: 'pin-card' };

export type EffectName = Effect['do'];

/** The bot's standing messages; each exists once an incident. */
export type ShownMessage = 'card' | 'announcement' | 'resolution' | `page:${string}` | `handoff:${string}`;

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
