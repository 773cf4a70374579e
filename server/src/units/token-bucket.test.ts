import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket, takeToken } from './token-bucket.ts';

describe('token bucket', () => {
  it('lets a minute’s worth through at once, and then at the rate', () => {
    const bucket = createTokenBucket();
    const takenAt = (nowMs: number, tries: number) =>
      Array.from({ length: tries }, () => takeToken(bucket, 60, nowMs)).filter(Boolean).length;
    expect(takenAt(1000, 100)).toBe(60);
    expect(takenAt(1500, 5)).toBe(0);
    expect(takenAt(2000, 5)).toBe(1);
    expect(takenAt(12_000, 50)).toBe(10);
  });

  it('survives a clock that is set back', () => {
    const bucket = createTokenBucket();
    expect(takeToken(bucket, 60, 1e12)).toBe(true);
    expect(takeToken(bucket, 60, 1e11)).toBe(true);
    expect(takeToken(bucket, 60, 1e11 + 1)).toBe(true);
  });

  it('never lets more than twice the rate through in any minute', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 120 }), (gapsMs, perMinute) => {
        const bucket = createTokenBucket();
        const taken: number[] = [];
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          if (takeToken(bucket, perMinute, nowMs)) taken.push(nowMs);
        }
        for (const from of taken) {
          const within = taken.filter((at) => at >= from && at < from + 60_000).length;
          expect(within).toBeLessThanOrEqual(2 * perMinute);
        }
      }),
    );
  });
});
