import type { z } from 'zod';
import type { Query, RestClient } from './rest-client.ts';
import { Page } from './schema.ts';

const PAGE_SIZE = 100;
/** PagerDuty refuses offset + limit beyond this. */
const LAST_ROW = 10_000;

/**
 * All rows of a list, page by page. A row that cannot be read is left out: one odd user must not hide
 * the others.
 */
export async function* list<Row>(
  call: RestClient,
  path: string,
  { key, row, query = {} }: { key: string; row: z.ZodType<Row>; query?: Query },
): AsyncGenerator<Row> {
  for (let offset = 0; offset + PAGE_SIZE <= LAST_ROW; offset += PAGE_SIZE) {
    const answer = await call({
      method: 'GET',
      path,
      query: { ...query, limit: String(PAGE_SIZE), offset: String(offset) },
    });
    const page = Page.parse(answer);
    const rows = page[key];
    if (!Array.isArray(rows)) return;
    for (const candidate of rows) {
      const read = row.safeParse(candidate);
      if (read.success) yield read.data;
    }
    if (page.more !== true || rows.length === 0) return;
  }
}

/** All rows of a list at once. */
export async function listAll<Row>(...of: Parameters<typeof list<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of list(...of)) rows.push(row);
  return rows;
}
