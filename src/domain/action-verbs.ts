import type { ActionItem, ResembledIssue } from './action-items.ts';
import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { FactBody, NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { present } from './present.ts';
import { asTyped, mention } from './sentence.ts';
import type { TypedAction, TypedActionChange } from './typed-action.ts';
import { type Actor, type Instant, incidentName } from './words.ts';

const CARD: Effect = { do: 'show', message: 'card' };

export function addAction(incident: Incident, action: TypedAction, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'action');
  if (against) return refuse(against);
  if (!action.title)
    return refuse('An action item needs words: `/incident action technical Upgrade the NFS server`.');
  const id = `${incident.actions.length + 1}`;
  const { url, done, ...item } = action;
  const facts: NewFact[] = [{ type: 'action-added', action: id, ...item, by, at: now }];
  if (url) facts.push({ type: 'action-linked', action: id, url, by, at: now, key: `issue:${id}` });
  if (done) facts.push({ type: 'action-done', action: id, by, at: now });
  const issue: Effect[] = url || done ? [] : [{ do: 'open-issue', action: id }];
  const details = [
    action.category,
    action.owner === undefined ? undefined : `owner ${mention(action.owner)}`,
    action.due === undefined ? undefined : `due ${action.due}`,
  ].filter((part) => part !== undefined);
  return {
    facts,
    effects: [...issue, CARD],
    answer: `Action item ${id} noted${details.length > 0 ? ` (${details.join(', ')})` : ''}.`,
  };
}

/** What of an item is to be different. Its issue is brought along where that is possible. */
export function changeAction(
  incident: Incident,
  id: string,
  change: TypedActionChange,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'action');
  if (against) return refuse(against);
  const item = itemOf(incident, id);
  if (!item) return refuse(noSuchItem(incident, id));
  if (change.title === '') return refuse('An action item needs words that say what has to happen.');
  const bodies = changesOf(item, change);
  if (bodies.length === 0) return nothing(`Action item ${id} says so already.`);
  const assigned = bodies.some(({ type, ...body }) => type === 'action-changed' && 'owner' in body);
  const linked = bodies.some(({ type }) => type === 'action-linked');
  const effects: Effect[] = [CARD];
  if (assigned && (item.url ?? change.url) !== undefined) effects.push({ do: 'assign-issue', action: id });
  if (linked && item.resembles) effects.push({ do: 'show', message: `similar:${id}` });
  return {
    facts: bodies.map((body): NewFact => ({ ...body, by, at: now })),
    effects,
    answer: `Action item ${id}: ${bodies.map(bodyWords).join(', ')}.`,
  };
}

function changesOf(item: ActionItem, change: TypedActionChange): FactBody[] {
  const { id: action } = item;
  const differs = <Key extends 'title' | 'category' | 'owner' | 'due'>(key: Key) =>
    change[key] === undefined || change[key] === item[key] ? undefined : change[key];
  const words = present({
    title: differs('title'),
    category: differs('category'),
    owner: differs('owner'),
    due: differs('due'),
  });
  const bodies: FactBody[] =
    Object.keys(words).length > 0 ? [{ type: 'action-changed', action, ...words }] : [];
  const { url, done, reopened } = change;
  if (url !== undefined && url !== item.url) bodies.push({ type: 'action-linked', action, url });
  if (done && !item.done) bodies.push({ type: 'action-done', action });
  if (reopened && item.done) bodies.push({ type: 'action-reopened', action });
  return bodies;
}

function bodyWords(body: FactBody): string {
  switch (body.type) {
    case 'action-changed':
      return [
        body.title === undefined ? undefined : `“${asTyped(body.title)}”`,
        body.category,
        body.owner === undefined ? undefined : `owner ${mention(body.owner)}`,
        body.due === undefined ? undefined : `due ${body.due}`,
      ]
        .filter((part) => part !== undefined)
        .join(', ');
    case 'action-linked':
      return `its link is ${asTyped(body.url)}`;
    case 'action-reopened':
      return 'it is open again';
    default:
      return 'it is done';
  }
}

export function itemOf(incident: Incident, id: string): ActionItem | undefined {
  return incident.actions.find((item) => item.id === id && !item.withdrawn);
}

export function noSuchItem(incident: Incident, id: string): string {
  const ids = incident.actions.filter(({ withdrawn }) => !withdrawn).map((item) => item.id);
  const name = incidentName(incident.number);
  if (ids.length === 0)
    return `${name} has no action items yet. Type \`/incident action <what has to happen>\`.`;
  return `${name} has no action item ${asTyped(id)}; it has ${ids.join(', ')}. \`/incident action\` shows them.`;
}

/** Asks whether an open issue is the same thing as an item, before a second one is made of it. */
export function foundSimilar(incident: Incident, id: string, issue: ResembledIssue, now: Instant): Decision {
  const item = itemOf(incident, id);
  if (!item || item.url !== undefined || item.isNew || item.resembles) return nothing();
  return {
    facts: [{ type: 'action-resembles', action: id, issue, by: { kind: 'daywatch' }, at: now }],
    effects: [{ do: 'show', message: `similar:${id}` }],
  };
}

/** The answer: the item is what that issue says, or one of its own. */
export function answerSimilar(
  incident: Incident,
  id: string,
  same: boolean,
  by: Actor,
  now: Instant,
): Decision {
  const item = itemOf(incident, id);
  if (!item) return refuse(noSuchItem(incident, id));
  if (!item.resembles) {
    return nothing(
      item.url === undefined ? 'It becomes an issue of its own.' : `Its issue is ${asTyped(item.url)}.`,
    );
  }
  const { number, url } = item.resembles;
  const shown: Effect[] = [CARD, { do: 'show', message: `similar:${id}` }];
  if (same) {
    return {
      facts: [{ type: 'action-linked', action: id, url, by, at: now }],
      effects: [...shown, ...(item.owner === undefined ? [] : [{ do: 'assign-issue', action: id } as const])],
      answer: `Action item ${id} is #${number}.`,
    };
  }
  return {
    facts: [{ type: 'action-is-new', action: id, by, at: now }],
    effects: [...shown, { do: 'open-issue', action: id }],
    answer: `Action item ${id} becomes an issue of its own.`,
  };
}

/** What GitHub says of an item's issue; it is said once here, to those who are still at it. */
export function followIssue(
  incident: Incident,
  id: string,
  issue: { open: boolean; reopened: boolean; label: string; why?: string },
  now: Instant,
): Decision {
  const item = itemOf(incident, id);
  if (!item?.url || item.done === !issue.open) return nothing();
  // Who said that it is done although the issue is open knows better than a comment on the issue.
  if (issue.open && !issue.reopened && item.doneBy?.kind !== 'service') return nothing();
  const by: Actor = { kind: 'service', name: 'GitHub' };
  const where = `[${asTyped(issue.label)}](${item.url})`;
  const why = issue.why === undefined ? '' : ` (${issue.why})`;
  const text = issue.open
    ? `🔨 Action item ${id} is open again: ${where} was reopened.`
    : `✅ Action item ${id} is done: ${where} was closed${why}.`;
  const told: Effect[] =
    incident.channel && incident.status !== 'closed'
      ? [{ do: 'say', notice: `action-${issue.open ? 'open' : 'done'}:${id}:${now}`, text }]
      : [];
  return {
    facts: [{ type: issue.open ? 'action-reopened' : 'action-done', action: id, by, at: now }],
    effects: [CARD, ...told],
  };
}
