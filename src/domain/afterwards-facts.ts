import type { ResembledIssue } from './action-items.ts';
import type { Gap } from './review-state.ts';
import type { ActionCategory, LessonKind, PersonId } from './words.ts';

/** What is learnt of an incident, and what is to be done so that it does not happen again. */
export type AfterwardsFact =
  | {
      type: 'action-added';
      action: string;
      title: string;
      category?: ActionCategory;
      /** The category as a case words it, where that is not the product's own heading. */
      heading?: string;
      /** A case does not say whether it is done. */
      doneUnknown?: true;
      owner?: PersonId;
      /** `2025-09-01` */
      due?: string;
      entry?: string;
    }
  | {
      type: 'action-changed';
      action: string;
      title?: string;
      category?: ActionCategory;
      owner?: PersonId;
      due?: string;
    }
  | { type: 'action-withdrawn'; action: string }
  | { type: 'action-restored'; action: string }
  | { type: 'action-linked'; action: string; url: string }
  /** An open issue says something like it; somebody decides whether it is the same. */
  | { type: 'action-resembles'; action: string; issue: ResembledIssue }
  | { type: 'action-is-new'; action: string }
  | { type: 'action-done'; action: string }
  | { type: 'action-reopened'; action: string }
  | { type: 'lesson-added'; lesson: string; kind: LessonKind; text: string; entry?: string }
  | { type: 'lesson-edited'; lesson: string; text: string }
  /** Somebody answered the question for lessons; `nothing`: for what of it with “nothing”. */
  | { type: 'lessons-answered'; nothing: LessonKind[] }
  | { type: 'lessons-reminded'; people: PersonId[] }
  | { type: 'lesson-withdrawn'; lesson: string }
  | { type: 'lesson-restored'; lesson: string }
  /** What the report lacks, all of it as it stands. */
  | { type: 'gaps-found'; gaps: Gap[] }
  /** Somebody leaves a gap as it is; `words` name it. */
  | { type: 'gap-left'; gap: string; words: string };
