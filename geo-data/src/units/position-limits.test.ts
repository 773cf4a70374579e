import { describe, expect, it } from 'vitest';
import { POSITION_LIMITS } from './position-limits.ts';
import { UNIT_KINDS } from './unit-kind.ts';

describe('position limits', () => {
  it.each(UNIT_KINDS)('of a %s grow old in order', (kind) => {
    const { ageThresholdsSeconds, maxSpeedKmh } = POSITION_LIMITS[kind];
    expect(ageThresholdsSeconds.toSorted((a, b) => a - b)).toEqual(ageThresholdsSeconds);
    expect(new Set(ageThresholdsSeconds).size).toBe(3);
    expect(maxSpeedKmh).toBeGreaterThan(0);
  });

  it('loses sight of what flies before what walks', () => {
    expect(POSITION_LIMITS.drone.ageThresholdsSeconds[2]).toBeLessThan(POSITION_LIMITS.car.ageThresholdsSeconds[2]);
    expect(POSITION_LIMITS.car.ageThresholdsSeconds[2]).toBeLessThan(POSITION_LIMITS.foot.ageThresholdsSeconds[2]);
  });
});
