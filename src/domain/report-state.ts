import type { Fact } from './facts.ts';
import type { Actor, Instant, PersonId } from './words.ts';

/** How far a report is. */
export type ReportStage = 'draft' | 'reviewed' | 'closed';

/** A report in a pull request. */
export interface PublishedReport {
  url: string;
  number: number;
  /** `owner/name`. */
  repository: string;
  path: string;
  /** Which asking was answered last. */
  asked: number;
  /** Git's names of every text that was published, the newest last. */
  blobs: string[];
}

/** How far the report of an incident got, and what stands in it. */
export interface ReportState {
  summary?: string;
  resolution?: string;
  reportFile?: string;
  /** Where the report was published; absent until it was. */
  published?: PublishedReport;
  /** Absent: a draft that never was anything else. */
  reportState?: ReportStage;
  /** Who found it right, and why although an action item has no issue. */
  reviewed?: { by: Actor; at: Instant; because?: string };
  /** Who wrote the report's words or published it. */
  writers?: PersonId[];
  /** Ids of what people decided to show in public; everything else that is found is held back. */
  shownInPublic?: string[];
}

type ReportFact = Fact & {
  type:
    | 'summary-written'
    | 'report-made'
    | 'publish-asked'
    | 'report-published'
    | 'report-marked'
    | 'finding-decided';
};

/** What a fact changes about it. */
export function changeReport(state: ReportState, fact: ReportFact): Partial<ReportState> {
  switch (fact.type) {
    case 'summary-written':
      return {
        ...withWriter(state, fact),
        ...(fact.summary === undefined ? {} : { summary: fact.summary }),
        ...(fact.resolution === undefined ? {} : { resolution: fact.resolution }),
      };
    case 'report-made':
      return { reportFile: fact.file };
    case 'publish-asked':
      return withWriter(state, fact);
    case 'report-published': {
      const { url, number, repository, path, blob, asked } = fact;
      const blobs = [...(state.published?.blobs ?? []), blob];
      return { published: { url, number, repository, path, asked, blobs } };
    }
    case 'report-marked':
      return marked(fact);
    case 'finding-decided': {
      const others = (state.shownInPublic ?? []).filter((id) => id !== fact.finding);
      return { shownInPublic: fact.shown ? [...others, fact.finding] : others };
    }
  }
}

function marked({ to, by, at, because }: Fact & { type: 'report-marked' }): Partial<ReportState> {
  if (to !== 'reviewed') return { reportState: to };
  return { reportState: to, reviewed: { by, at, ...(because === undefined ? {} : { because }) } };
}

function withWriter({ writers = [] }: ReportState, { by }: Fact): Partial<ReportState> {
  if (by.kind !== 'person' || writers.includes(by.id)) return {};
  return { writers: [...writers, by.id] };
}
