import type { History } from './adopt.ts';
import { type Asked, changeAsked } from './asked.ts';
import type { Fact } from './facts.ts';
import { addRecovered, type Recovered } from './recovery.ts';

/** How the timeline stands to the chat that it comes from. */
export interface SourceState {
  /** Questions about entries whose message was deleted. */
  asked?: Record<string, Asked>;
  /** The channel stood before: what was read of it so far. */
  history?: History;
  /** What was recovered and not told yet. */
  recovered?: Recovered;
  /** The incident that this one is a duplicate of; what is recorded in its channel counts there. */
  mergedInto?: number;
}

/** Facts that change nothing else of an incident. */
type SourceFact = Fact & {
  type: 'entry-source-deleted' | 'entry-kept' | 'recovered' | 'recovery-told' | 'adopted' | 'history-read';
};

/** Adds a fact about where entries come from. */
export function changeSources<State extends SourceState>(state: State, fact: SourceFact): State {
  switch (fact.type) {
    case 'entry-source-deleted':
    case 'entry-kept':
      return withAnswer(state, fact);
    case 'recovered':
      return { ...state, recovered: addRecovered(state.recovered, fact) };
    case 'recovery-told': {
      const { recovered: _, ...rest } = state;
      // Without an optional field it is still a state of the same kind.
      return rest as State;
    }
    case 'adopted':
      return { ...state, history: { messages: 0, entries: 0, done: false } };
    case 'history-read': {
      const { messages, entries } = state.history ?? { messages: 0, entries: 0 };
      const history: History = {
        messages: messages + fact.messages,
        entries: entries + fact.entries,
        done: fact.done,
      };
      return { ...state, history };
    }
  }
}

/** Removing and restoring an entry answers the question about it. */
export function withAnswer<State extends SourceState>(state: State, fact: Fact): State {
  const asked = changeAsked(state.asked, fact);
  return asked === state.asked || asked === undefined ? state : { ...state, asked };
}
