import { type Changes, type Decision, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { mention } from './sentence.ts';
import type { Actor, Instant } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** A page went out by one way, or that way failed for now. */
export function pageSent(
  page: string,
  sent: { via: 'slack' | 'pagerduty'; id: string; url?: string },
  now: Instant,
): Changes {
  return {
    facts: [
      { type: 'page-sent', page, ...sent, by: DAYWATCH, at: now, key: `page-sent:${page}:${sent.via}` },
    ],
    effects: [{ do: 'show', message: 'card' }],
  };
}

/** The channel hears at once that one way of paging failed, and what still stands; once a page and way. */
export function pageFailed(
  incident: Incident,
  id: string,
  failure: { via: 'slack' | 'pagerduty'; why: string; trying: boolean },
  now: Instant,
): Decision {
  const page = incident.pages[id];
  if (!page || page.failed.some(({ via }) => via === failure.via)) return nothing();
  const { via, why, trying } = failure;
  const other = via === 'pagerduty' ? 'The Slack page stands' : 'PagerDuty is asked all the same';
  return {
    facts: [
      { type: 'page-failed', page: id, via, why, by: DAYWATCH, at: now, key: `page-failed:${id}:${via}` },
    ],
    effects: [
      {
        do: 'say',
        notice: `page-failed:${id}:${via}`,
        text: `⚠️ Paging ${mention(page.person)} by ${via === 'pagerduty' ? 'PagerDuty' : 'Slack'} **failed**: ${why} ${other}${
          trying ? '; I keep trying' : ''
        }.`,
        loud: true,
      },
      { do: 'show', message: 'card' },
    ],
  };
}
