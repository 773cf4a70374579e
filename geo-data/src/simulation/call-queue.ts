import { LOWEST_PRIORITY } from './call-columns.ts';

/** Calls that wait: the highest priority first, in one priority first come first served. */
export interface CallQueue {
  readonly length: number;
  push(call: number, priority: number): void;
  /** The next call, -1 when none waits. */
  shift(): number;
}

/** A queue over the calls 0 … count-1: one linked list per priority in typed arrays, every operation O(1). */
export function createCallQueue(count: number): CallQueue {
  const next = new Int32Array(count);
  const first = new Int32Array(LOWEST_PRIORITY + 1).fill(-1);
  const last = new Int32Array(LOWEST_PRIORITY + 1).fill(-1);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(call, priority) {
      next[call] = -1;
      if (first[priority] < 0) first[priority] = call;
      else next[last[priority]] = call;
      last[priority] = call;
      length++;
    },
    shift() {
      if (length === 0) return -1;
      let priority = 1;
      while (first[priority] < 0) priority++;
      const call = first[priority];
      first[priority] = next[call];
      length--;
      return call;
    },
  };
}
