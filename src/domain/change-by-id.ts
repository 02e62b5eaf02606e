/** The list with one of its items changed. */
export function changeById<Item extends { id: string }>(
  items: Item[],
  id: string,
  patch: Partial<Item>,
): Item[] {
  return items.map((item) => (item.id === id ? { ...item, ...patch } : item));
}
