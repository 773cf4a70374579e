import type { EnrolmentRepository, Knock } from './jt808-enrolment.repository.ts';
import type { Registration } from './registration.ts';

/** So many wait to be stored; a flood of made-up numbers is cut here. */
const WAITING = 200;
/** Terminals of the 2019 edition have the longest fields: 11, 30 and 30 bytes. */
const LONGEST = 30;

/** Terminals that asked to register and were not let in, until they are stored: the database hears of a flood once in five seconds. */
export function createKnockList(repository: Pick<EnrolmentRepository, 'noteKnocks'>) {
  let waiting = new Map<string, Knock>();
  return {
    note(bureauIds: readonly number[], registration: Registration, address: string, atMs: number): void {
      for (const bureauId of bureauIds) {
        const knock: Knock = {
          bureauId,
          phone: registration.phone,
          terminalId: clean(registration.terminalId),
          manufacturer: clean(registration.manufacturer),
          model: clean(registration.model),
          address,
          atMs,
          times: 1,
        };
        const key = `${bureauId} ${knock.phone} ${knock.terminalId}`;
        const before = waiting.get(key);
        if (before !== undefined) knock.times += before.times;
        else if (waiting.size >= WAITING) continue;
        waiting.set(key, knock);
      }
    },
    async flush(): Promise<void> {
      if (waiting.size === 0) return;
      const taken = waiting;
      waiting = new Map();
      try {
        await repository.noteKnocks([...taken.values()]);
      } catch (cause) {
        // What came meanwhile is newer, and has the better right to the place that is left.
        for (const [key, knock] of taken) {
          const newer = waiting.get(key);
          if (newer !== undefined) newer.times += knock.times;
          else if (waiting.size < WAITING) waiting.set(key, knock);
        }
        throw cause;
      }
    },
  };
}

const clean = (text: string): string => text.slice(0, LONGEST).toWellFormed();
