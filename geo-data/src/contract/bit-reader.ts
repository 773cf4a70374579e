/** Reads what `BitWriter` wrote. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #pending = 0;
  #pendingBits = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The next number of that many bits, 0 to 24. The caller knows that so many are left. */
  take(bits: number): number {
    while (this.#pendingBits < bits) {
      this.#pending |= this.#bytes[this.#at++] << this.#pendingBits;
      this.#pendingBits += 8;
    }
    const value = this.#pending & ((1 << bits) - 1);
    this.#pending >>>= bits;
    this.#pendingBits -= bits;
    return value;
  }
}
