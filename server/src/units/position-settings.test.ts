import { POSITION_LIMITS } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import { ageThresholdsOf, disorderedKind, mergeChanges, positionSettingsOf } from './position-settings.ts';

describe('position settings', () => {
  it('are the defaults until a bureau changes one, and then all but that one', () => {
    expect(positionSettingsOf({}, 500).kinds.car).toEqual(POSITION_LIMITS.car);
    const changed = positionSettingsOf({ maxAccuracyMeters: 100, kinds: { foot: { maxSpeedKmh: 40 } } }, 500);
    expect(changed.maxAccuracyMeters).toBe(100);
    // The margin rests at the bureau's own.
    expect([changed.marginMeters, positionSettingsOf({ marginMeters: 0 }, 500).marginMeters]).toEqual([500, 0]);
    expect(changed.kinds.foot).toEqual({ ...POSITION_LIMITS.foot, maxSpeedKmh: 40 });
    expect(changed.kinds.car).toEqual(POSITION_LIMITS.car);
  });

  it('adds one change to another', () => {
    const merged = mergeChanges(
      { maxAgeDays: 7, kinds: { foot: { maxSpeedKmh: 40 }, boat: { maxSpeedKmh: 80 } } },
      { kinds: { foot: { ageThresholdsSeconds: [60, 120, 240] } } },
    );
    expect(merged).toEqual({
      maxAgeDays: 7,
      kinds: { foot: { maxSpeedKmh: 40, ageThresholdsSeconds: [60, 120, 240] }, boat: { maxSpeedKmh: 80 } },
    });
    expect(ageThresholdsOf(positionSettingsOf(merged, 500)).foot).toEqual([60, 120, 240]);
  });

  it('finds the kind whose ages do not follow one another', () => {
    expect(disorderedKind(positionSettingsOf({}, 500))).toBeUndefined();
    expect(disorderedKind(positionSettingsOf({ kinds: { boat: { ageThresholdsSeconds: [30, 30, 90] } } }, 500))).toBe(
      'boat',
    );
  });
});
