/** What a report's emergency signal means after what is known. */
export type EmergencyChange = 'raised' | 'raised_late' | 'cleared' | undefined;

interface Known {
  active: boolean;
  /** Of the newest report. */
  atMs: number;
  /** The same of reports that came after a newer one. */
  lateActive: boolean;
  lateAtMs: number;
}

export type EmergencyWatch = ReturnType<typeof createEmergencyWatch>;

/**
 * Turns the emergency signal, which a terminal repeats in every report, into changes. A report older than what is known says
 * that the button was pressed then, and neither raises nor clears what is now. Remembers a few numbers for each device.
 */
export function createEmergencyWatch() {
  const knownOf = new Map<number, Known>();

  function noteLate(known: Known, active: boolean, atMs: number): EmergencyChange {
    if (atMs <= known.lateAtMs) return undefined;
    const isNews = active && !known.lateActive && !known.active;
    known.lateActive = active;
    known.lateAtMs = atMs;
    return isNews ? 'raised_late' : undefined;
  }

  return {
    knows: (deviceId: number) => knownOf.has(deviceId),
    note(deviceId: number, active: boolean, atMs: number): EmergencyChange {
      const known = knownOf.get(deviceId);
      if (known === undefined) {
        knownOf.set(deviceId, { active, atMs, lateActive: false, lateAtMs: Number.NEGATIVE_INFINITY });
        return active ? 'raised' : undefined;
      }
      if (atMs < known.atMs) return noteLate(known, active, atMs);
      known.atMs = atMs;
      if (known.active === active) return undefined;
      known.active = active;
      return active ? 'raised' : 'cleared';
    },
  };
}
