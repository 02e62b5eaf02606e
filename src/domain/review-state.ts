import type { Fact } from './facts.ts';
import type { Actor } from './words.ts';

/** Something that the report lacks or that is doubtful in it. */
export interface Gap {
  /** Kind and what of it: `impact-start`, `silence:1755015300000`, `action:2`. */
  id: string;
  /** A sentence in Markdown. */
  words: string;
}

/** A gap, and what became of it. */
export interface ReviewedGap extends Gap {
  state: 'open' | 'mended' | 'left';
  /** Who left it as it is. */
  by?: Actor;
}

/** Follows the review: what is found again stays as it was answered, what is no longer found is mended. */
export function changeReview(
  gaps: readonly ReviewedGap[] = [],
  fact: Fact & { type: 'gaps-found' | 'gap-left' },
): ReviewedGap[] {
  if (fact.type === 'gap-left') {
    return gaps.map((gap) => (gap.id === fact.gap ? { ...gap, state: 'left', by: fact.by } : gap));
  }
  const found = fact.gaps.map((gap): ReviewedGap => {
    const before = gaps.find(({ id }) => id === gap.id);
    return before?.state === 'left' ? { ...before, ...gap } : { ...gap, state: 'open' };
  });
  const ids = new Set(found.map(({ id }) => id));
  const gone = gaps.filter(({ id }) => !ids.has(id));
  return [...found, ...gone.map(({ id, words }): ReviewedGap => ({ id, words, state: 'mended' }))];
}

/** The kind of a gap: what stands before its colon. */
export function gapKind({ id }: Pick<Gap, 'id'>): string {
  return id.split(':')[0] ?? id;
}

/** What the gap is about: an entry, an action item, an instant. */
export function gapSubject({ id }: Pick<Gap, 'id'>): string {
  return id.slice(gapKind({ id }).length + 1);
}
