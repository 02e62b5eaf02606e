import type { Changes } from './decision.ts';
import type { Incident } from './incident.ts';
import type { LadderLimits, NextStep } from './paging.ts';
import type { Ladder } from './paging-state.ts';
import { listed, mention } from './sentence.ts';
import type { Actor, Instant } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** Nobody is left to ask now: the channel is told loudly, the policy is called, and whoever comes on later is awaited. */
export function exhaust(
  incident: Incident,
  ladder: Ladder,
  { reason, later }: NextStep & { kind: 'exhausted' },
  limits: LadderLimits,
  now: Instant,
): Changes {
  const who = askedInVain(incident, ladder);
  const phones = limits.phones.length > 0 ? ` Call: ${limits.phones.join(' · ')}.` : '';
  const policy = limits.policy ? ' PagerDuty’s escalation policy is called now.' : '';
  return {
    facts: [
      {
        type: 'ladder-exhausted',
        ladder: ladder.id,
        reason,
        ...(later ? { later } : {}),
        by: DAYWATCH,
        at: now,
      },
    ],
    effects: [
      {
        do: 'say',
        notice: `exhausted:${ladder.id}:${ladder.pages.length}:${later?.from ?? 'end'}`,
        text: `🚨 **Nobody has answered the page.** ${who}${reason}.${policy}${phones}`,
        loud: true,
      },
      ...(limits.policy ? [{ do: 'call-policy' as const, ladder: ladder.id }] : []),
      ...(later ? [{ do: 'climb' as const, ladder: ladder.id, at: later.from }] : []),
      { do: 'show', message: 'card' },
    ],
  };
}

/** `Ana declined, Ben did not answer. `, by the last answer of each whom this ladder asked. */
function askedInVain(incident: Incident, ladder: Ladder): string {
  const pages = ladder.pages.flatMap((id) => incident.pages[id] ?? []);
  const last = new Map(pages.map((page) => [page.person, page.state]));
  const people = [...last.keys()];
  const declined = people.filter((person) => last.get(person) === 'declined').map(mention);
  const silent = people.filter((person) => last.get(person) !== 'declined').map(mention);
  const parts = [
    declined.length > 0 ? `${listed(declined)} cannot take it` : undefined,
    silent.length > 0 ? `${listed(silent)} did not answer` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? `${parts.join('; ')}. ` : '';
}
