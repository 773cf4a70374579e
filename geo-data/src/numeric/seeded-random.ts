/** A reproducible stream of random numbers: the same seed gives the same stream in every engine. Not for secrets. */
export interface SeededRandom {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  int(bound: number): number;
  /** Normal deviate. */
  normal(mean?: number, standardDeviation?: number): number;
  /** Poisson deviate; O(mean). */
  poisson(mean: number): number;
  /** One element, all equally likely. */
  pick<T>(items: ArrayLike<T>): T;
  /** Shuffles in place (Fisher-Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

/** exp(-30) is far from underflow, so the product method stays exact; larger means are sums of such parts. */
const POISSON_PART = 30;

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, period ≥ 2^32, passes BigCrush, about 5 ns a call.
 * The seed, any integer of up to 53 bits, is spread over the state by splitmix32.
 * @throws when the seed is not a safe integer.
 */
export function createSeededRandom(seed: number): SeededRandom {
  if (!Number.isSafeInteger(seed)) throw new Error(`Seed must be a safe integer, got ${seed}.`);
  let mixer = seed >>> 0;
  const splitmix32 = (): number => {
    mixer = (mixer + 0x9e3779b9) | 0;
    let z = mixer ^ (mixer >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitmix32();
  mixer ^= Math.floor(seed / 0x1_0000_0000) | 0;
  let b = splitmix32();
  let c = splitmix32();
  let counter = 1;

  function bits(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let discarded = 0; discarded < 12; discarded++) bits();

  function uniform(): number {
    return ((bits() >>> 5) * 0x400_0000 + (bits() >>> 6)) / 0x20_0000_0000_0000;
  }

  function int(bound: number): number {
    if (!(bound >= 1)) throw new Error(`Bound must be at least 1, got ${bound}.`);
    return Math.floor(uniform() * bound);
  }

  let spareNormal = Number.NaN;
  function normal(mean = 0, standardDeviation = 1): number {
    if (!Number.isNaN(spareNormal)) {
      const spare = spareNormal;
      spareNormal = Number.NaN;
      return mean + standardDeviation * spare;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spareNormal = v * factor;
        return mean + standardDeviation * u * factor;
      }
    }
  }

  function poisson(mean: number): number {
    if (!(mean >= 0 && mean < 1e7)) throw new Error(`Poisson mean must be in [0, 1e7), got ${mean}.`);
    let events = 0;
    for (let rest = mean; rest > 0; rest -= POISSON_PART) {
      const limit = Math.exp(-Math.min(rest, POISSON_PART));
      for (let product = uniform(); product > limit; product *= uniform()) events++;
    }
    return events;
  }

  function pick<T>(items: ArrayLike<T>): T {
    if (items.length === 0) throw new Error('Cannot pick from 0 items.');
    return items[int(items.length)];
  }

  function shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    const writable: { [index: number]: unknown } = items;
    for (let last = items.length - 1; last > 0; last--) {
      const other = int(last + 1);
      const held = writable[last];
      writable[last] = writable[other];
      writable[other] = held;
    }
    return items;
  }

  return { uniform, int, normal, poisson, pick, shuffle };
}
