/** How long one person looking at the same again counts as the same look. */
const QUIET_MS = 10 * 60_000;

/**
 * Decides which looks at tracks are worth an entry in the audit: the first of each in ten minutes. `look` is all that an entry says: another
 * purpose, another period is another look. A look counts once `write` has succeeded.
 */
export function createTrackLookLog() {
  const lastLoggedMs = new Map<string, number>();
  return {
    async note(look: string, nowMs: number, write: () => Promise<void>): Promise<void> {
      const last = lastLoggedMs.get(look);
      if (last !== undefined && nowMs - last < QUIET_MS) return;
      await write();
      for (const [old, atMs] of lastLoggedMs) {
        // Entries stand in the order in which they were made: the first young one ends the search.
        if (nowMs - atMs < QUIET_MS) break;
        lastLoggedMs.delete(old);
      }
      lastLoggedMs.delete(look);
      lastLoggedMs.set(look, nowMs);
    },
  };
}
