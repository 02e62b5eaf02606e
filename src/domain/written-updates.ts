import type { Fact } from './facts.ts';
import type { Actor, Instant } from './words.ts';

/** What an update says, each part Markdown as it was typed. */
export interface UpdateWords {
  /** The current state. */
  state: string;
  /** What was tried. */
  tried?: string;
  /** What is next. */
  next?: string;
}

/** Who an update is for. The announcement channel is the team's own, so it does not tell the community. */
export type Audience = 'community' | 'stakeholders' | 'announcements' | 'public';

/** `edited`: what stood there was replaced. `followed`: a correction went out behind it. */
export type Manner = 'sent' | 'edited' | 'followed';

/** One place where an update goes, and what is proven of it. */
export interface Delivery {
  target: string;
  /** `#leap-2i2c`, `LEAP by e-mail` */
  label: string;
  audience: Audience;
  sent?: { id: string; at: Instant; version: number; manner: Manner; url?: string };
  /** The last failure, while it has not gone out in its last words. */
  failed?: { why: string; since: Instant; trying: boolean };
}

/** An update that somebody wrote, as its facts add up. */
export interface WrittenUpdate {
  id: string;
  /** Its line in the timeline. */
  entry: string;
  words: UpdateWords;
  /** 1, and one more for each correction. */
  version: number;
  by: Actor;
  at: Instant;
  /** When the next one is promised. */
  nextAt?: Instant;
  deliveries: Delivery[];
}

/** The timeline's line of an update: its parts as paragraphs. */
export function entryText({ state, tried, next }: UpdateWords): string {
  return [state, tried && `Tried: ${tried}`, next && `Next: ${next}`].filter(Boolean).join('\n\n');
}

/** It stands there in its last words. */
export function isCurrent(update: WrittenUpdate, { sent }: Delivery): boolean {
  return sent?.version === update.version;
}

/** Follows what was written and what became of it; anything else changes nothing. */
export function changeWritten(written: readonly WrittenUpdate[], fact: Fact): readonly WrittenUpdate[] {
  switch (fact.type) {
    case 'update-written': {
      const { update: id, entry, words, nextAt, targets, by, at } = fact;
      const deliveries = targets.map((target) => ({ ...target }));
      const promise = nextAt === undefined ? {} : { nextAt };
      return [...written, { id, entry, words, version: 1, by, at, ...promise, deliveries }];
    }
    case 'update-corrected':
      return patched(written, fact.update, ({ nextAt: _, ...update }) => ({
        ...update,
        words: fact.words,
        version: fact.version,
        ...(fact.nextAt === undefined ? {} : { nextAt: fact.nextAt }),
      }));
    case 'update-sent': {
      const { id, version, manner, url, at } = fact;
      const sent = { id, at, version, manner, ...(url === undefined ? {} : { url }) };
      return delivered(written, fact, ({ failed: _, ...delivery }) => ({ ...delivery, sent }));
    }
    case 'update-failed':
      return delivered(written, fact, (delivery) => {
        const since = delivery.failed?.trying ? delivery.failed.since : fact.at;
        return { ...delivery, failed: { why: fact.why, since, trying: fact.trying } };
      });
    default:
      return written;
  }
}

function patched(
  written: readonly WrittenUpdate[],
  id: string,
  patch: (update: WrittenUpdate) => WrittenUpdate,
): readonly WrittenUpdate[] {
  return written.map((update) => (update.id === id ? patch(update) : update));
}

function delivered(
  written: readonly WrittenUpdate[],
  { update, target }: { update: string; target: string },
  patch: (delivery: Delivery) => Delivery,
): readonly WrittenUpdate[] {
  return patched(written, update, (one) => ({
    ...one,
    deliveries: one.deliveries.map((delivery) => (delivery.target === target ? patch(delivery) : delivery)),
  }));
}
