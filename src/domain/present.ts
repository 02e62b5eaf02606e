/** The same values, those that may be undefined as keys that may be absent. */
type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined, which is not the same as a key that holds it. */
export function present<T extends object>(values: T): Present<T> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  // The type says exactly what the filter does, which `fromEntries` cannot know.
  return Object.fromEntries(kept) as Present<T>;
}
