import type { Store } from '../actions/change.ts';
import { jsonOf } from './rows.ts';

/** Keeps a small thing across restarts; losing it costs a repeated look, never a fact. */
export async function remember(store: Store, key: string, value: unknown): Promise<void> {
  const at = store.now();
  const body = jsonOf(value);
  await store.database.prisma.remembered.upsert({
    where: { key },
    create: { key, at, body },
    update: { at, body },
  });
}

/** Remembers that something was done, for whoever comes first. Answers whether that is the caller. */
export async function rememberFirst(store: Store, key: string): Promise<boolean> {
  const row = { key, at: store.now(), body: true };
  const { count } = await store.database.prisma.remembered.createMany({ data: [row], skipDuplicates: true });
  return count > 0;
}

/** What was remembered, and when. What is kept under a key is read as what was written there. */
export async function recall<Value>(
  store: Store,
  key: string,
): Promise<{ at: Date; body: Value } | undefined> {
  const row = await store.database.prisma.remembered.findUnique({ where: { key } });
  return row ? { at: row.at, body: row.body as Value } : undefined;
}
