import { type Decision, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Actor, Instant, PersonId, SeverityName } from './words.ts';

export interface Declaration {
  title: string;
  severity: SeverityName;
  private: boolean;
  by: Actor;
  responder: PersonId;
  service?: string;
  /** Rosters to page at once, by configuration of the severity. */
  page: readonly string[];
}

export const TITLE_MAX = 200;

/** The facts and effects of a new incident; product.md: channel first, everything else in parallel after it. */
export function declare(declaration: Declaration, now: Instant): Decision {
  const title = declaration.title.replaceAll(/\s+/g, ' ').trim();
  if (!title) return refuse('An incident needs a title: `/incident declare sev1 LEAP hub is down`.');
  if ([...title].length > TITLE_MAX) {
    return refuse(
      `The title has ${[...title].length} characters; ${TITLE_MAX} is the most. Shorten it, and put the rest in the channel.`,
    );
  }
  const { severity, by, responder, service, page } = declaration;
  const declared: NewFact = {
    type: 'declared',
    title,
    severity,
    private: declaration.private,
    responder,
    ...(service === undefined ? {} : { service }),
    by,
    at: now,
  };
  const asked = page.map(
    (roster, index): NewFact => ({
      type: 'page-asked',
      ladder: `${index + 1}`,
      roster,
      by: { kind: 'daywatch' },
      at: now,
    }),
  );
  return {
    facts: [declared, ...asked],
    effects: [
      { do: 'open-channel' },
      ...page.map((_, index) => ({ do: 'climb' as const, ladder: `${index + 1}` })),
    ],
  };
}

/** What the channel calls for the moment it exists. */
export function channelOpened(
  channel: { id: string; name: string },
  people: PersonId[],
  now: Instant,
): Decision {
  return {
    facts: [
      {
        type: 'channel-opened',
        channel: channel.id,
        name: channel.name,
        by: { kind: 'daywatch' },
        at: now,
        key: 'channel',
      },
    ],
    effects: [
      { do: 'invite', people },
      { do: 'show', message: 'card' },
      { do: 'show', message: 'announcement' },
      { do: 'set-topic' },
      { do: 'add-bookmarks' },
    ],
  };
}
