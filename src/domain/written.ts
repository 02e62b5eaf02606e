import type { Instant } from './words.ts';

/** What a case says of its incident that no other fact holds. */
export interface Written {
  /** IANA zone in which its report is written. */
  timezone: string;
  /** Where the story was published. */
  source?: string;
  severityUnknown?: true;
  /** The first page and the first acknowledgement, of which only the times are known. */
  pagedAt?: Instant;
  acknowledgedAt?: Instant;
  /** How long paging waited for somebody's day. */
  waitedMs?: number;
  /** The chart of the uptime check that its report shows. */
  chart?: { image: string; alt: string };
  /** Who is named in it without an entry of their own, and as what. */
  cast?: { person: string; role: string }[];
}

/** Somebody has said how bad it is. */
export function withSeverityKnown({ severityUnknown: _, ...written }: Written): Written {
  return written;
}
