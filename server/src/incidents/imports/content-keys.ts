import { murmur3 } from './murmur3.ts';

export interface ContentKeys {
  /**
   * A key for a row from its bytes alone: equal rows of one file are told apart by how often they have occurred so far, so
   * that two identical reports stay two incidents and the same file again gives the same keys.
   */
  keyOf(bytes: Uint8Array, start: number, end: number): string;
}

/** Two words of hash, which tell the rows of a file apart well enough to count them, and the number of occurrences. */
const WORDS = 3;

/** Open addressing over typed arrays: 24 to 48 bytes a distinct row, where a Map of strings takes above 100. */
export function createContentKeys(initialSlots = 1 << 16): ContentKeys {
  let slots = initialSlots;
  /** No occurrence: an empty slot. */
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
      if (table[at + 2] === 0) {
        table[at] = hash[0];
        table[at + 1] = hash[1];
        table[at + 2] = 1;
        used++;
        return 1;
      }
      if (table[at] === hash[0] && table[at + 1] === hash[1]) return ++table[at + 2];
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const old = table;
    slots *= 2;
    table = new Int32Array(slots * WORDS);
    const mask = slots - 1;
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from + 2] === 0) continue;
      let slot = old[from] & mask;
      while (table[slot * WORDS + 2] !== 0) slot = (slot + 1) & mask;
      table[slot * WORDS] = old[from];
      table[slot * WORDS + 1] = old[from + 1];
      table[slot * WORDS + 2] = old[from + 2];
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
