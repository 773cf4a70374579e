import type { MessageHeader } from './message-header.ts';

/** Puts messages together that came in sub-packages, for one connection. */
export interface PackageAssembly {
  /**
   * Takes a sub-package. The whole body when it was the last one missing, `'waiting'` while others are, `'refused'` when it
   * fits nothing (an index outside, too much at once).
   */
  add(header: MessageHeader, bytes: Uint8Array, nowMs: number): Uint8Array | 'waiting' | 'refused';
  /** Drops what is too old; calls back once for each message that has waited a while with parts missing. */
  tick(nowMs: number, onMissing: (firstSequence: number, indexes: number[]) => void): void;
  waitingBytes(): number;
  clear(): void;
}

interface Waiting {
  messageId: number;
  firstSequence: number;
  parts: (Uint8Array | undefined)[];
  missing: number;
  bytes: number;
  lastAtMs: number;
  asked: boolean;
}

/** Memory that all connections together may hold; shared by every assembly of a gateway. */
export interface AssemblyBudget {
  remainingBytes: number;
}

/** 64 parts are 64 KiB: some 900 positions. */
const MAX_PACKAGES = 64;
const MAX_MESSAGES = 2;
const ASK_AFTER_MS = 5000;
const DROP_AFTER_MS = 30_000;

export function createPackageAssembly(budget: AssemblyBudget): PackageAssembly {
  let waiting: Waiting[] = [];

  function drop(message: Waiting): void {
    budget.remainingBytes += message.bytes;
    waiting = waiting.filter((other) => other !== message);
  }

  return {
    add({ messageId, sequence, packages, packageIndex, bodyStart, bodyEnd }, bytes, nowMs) {
      if (packageIndex < 1 || packageIndex > packages || packages > MAX_PACKAGES) return 'refused';
      const firstSequence = (sequence - packageIndex + 1) & 0xffff;
      let message = waiting.find((one) => one.messageId === messageId && one.firstSequence === firstSequence);
      if (message !== undefined && message.parts.length !== packages) return 'refused';
      const size = bodyEnd - bodyStart;
      if (message?.parts[packageIndex - 1] !== undefined) return 'waiting';
      if (size > budget.remainingBytes) return 'refused';
      if (message === undefined) {
        // The terminal has given up the older one.
        if (waiting.length >= MAX_MESSAGES) drop(waiting[0]);
        const parts = Array.from<Uint8Array | undefined>({ length: packages });
        message = { messageId, firstSequence, parts, missing: packages, bytes: 0, lastAtMs: nowMs, asked: false };
        waiting.push(message);
      }
      message.parts[packageIndex - 1] = bytes.slice(bodyStart, bodyEnd);
      message.missing--;
      message.bytes += size;
      message.lastAtMs = nowMs;
      budget.remainingBytes -= size;
      if (message.missing > 0) return 'waiting';
      drop(message);
      return joined(message);
    },
    tick(nowMs, onMissing) {
      for (const message of waiting) {
        const quietMs = nowMs - message.lastAtMs;
        if (quietMs >= DROP_AFTER_MS) drop(message);
        else if (quietMs >= ASK_AFTER_MS && !message.asked) {
          message.asked = true;
          onMissing(
            message.firstSequence,
            message.parts.flatMap((part, i) => (part === undefined ? [i + 1] : [])),
          );
        }
      }
    },
    waitingBytes: () => waiting.reduce((sum, { bytes }) => sum + bytes, 0),
    clear() {
      for (const message of waiting) drop(message);
    },
  };
}

function joined({ parts, bytes }: Waiting): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    if (part === undefined) continue;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
