import { updateFailedWords, updateSentWords } from './describe-updates.ts';
import type { EntryContent, Fact } from './facts.ts';
import { POLICY } from './paging-state.ts';
import { asTyped, mention } from './sentence.ts';
import type { Describe } from './timeline.ts';
import { type Actor, type EntryKind, type Instant, incidentName, type LessonKind, ROLES } from './words.ts';

const LESSONS: Record<LessonKind, string> = {
  well: 'went well',
  badly: "didn't go so well",
  lucky: 'was luck',
};

/**
 * The words in which Daywatch writes down what happened. It goes through the log in order and remembers who was
 * paged and what was offered, because an answer names them only by id.
 */
export function describer(): Describe {
  const paged = new Map<string, { whom: string; ladder: string; at: Instant }>();
  const offered = new Map<string, Fact & { type: 'handoff-offered' }>();
  const rosters = new Map<string, string>();
  const waits = new Map<string, string>();
  const held = new Set<string>();

  /** Whoever answers for a roster that is called like a role holds that role, if nobody did. */
  function roleTaken(fact: Fact & { type: 'page-acknowledged' }): string {
    const roster = rosters.get(paged.get(fact.page)?.ladder ?? '');
    const role = ROLES.find((name) => name === roster);
    if (!role || held.has(role)) return '';
    held.add(role);
    return `, and is ${inWords(role)} now`;
  }

  const labels = new Map<string, Map<string, string>>();

  return (fact) => {
    switch (fact.type) {
      case 'declared':
        if (fact.responder !== undefined) held.add('responder');
        return line(
          'status',
          `${who(fact.by)} declares the incident: ${asTyped(fact.title)} (${fact.severity}).`,
        );
      case 'severity-changed':
        return line('status', `${who(fact.by)} changes the severity from ${fact.from} to ${fact.to}.`);
      case 'duplicate-joined':
        return line(
          'status',
          `${incidentName(fact.number)} “${asTyped(fact.title)}” is a duplicate; its timeline is joined here.`,
        );
      case 'status-changed':
        return line('status', statusWords(fact));
      case 'renamed':
        return line('note', `${who(fact.by)} renames the incident to “${asTyped(fact.to)}”.`, true);
      case 'role-assigned':
        held.add(fact.role);
        return line('role', roleWords(fact));
      case 'handoff-offered':
        offered.set(fact.handoff, fact);
        return line('role', offerWords(fact));
      case 'handoff-accepted':
        // The assignment that comes with it says the same, and who had it.
        return undefined;
      case 'handoff-declined': {
        const role = offered.get(fact.handoff)?.role ?? 'the role';
        return line('role', `${who(fact.by)} declines ${inWords(role)}${because(fact.why)}.`);
      }
      case 'handoff-unanswered': {
        const offer = offered.get(fact.handoff);
        if (!offer) return undefined;
        const minutes = Math.round(fact.afterMs / 60_000);
        return line(
          'role',
          `${mention(offer.to)} has not answered the offer of ${inWords(offer.role)} within ${minutes} min.`,
        );
      }
      case 'handoff-withdrawn': {
        const offer = offered.get(fact.handoff);
        if (!offer) return undefined;
        return line(
          'role',
          `${who(fact.by)} takes back the offer of ${inWords(offer.role)} to ${mention(offer.to)}.`,
          true,
        );
      }
      case 'handoff-exhausted':
        return line('role', `Nobody has taken ${inWords(fact.role)}. ${fact.reason}.`);
      case 'role-released':
        held.delete(fact.role);
        return line('role', releasedWords(fact));
      case 'left':
        return line('note', `${mention(fact.person)} leaves the channel.`, true);
      case 'relief-proposed':
        return line('role', reliefWords(fact), true);
      case 'holder-stays':
        return line('role', `${who(fact.by)} stays.`, true);
      case 'page-asked': {
        const again = rosters.has(fact.ladder);
        if (fact.roster !== undefined) rosters.set(fact.ladder, fact.roster);
        return fact.by.kind === 'person' ? line('page', askedWords(fact), again) : undefined;
      }
      case 'paged': {
        paged.set(fact.page, { whom: mention(fact.person), ladder: fact.ladder, at: fact.at });
        return line('page', `${mention(fact.person)} is paged (${fact.localTime} there): ${fact.reason}.`);
      }
      case 'policy-called':
        paged.set(fact.page, { whom: POLICY, ladder: fact.ladder, at: fact.at });
        return line(
          'page',
          `${POLICY} is called: nobody who was asked has it, and none of their pages rings there.`,
        );
      case 'policy-took-over':
        return line(
          'page',
          `${POLICY} takes over the page for ${pagedPerson(paged.get(fact.page))}: nobody who was asked has it, and this page rings there.`,
        );
      case 'page-sent':
        return line('page', `${sentWords(fact.via)} ${pagedPerson(paged.get(fact.page))}.`, true);
      case 'page-delivered':
        return line('page', `PagerDuty has notified ${pagedPerson(paged.get(fact.page))}.`, true);
      case 'page-failed':
        return line('page', `The page by ${wayOf(fact.via)} fails: ${asTyped(fact.why)}`);
      case 'page-acknowledged': {
        const minutes = minutesSince(paged.get(fact.page)?.at, fact.at);
        const where = fact.via === 'pagerduty' ? ' in PagerDuty' : '';
        return line('page', `${who(fact.by)} acknowledges the page${where}${minutes}${roleTaken(fact)}.`);
      }
      case 'page-declined':
        return line('page', `${who(fact.by)} declines the page${because(fact.why)}.`);
      case 'page-unanswered': {
        const page = paged.get(fact.page);
        const minutes = Math.round(fact.afterMs / 60_000);
        return line('page', `${page?.whom ?? 'The person paged'} has not answered within ${minutes} min.`);
      }
      case 'step-overdue':
        return line(
          'page',
          `The next step of the page is overdue${minutesAfter(fact.dueAt, fact.at)}.`,
          true,
        );
      case 'page-retimed':
        return line('page', 'The clock was set back; the time to answer the page starts anew.', true);
      case 'ladder-waits': {
        const again = waits.get(fact.ladder) === fact.reason;
        waits.set(fact.ladder, fact.reason);
        return line('page', `${fact.reason}.`, again);
      }
      case 'ladder-exhausted':
        return line('page', `${fact.reason}.`);
      case 'impact-set':
        return line('note', `${who(fact.by)} sets the impact ${fact.edge}.`, true);
      case 'update-written':
        labels.set(fact.update, new Map(fact.targets.map(({ target, label }) => [target, label])));
        return undefined;
      case 'update-sent':
        return line('note', updateSentWords(fact, labels.get(fact.update)?.get(fact.target)), true);
      case 'update-failed':
        return line('note', updateFailedWords(fact, labels.get(fact.update)?.get(fact.target)), true);
      case 'action-added':
        return line('action', `Action item: ${fact.title}`, true);
      case 'lesson-added':
        return line('note', `Lesson, what ${LESSONS[fact.kind]}: ${fact.text}`, true);
      case 'report-published':
        return line('note', `The report is published: ${asTyped(fact.url)}`, true);
      case 'report-marked':
        return line('note', `${who(fact.by)} marks the report as ${fact.to}${because(fact.because)}.`, true);
      case 'finding-decided':
        return line('note', findingWords(fact), true);
      default:
        return undefined;
    }
  };
}

