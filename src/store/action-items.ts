import type { ActionItem } from '../domain/action-items.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';

type Db = Pick<PrismaClient, '$queryRaw'>;

/** An item that has its issue somewhere. */
export interface LinkedItem {
  incident: number;
  action: string;
  url: string;
}

/** Those whose issue may change what stands here; nothing of private incidents is asked about outside. */
export async function itemsToFollow(db: Db): Promise<LinkedItem[]> {
  return db.$queryRaw<LinkedItem[]>`
    SELECT i.number AS incident, a->>'id' AS action, a->>'url' AS url
    FROM incident i, jsonb_array_elements(i.state->'actions') AS a
    WHERE i.number IN (SELECT incident_number FROM fact WHERE type = 'action-linked') AND NOT i.private
      AND a->>'url' LIKE 'http%' AND NOT (a->>'withdrawn')::boolean
      AND i.state->>'written' IS NULL AND i.status <> 'merged'
    ORDER BY i.number`;
}

/** An action item with the incident that it is of. */
export interface OpenItem {
  incident: number;
  title: string;
  declaredAt: number;
  item: ActionItem;
}

/**
 * What is still to be done, of incidents that everybody may know of; the oldest first. Where a case did not say whether
 * something is done, nobody is asked for it years later.
 */
export async function openItems(db: Db): Promise<OpenItem[]> {
  const rows = await db.$queryRaw<{ incident: number; title: string; declaredat: Date; item: ActionItem }[]>`
    SELECT i.number AS incident, i.state->>'title' AS title, i.declared_at AS declaredat, a AS item
    FROM incident i, jsonb_array_elements(i.state->'actions') AS a
    WHERE i.number IN (SELECT incident_number FROM fact WHERE type = 'action-added') AND NOT i.private
      AND NOT (a->>'done')::boolean AND NOT (a->>'withdrawn')::boolean
      AND a->'doneUnknown' IS NULL AND i.status NOT IN ('merged', 'cancelled')
    ORDER BY i.declared_at, i.number`;
  return rows
    .map(({ incident, title, declaredat, item }) => ({
      incident,
      title,
      item,
      declaredAt: declaredat.getTime(),
    }))
    .sort((a, b) => addedAt(a) - addedAt(b));
}

/** What came with a case, or before items bore their time, is as old as its incident. */
export function addedAt({ item, declaredAt }: Pick<OpenItem, 'item' | 'declaredAt'>): number {
  return item.addedAt ?? declaredAt;
}
