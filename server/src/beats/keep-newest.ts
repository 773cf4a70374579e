/** Answers what is kept under the key, else makes and keeps it. Several who ask at once wait for the same. */
export type Keep<Value> = (key: string, make: () => Promise<Value>) => Promise<Value>;

/** Keeps the `most` values that were used last. What could not be made is not kept. */
export function keepNewest<Value>(most: number): Keep<Value> {
  const kept = new Map<string, Promise<Value>>();
  return (key, make) => {
    const known = kept.get(key);
    const value = known ?? make();
    // A map is in the order of setting.
    kept.delete(key);
    kept.set(key, value);
    if (known !== undefined) return known;
    value.catch(() => {
      if (kept.get(key) === value) kept.delete(key);
    });
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
