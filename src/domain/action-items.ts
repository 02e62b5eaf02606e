import { changeById } from './change-by-id.ts';
import type { Fact } from './facts.ts';
import { present } from './present.ts';
import type { ActionCategory, Actor, Instant, PersonId } from './words.ts';

export interface ActionItem {
  id: string;
  title: string;
  category?: ActionCategory;
  heading?: string;
  /** Who sees to it. */
  owner?: PersonId;
  /** The day by which, `2025-09-01`. */
  due?: string;
  url?: string;
  done: boolean;
  /** Who said so last. */
  doneBy?: Actor;
  /** A case did not say; it counts as open. */
  doneUnknown?: true;
  withdrawn: boolean;
  addedBy: Actor;
  addedAt?: Instant;
  /** The entry that it was made of. */
  entry?: string;
  /** An open issue that may be the same thing; nobody has said yet. */
  resembles?: ResembledIssue;
  /** Somebody said that it is a thing of its own, whatever it looks like. */
  isNew?: true;
}

/** An open issue that an action item looks like. */
export interface ResembledIssue {
  number: number;
  title: string;
  url: string;
  raisedAt: Instant;
}

export type ActionFact = Fact & {
  type:
    | 'action-added'
    | 'action-changed'
    | 'action-withdrawn'
    | 'action-restored'
    | 'action-linked'
    | 'action-resembles'
    | 'action-is-new'
    | 'action-done'
    | 'action-reopened';
};

/** Adds one fact about action items to the list of them. */
export function changeActions(actions: ActionItem[], fact: ActionFact): ActionItem[] {
  switch (fact.type) {
    case 'action-added':
      return [...actions, added(fact)];
    case 'action-changed':
      return actions.map((item) => (item.id === fact.action ? changed(item, fact) : item));
    case 'action-withdrawn':
      return changeById(actions, fact.action, { withdrawn: true });
    case 'action-restored':
      return changeById(actions, fact.action, { withdrawn: false });
    case 'action-linked':
      return actions.map((item) => (item.id === fact.action ? linked(item, fact.url) : item));
    case 'action-resembles':
      return changeById(actions, fact.action, { resembles: fact.issue });
    case 'action-is-new':
      return actions.map((item) => (item.id === fact.action ? { ...unresembling(item), isNew: true } : item));
    case 'action-done':
      return changeById(actions, fact.action, { done: true, doneBy: fact.by });
    case 'action-reopened':
      return changeById(actions, fact.action, { done: false });
  }
}

function added(fact: Fact & { type: 'action-added' }): ActionItem {
  const { action: id, title, category, heading, owner, due, doneUnknown, entry, by, at } = fact;
  return {
    id,
    title,
    ...present({ category, heading, owner, due, doneUnknown }),
    done: false,
    withdrawn: false,
    addedBy: by,
    addedAt: at,
    ...present({ entry }),
  };
}

function changed(
  item: ActionItem,
  { title, category, owner, due }: Fact & { type: 'action-changed' },
): ActionItem {
  const { heading: _, ...kept } = item;
  const next = category === undefined ? item : { ...kept, category };
  return {
    ...next,
    ...present({ title, owner, due }),
  };
}

function linked(item: ActionItem, url: string): ActionItem {
  return { ...unresembling(item), url };
}

function unresembling({ resembles: _, ...item }: ActionItem): ActionItem {
  return item;
}

/** What still has to be done, whether or not it has an issue. */
export function isStanding({ withdrawn, done }: ActionItem): boolean {
  return !withdrawn && !done;
}

/** What nothing outside stands for yet. */
export function isBare(item: ActionItem): boolean {
  return item.url === undefined && isStanding(item);
}