function line(
  kind: EntryKind,
  text: string,
  bookkeeping = false,
): { content: EntryContent; bookkeeping: boolean } {
  return { content: { kind, text }, bookkeeping };
}

function who(actor: Actor): string {
  return actor.kind === 'person' ? mention(actor.id) : actor.kind === 'service' ? actor.name : 'Daywatch';
}

/** `tech-lead` in a sentence; other names are the team's own. */
function inWords(role: string): string {
  return role === 'tech-lead' ? 'tech lead' : role;
}

function because(why: string | undefined): string {
  return why ? `: ${asTyped(why)}` : '';
}

function pagedPerson(page: { whom: string } | undefined): string {
  return page?.whom ?? 'the person paged';
}

function sentWords(via: 'slack' | 'pagerduty'): string {
  return via === 'slack' ? 'The page stands in Slack for' : 'PagerDuty has taken the page for';
}

function wayOf(via: 'slack' | 'pagerduty'): string {
  return via === 'slack' ? 'Slack' : 'PagerDuty';
}

function statusWords(fact: Fact & { type: 'status-changed' }): string {
  if (fact.to === 'resolved') return 'Incident resolved.';
  if (fact.to === 'cancelled') return `${who(fact.by)} cancels the incident: a false alarm.`;
  if (fact.to === 'merged') {
    return `${who(fact.by)} finds it to be a duplicate of ${incidentName(fact.into ?? 0)}.`;
  }
  if (fact.to === 'closed') return `${who(fact.by)} closes the incident.`;
  if (['resolved', 'closed', 'cancelled'].includes(fact.from)) return `${who(fact.by)} reopens the incident.`;
  return `${who(fact.by)} sets the status to ${fact.to}.`;
}

