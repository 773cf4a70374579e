import { murmur3 } from './murmur3.ts';

export interface ContentKeys {
  /**
   * A key for a row from its bytes alone: equal rows of one file are told apart by how often they have occurred so far, so
   * that two identical reports stay two incidents and the same file again gives the same keys.
   */
  keyOf(bytes: Uint8Array, start: number, end: number): string;
}

const WORDS = 5;

/** Open addressing over typed arrays: 40 bytes a distinct row, where a Map of strings takes above 100. */
export function createContentKeys(initialSlots = 1 << 16): ContentKeys {
  let slots = initialSlots;
  /** Four words of hash and the number of occurrences; none: an empty slot. */
  let table = new Int32Array(slots * WORDS);
  let used = 0;
  const hash = new Int32Array(4);
  const hashBytes = Buffer.from(hash.buffer);

  function occurrence(): number {
    if (used * 2 > slots) grow();
    const mask = slots - 1;
    let slot = hash[0] & mask;
    for (;;) {
      const at = slot * WORDS;
      if (table[at + 4] === 0) {
        table.set(hash, at);
        used++;
        table[at + 4] = 1;
        return 1;
      }
      if (table[at] === hash[0] && table[at + 1] === hash[1] && table[at + 2] === hash[2] && table[at + 3] === hash[3])
        return ++table[at + 4];
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const old = table;
    slots *= 2;
    table = new Int32Array(slots * WORDS);
    const mask = slots - 1;
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 4] === 0) continue;
      let slot = old[from] & mask;
      while (table[slot * WORDS + 4] !== 0) slot = (slot + 1) & mask;
      table.set(old.subarray(from, from + WORDS), slot * WORDS);
    }
  }

  return {
    keyOf(bytes, start, end) {
      murmur3(bytes, start, end, hash);
      const times = occurrence();
      const key = hashBytes.toString('base64url');
      return times === 1 ? key : `${key}#${times}`;
    },
  };
}
