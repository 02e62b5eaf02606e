import { asTyped, listed } from '../domain/sentence.ts';
import type { EntryKind } from '../domain/words.ts';
import type { PagerDutyEvent, PagerDutyReference } from './webhook.ts';

export interface EventWords {
  kind: EntryKind;
  /** Markdown. */
  text: string;
}

/**
 * What an event means in a timeline; undefined where the alert's own line, or nothing, says it. `who` did it, as a
 * mention; automation where absent. `named` mentions another user of PagerDuty's.
 */
export function eventWords(
  event: PagerDutyEvent,
  who: string | undefined,
  named: (user: PagerDutyReference) => string,
): EventWords | undefined {
  const by = who ?? 'PagerDuty';
  const there = who === undefined ? '' : ' in PagerDuty';
  switch (event.kind) {
    case 'acknowledged':
      return { kind: 'page', text: `${by} acknowledges the alert${there}.` };
    case 'unacknowledged':
      return { kind: 'page', text: 'The acknowledgement lapses in PagerDuty, and it rings again.' };
    case 'reassigned':
    case 'escalated': {
      const verb = event.kind === 'reassigned' ? 'reassigns it' : 'escalates it';
      const to = event.assignees.map(named);
      return { kind: 'page', text: `${by} ${verb}${there}${to.length > 0 ? ` to ${listed(to)}` : ''}.` };
    }
    case 'delegated': {
      const policy = event.escalationPolicy?.name;
      const to = policy === undefined ? 'another escalation policy' : `the policy ${asTyped(policy)}`;
      return { kind: 'page', text: `${by} hands it over to ${to}${there}.` };
    }
    case 'priority-updated':
      return { kind: 'note', text: `${by} ${priorityWords(event.priority)}${there}.` };
    case 'service-updated':
      return event.service
        ? { kind: 'note', text: `${by} moves it to the service ${asTyped(event.service.name)}${there}.` }
        : undefined;
    case 'resolved':
      return who === undefined ? undefined : { kind: 'note', text: `${by} resolves it${there}.` };
    case 'reopened':
      return who === undefined ? undefined : { kind: 'note', text: `${by} reopens it${there}.` };
    case 'annotated':
      return event.text.trim() === ''
        ? undefined
        : { kind: 'note', text: `${by} notes${there}: ${cut(event.text, event.trimmed)}` };
    case 'status-update-published':
      return {
        kind: 'update',
        text: `${by} publishes a status update${there}: ${cut(event.text, event.trimmed)}`,
      };
    case 'responder-added':
      return { kind: 'page', text: `${by} asks ${responder(event.responder, named)} to help${there}.` };
    case 'responder-replied':
      return {
        kind: 'page',
        text: `${responder(event.responder, named)} ${event.state === 'declined' ? 'declines' : 'comes'} to help, by PagerDuty.`,
      };
    case 'triggered':
    case 'ping':
    case 'other':
      return undefined;
  }
}

function priorityWords(priority: string | null | undefined): string {
  if (priority === null) return 'takes its priority away';
  return priority === undefined ? 'changes its priority' : `sets its priority to ${asTyped(priority)}`;
}

function responder(
  user: PagerDutyReference | undefined,
  named: (user: PagerDutyReference) => string,
): string {
  return user ? named(user) : 'somebody';
}

function cut(text: string, trimmed: boolean): string {
  return `${asTyped(text.trim())}${trimmed ? '…' : ''}`;
}
