/** How long one person looking at one track again counts as the same look. */
const QUIET_MS = 10 * 60_000;

/** Decides which looks at a track are worth an entry in the audit: the first of each person and unit in ten minutes. */
export function createTrackReadLog() {
  const lastLoggedMs = new Map<string, number>();
  return {
    isNew(actor: string, unitId: number, nowMs: number): boolean {
      const look = `${actor}\n${unitId}`;
      const last = lastLoggedMs.get(look);
      if (last !== undefined && nowMs - last < QUIET_MS) return false;
      for (const [old, atMs] of lastLoggedMs) {
        // Entries stand in the order in which they were made: the first young one ends the search.
        if (nowMs - atMs < QUIET_MS) break;
        lastLoggedMs.delete(old);
      }
      lastLoggedMs.delete(look);
      lastLoggedMs.set(look, nowMs);
      return true;
    },
  };
}
