/** Writes numbers of few bits one after the other, least significant bit first, without a gap at byte borders. */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #at: number;
  #pending = 0;
  #pendingBits = 0;

  /** From byte `at` of `bytes` on, which must be zero there and long enough. */
  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** `value` must be a whole number below 2^bits; bits 0 to 24. */
  put(value: number, bits: number): void {
    this.#pending |= value << this.#pendingBits;
    this.#pendingBits += bits;
    while (this.#pendingBits >= 8) {
      this.#bytes[this.#at++] = this.#pending;
      this.#pending >>>= 8;
      this.#pendingBits -= 8;
    }
  }

  /** Writes the bits of an unfinished byte. */
  finish(): void {
    if (this.#pendingBits > 0) this.#bytes[this.#at] = this.#pending;
  }
}
