import { type Changes, type Decision, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import type { Page } from './paging-state.ts';
import { isOpen } from './permitted.ts';
import { mention } from './sentence.ts';
import type { Actor, Instant } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** A page that rings in PagerDuty: its id here and there. */
export interface RingingPage {
  page: string;
  id: string;
  sentAt: Instant;
}

/** The pages that somebody may still answer in PagerDuty. */
export function pagesToHearOf(incident: Incident): RingingPage[] {
  if (!isOpen(incident)) return [];
  return Object.values(incident.pages).flatMap((page) => {
    const { state } = incident.ladders[page.ladder] ?? {};
    const sent = page.sent.find(({ via }) => via === 'pagerduty');
    const isSettled = page.state === 'declined' || state === 'acknowledged' || state === 'stopped';
    if (!sent || isSettled) return [];
    return [{ page: page.id, id: sent.id, sentAt: sent.at }];
  });
}

/** How long it is asked whether the telephone rang; after that only the answer matters. */
const NOTIFYING_MS = 15 * 60_000;

/** The waiting pages of which PagerDuty has not said yet that it notified anybody. */
export function pagesToRing(incident: Incident, now: Instant): RingingPage[] {
  return pagesToHearOf(incident).filter(({ page, sentAt }) => {
    const { state, rangAt } = incident.pages[page] ?? {};
    return state === 'waiting' && rangAt === undefined && Math.abs(now - sentAt) <= NOTIFYING_MS;
  });
}

/** PagerDuty says when it notified the person: that it rang, not that anybody heard. */
export function pageRang(incident: Incident, id: string, at: Instant): Changes {
  const page = incident.pages[id];
  if (!page || page.rangAt !== undefined) return nothing();
  return {
    facts: [{ type: 'page-delivered', page: id, by: DAYWATCH, at, key: `page-delivered:${id}` }],
    effects: [{ do: 'show', message: 'card' }],
  };
}

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
  return {
    facts: [
      { type: 'page-failed', page: id, via, why, by: DAYWATCH, at: now, key: `page-failed:${id}:${via}` },
    ],
    effects: [
      {
        do: 'say',
        notice: `page-failed:${id}:${via}`,
        text: `⚠️ Paging ${mention(page.person)} by ${via === 'pagerduty' ? 'PagerDuty' : 'Slack'} **failed**: ${why} ${standing(page, via)}${
          trying ? '; I keep trying' : ''
        }.`,
        loud: true,
      },
      { do: 'show', message: 'card' },
    ],
  };
}

function standing(page: Page, via: 'slack' | 'pagerduty'): string {
  if (page.policy !== undefined) return 'Please call somebody by telephone';
  return via === 'pagerduty' ? 'The Slack page stands' : 'PagerDuty is asked all the same';
}
