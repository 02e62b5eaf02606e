import type { EntryContent, Fact } from './facts.ts';
import { asTyped, mention } from './sentence.ts';
import type { Describe } from './timeline.ts';
import type { Actor, EntryKind, LessonKind } from './words.ts';

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
  const paged = new Map<string, Fact & { type: 'paged' }>();
  const offered = new Map<string, Fact & { type: 'handoff-offered' }>();

  return (fact) => {
    switch (fact.type) {
      case 'declared':
        return line(
          'status',
          `${who(fact.by)} declares the incident: ${asTyped(fact.title)} (${fact.severity}).`,
        );
      case 'severity-changed':
        return line('status', `${who(fact.by)} changes the severity from ${fact.from} to ${fact.to}.`);
      case 'status-changed':
        return line('status', statusWords(fact));
      case 'renamed':
        return line('note', `${who(fact.by)} renames the incident to “${asTyped(fact.to)}”.`, true);
      case 'role-assigned':
        return line('role', roleWords(fact));
      case 'handoff-offered':
        offered.set(fact.handoff, fact);
        return line('role', `${who(fact.by)} offers ${fact.role} to ${mention(fact.to)}, with a brief.`);
      case 'handoff-accepted':
        // The assignment that comes with it says the same, and who had it.
        return undefined;
      case 'handoff-declined': {
        const role = offered.get(fact.handoff)?.role ?? 'the role';
        return line('role', `${who(fact.by)} declines ${role}${because(fact.why)}.`);
      }
      case 'page-asked':
        return fact.by.kind === 'person' ? line('page', askedWords(fact)) : undefined;
      case 'paged': {
        paged.set(fact.page, fact);
        return line(
          'page',
          `${mention(fact.person)} is paged, where it is ${fact.localTime}: ${fact.reason}.`,
        );
      }
      case 'page-failed':
        return line('page', `The page by ${wayOf(fact.via)} fails: ${asTyped(fact.why)}`);
      case 'page-acknowledged': {
        const minutes = minutesSince(paged.get(fact.page)?.at, fact.at);
        const where = fact.via === 'pagerduty' ? ' in PagerDuty' : '';
        return line('page', `${who(fact.by)} acknowledges the page${where}${minutes}.`);
      }
      case 'page-declined':
        return line('page', `${who(fact.by)} declines the page${because(fact.why)}.`);
      case 'page-unanswered': {
        const page = paged.get(fact.page);
        const minutes = Math.round(fact.afterMs / 60_000);
        return line(
          'page',
          `${page ? mention(page.person) : 'The person paged'} has not answered within ${minutes} min.`,
        );
      }
      case 'step-overdue':
        return line(
          'page',
          `The next step of the page is overdue${minutesAfter(fact.dueAt, fact.at)}.`,
          true,
        );
      case 'page-retimed':
        return line('page', 'The clock was set back; the time to answer the page starts anew.', true);
      case 'ladder-waits':
      case 'ladder-exhausted':
        return line('page', `${fact.reason}.`);
      case 'impact-set':
        return line('note', `${who(fact.by)} sets the impact ${fact.edge}.`, true);
      case 'action-added':
        return line('action', `Action item: ${fact.title}`, true);
      case 'lesson-added':
        return line('note', `Lesson, what ${LESSONS[fact.kind]}: ${fact.text}`, true);
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

function because(why: string | undefined): string {
  return why ? `: ${asTyped(why)}` : '';
}

function wayOf(via: 'slack' | 'pagerduty'): string {
  return via === 'slack' ? 'Slack' : 'PagerDuty';
}

function statusWords(fact: Fact & { type: 'status-changed' }): string {
  if (fact.to === 'resolved') return 'Incident resolved.';
  if (fact.to === 'cancelled') return `${who(fact.by)} cancels the incident: a false alarm.`;
  if (fact.to === 'closed') return `${who(fact.by)} closes the incident.`;
  if (['resolved', 'closed', 'cancelled'].includes(fact.from)) return `${who(fact.by)} reopens the incident.`;
  return `${who(fact.by)} sets the status to ${fact.to}.`;
}

function roleWords(fact: Fact & { type: 'role-assigned' }): string {
  const { person, from, role, handoff, by } = fact;
  if (handoff !== undefined && from !== undefined) {
    return `${mention(from)} hands ${role} over to ${mention(person)}, who accepts.`;
  }
  const took = by.kind === 'person' && by.id === person;
  const before = from === undefined ? '' : ` from ${mention(from)}`;
  return took
    ? `${mention(person)} takes ${role}${before}.`
    : `${who(by)} gives ${role} to ${mention(person)}.`;
}

function askedWords(fact: Fact & { type: 'page-asked' }): string {
  const whom =
    fact.person === undefined ? `the ${asTyped(fact.roster ?? '')} whose day it is` : mention(fact.person);
  return `${who(fact.by)} asks for ${whom}.`;
}

function minutesAfter(due: number, at: number): string {
  return ` by ${Math.round((at - due) / 60_000)} min`;
}

function minutesSince(start: number | undefined, at: number): string {
  return start === undefined
    ? ''
    : `, ${Math.max(0, Math.round((at - start) / 60_000))} min after it was sent`;
}
