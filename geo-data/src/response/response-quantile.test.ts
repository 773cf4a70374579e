import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DispatchTimes, responseQuantile } from './response-quantile.ts';

const UNITS = 3;
const cells = fc.array(
  fc.record({
    minutes: fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.constantFrom(0, 5, 10)),
    share: fc.oneof(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.constant(0)),
  }),
  { minLength: UNITS, maxLength: 40 * UNITS },
);
const fraction = fc.double({ min: 0.01, max: 0.99, noNaN: true });

function timesOf(rows: { minutes: number; share: number }[]): { times: DispatchTimes; regions: Uint32Array } {
  const count = Math.floor(rows.length / UNITS);
  const kept = rows.slice(0, count * UNITS);
  return {
    times: {
      unitCount: UNITS,
      minutes: Float64Array.from(kept, ({ minutes }) => minutes),
      share: Float64Array.from(kept, ({ share }) => share),
    },
    regions: Uint32Array.from({ length: count }, (_, region) => region),
  };
}

describe('responseQuantile', () => {
  it('is the first travel time up to which the fraction of the calls lies', () => {
    fc.assert(
      fc.property(cells, fraction, (rows, p) => {
        const { times, regions } = timesOf(rows);
        const total = times.share.reduce((sum, share) => sum + share, 0);
        const answer = responseQuantile(times, regions, p);
        if (total === 0) {
          expect(answer).toBeNaN();
          return;
        }
        const upTo = (limit: (minutes: number) => boolean): number =>
          times.share.reduce((sum, share, i) => sum + (limit(times.minutes[i]) ? share : 0), 0);
        expect(times.minutes).toContain(answer);
        expect(upTo((minutes) => minutes <= answer)).toBeGreaterThanOrEqual(p * total - 1e-9 * total);
        expect(upTo((minutes) => minutes < answer)).toBeLessThanOrEqual(p * total + 1e-9 * total);
      }),
    );
  });

  it('solves the distribution function with waits', () => {
    const waits = fc.record({
      endsPerMinute: fc.double({ min: 0.01, max: 2, noNaN: true }),
      waited: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cells, fraction, waits, (rows, p, { endsPerMinute, waited }) => {
        const { times, regions } = timesOf(rows);
        // Whatever a cell answers, a part of it waited: at most the smallest share of its region.
        const ofRegion = Float64Array.from(regions, (region) =>
          Math.min(...times.share.subarray(region * UNITS, (region + 1) * UNITS)),
        );
        const line = { ofRegion, ofUnit: Float64Array.of(waited, waited / 2, 0), endsPerMinute };
        const total = times.share.reduce((sum, share) => sum + share, 0);
        fc.pre(total > 0.01);
        const distribution = (x: number): number =>
          times.share.reduce((sum, share, i) => {
            if (times.minutes[i] > x) return sum;
            const waiting = ofRegion[Math.floor(i / UNITS)] * line.ofUnit[i % UNITS];
            return sum + share - waiting * Math.exp(-endsPerMinute * (x - times.minutes[i]));
          }, 0);
        const answer = responseQuantile({ ...times, line }, regions, p);
        expect(distribution(answer + 1e-6)).toBeGreaterThanOrEqual(p * total - 1e-9);
        expect(distribution(answer - 1e-6)).toBeLessThanOrEqual(p * total + 1e-9);
      }),
    );
  });

  it('refuses a fraction outside of 0 to 1', () => {
    const { times, regions } = timesOf([{ minutes: 1, share: 1 }]);
    expect(() => responseQuantile(times, regions, 1)).toThrow('got 1');
  });
});
