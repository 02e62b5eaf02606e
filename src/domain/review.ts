import { type Changes, type Decision, nothing, refuse } from './decision.ts';
import type { Incident } from './incident.ts';
import { type Gap, gapKind } from './review-state.ts';
import type { Actor, Instant } from './words.ts';

/** What the review has found now, compared with what it had found before. */
export function noteGaps(incident: Incident, gaps: readonly Gap[], now: Instant): Changes {
  if (incident.resolvedAt === undefined) return nothing();
  const standing = (incident.gaps ?? []).filter(({ state }) => state !== 'mended');
  const show = { do: 'show', message: 'review' } as const;
  if (incident.gaps && isSame(standing, gaps)) return { facts: [], effects: [show] };
  return {
    facts: [{ type: 'gaps-found', gaps: [...gaps], by: { kind: 'daywatch' }, at: now }],
    effects: [show],
  };
}

function isSame(standing: readonly Gap[], gaps: readonly Gap[]): boolean {
  return (
    standing.length === gaps.length &&
    gaps.every(({ id, words }, index) => standing[index]?.id === id && standing[index]?.words === words)
  );
}

/** What nobody can leave as it is: somebody has to decide it one way or the other. */
const DECIDED: ReadonlySet<string> = new Set(['deleted', 'similar']);

export function canBeLeft(gap: Gap): boolean {
  return !DECIDED.has(gapKind(gap));
}

/** It is as it is: nothing is asked about it any more. */
export function leaveGap(incident: Incident, id: string, by: Actor, now: Instant): Decision {
  const gap = incident.gaps?.find((one) => one.id === id);
  if (!gap && incident.resolvedAt === undefined) {
    return refuse('It is not over yet. What is still missing when it is resolved can be left as it is then.');
  }
  if (!gap) return refuse('That is not in the review any more. `/incident review` shows what is.');
  if (gap.state === 'mended') return nothing('That is mended already.');
  if (gap.state === 'left') return nothing('It is left as it is already.');
  if (!canBeLeft(gap)) return refuse('That one wants a decision: press one of its buttons.');
  return {
    facts: [{ type: 'gap-left', gap: id, words: gap.words, by, at: now }],
    effects: [{ do: 'show', message: 'review' }],
    answer: 'It stays as it is.',
  };
}