function offerWords({ by, role, to, reason }: Fact & { type: 'handoff-offered' }): string {
  return `${who(by)} offers ${inWords(role)} to ${mention(to)}, with a brief${reason ? `: ${reason}` : ''}.`;
}

function releasedWords({ by, role, person }: Fact & { type: 'role-released' }): string {
  if (by.kind === 'person' && by.id === person) return `${mention(person)} gives ${inWords(role)} up.`;
  return `${who(by)} takes ${inWords(role)} from ${mention(person)}; nobody holds it.`;
}

const RELIEFS = {
  'day-ends': 'is near the end of their day',
  'off-duty': 'is off duty',
  left: 'has left the channel',
} as const;

function reliefWords({ person, role, why, to, reason }: Fact & { type: 'relief-proposed' }): string {
  const next = to === undefined ? reason : `${mention(to)} could take it, ${reason}`;
  return `${mention(person)}, who holds ${inWords(role)}, ${RELIEFS[why]}. ${next}.`;
}

function roleWords(fact: Fact & { type: 'role-assigned' }): string {
  const { person, from, role, handoff, by } = fact;
  if (handoff !== undefined && from !== undefined) {
    return `${mention(from)} hands ${inWords(role)} over to ${mention(person)}, who accepts.`;
  }
  const took = by.kind === 'person' && by.id === person;
  const before = from === undefined ? '' : ` from ${mention(from)}`;
  return took
    ? `${mention(person)} takes ${inWords(role)}${before}.`
    : `${who(by)} gives ${inWords(role)} to ${mention(person)}.`;
}

function askedWords(fact: Fact & { type: 'page-asked' }): string {
  const whom =
    fact.person === undefined
      ? `the ${asTyped(inWords(fact.roster ?? ''))} whose day it is`
      : mention(fact.person);
  return `${who(fact.by)} asks for ${whom}.`;
}

function findingWords(fact: Fact & { type: 'finding-decided' }): string {
  return fact.shown
    ? `${who(fact.by)} decides that this may be public: ${asTyped(fact.what)}.`
    : `${who(fact.by)} holds this back from the public: ${asTyped(fact.what)}.`;
}

function minutesAfter(due: number, at: number): string {
  return ` by ${Math.round((at - due) / 60_000)} min`;
}

function minutesSince(start: number | undefined, at: number): string {
  if (start === undefined) return '';
  const minutes = Math.max(0, Math.round((at - start) / 60_000));
  return minutes === 0 ? ' within a minute' : `, ${minutes} min after it was sent`;
}
