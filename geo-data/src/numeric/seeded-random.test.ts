import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from './seeded-random.ts';

describe('createSeededRandom', () => {
  it('repeats its stream for a seed and differs for another', () => {
    const stream = (seed: number): number[] => {
      const random = createSeededRandom(seed);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(stream(42)).toEqual(stream(42));
    expect(stream(42)).not.toEqual(stream(43));
    expect(stream(2 ** 40 + 42)).not.toEqual(stream(42));
  });

  it('keeps its stream from release to release', () => {
    const random = createSeededRandom(1);
    expect([random.int(1_000_000), random.int(1_000_000), random.int(1_000_000)]).toMatchInlineSnapshot(`
      [
        563671,
        895907,
        272342,
      ]
    `);
  });

  it('has the moments of its distributions', () => {
    const random = createSeededRandom(7);
    const count = 200_000;
    const moments = (draw: () => number): [number, number] => {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < count; i++) {
        const value = draw();
        sum += value;
        squares += value * value;
      }
      return [sum / count, squares / count - (sum / count) ** 2];
    };
    const [uniformMean, uniformVariance] = moments(() => random.uniform());
    expect(uniformMean).toBeCloseTo(0.5, 2);
    expect(uniformVariance).toBeCloseTo(1 / 12, 2);
    const [normalMean, normalVariance] = moments(() => random.normal(3, 2));
    expect(Math.abs(normalMean - 3)).toBeLessThan(0.03);
    expect(Math.abs(normalVariance - 4)).toBeLessThan(0.08);
    for (const mean of [0.4, 12, 70]) {
      const [poissonMean, poissonVariance] = moments(() => random.poisson(mean));
      expect(Math.abs(poissonMean / mean - 1)).toBeLessThan(0.02);
      expect(Math.abs(poissonVariance / mean - 1)).toBeLessThan(0.03);
    }
    expect(random.poisson(0)).toBe(0);
  });

  it('stays in range, and shuffles into a permutation', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
        const random = createSeededRandom(seed);
        const value = random.int(bound);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
        const items = Uint32Array.from({ length: bound }, (_, i) => i);
        expect(random.shuffle(items.slice()).sort()).toEqual(items);
        expect(items).toContain(random.pick(items));
      }),
    );
  });

  it('refuses seeds and arguments that mean nothing', () => {
    expect(() => createSeededRandom(0.5)).toThrow('safe integer, got 0.5');
    const random = createSeededRandom(0);
    expect(() => random.int(0)).toThrow('got 0');
    expect(() => random.pick([])).toThrow('0 items');
    expect(() => random.poisson(-1)).toThrow('got -1');
  });
});
