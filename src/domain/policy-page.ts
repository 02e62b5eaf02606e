import { type Changes, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { roundOf } from './paging.ts';
import type { Ladder, Page } from './paging-state.ts';
import { isOpen } from './permitted.ts';
import type { Actor, Instant } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** The pages that a policy may take over, the latest first: they are in PagerDuty, and nobody said “not me” to them. */
export function pagesForPolicy(incident: Incident, ladder: Ladder): { page: Page; id: string }[] {
  return ladder.pages.toReversed().flatMap((each) => {
    const page = incident.pages[each];
    const sent = page?.sent.find(({ via }) => via === 'pagerduty');
    return page && sent && page.state !== 'declined' ? [{ page, id: sent.id }] : [];
  });
}

/** The policy has a person's page that rang unanswered: told once a page, however often it is called. */
export function policyTookOver(incident: Incident, id: string, policy: string, now: Instant): Changes {
  const page = incident.pages[id];
  if (!page || page.policy !== undefined || page.takenOverAt !== undefined) return nothing();
  return {
    facts: [
      { type: 'policy-took-over', page: id, policy, by: DAYWATCH, at: now, key: `policy-took-over:${id}` },
    ],
    effects: [{ do: 'show', message: 'card' }],
  };
}

/** Pages the policy itself; once, unless what it was paged with is among those that are `over` in PagerDuty. */
export function pagePolicy(
  incident: Incident,
  id: string,
  { policy, over }: { policy: string; over: readonly string[] },
  now: Instant,
): Changes {
  const ladder = incident.ladders[id];
  if (ladder?.state !== 'exhausted' || !isOpen(incident)) return nothing();
  const standing = ladder.pages.find((each) => {
    const page = incident.pages[each];
    return page?.policy === policy && page.state === 'waiting' && !over.includes(each);
  });
  if (standing !== undefined) return { facts: [], effects: [{ do: 'page-by-pagerduty', page: standing }] };
  const page = `${Object.keys(incident.pages).length + 1}`;
  return {
    facts: [
      {
        type: 'policy-called',
        ladder: id,
        page,
        policy,
        round: roundOf(incident, ladder),
        by: DAYWATCH,
        at: now,
        key: `ladder:${id}:${ladder.pages.length}`,
      },
    ],
    effects: [
      { do: 'page-by-pagerduty', page },
      { do: 'show', message: 'card' },
    ],
  };
}
