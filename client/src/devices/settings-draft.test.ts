import type { PositionSettings } from '@xunfang/geo-data/contract';
import { POSITION_LIMITS } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import { changeOf, countChanged, countOwn, faultsOf } from './settings-draft.ts';

const settings: PositionSettings = {
  marginMeters: 500,
  maxAccuracyMeters: 500,
  futureToleranceSeconds: 60,
  maxAgeDays: 31,
  kinds: structuredClone(POSITION_LIMITS) as PositionSettings['kinds'],
};

describe('a draft of position settings', () => {
  it('sends what differs, ages of a kind together, and nothing for what was typed as it was', () => {
    const draft = { marginMeters: ' 800', 'foot.1': '180', maxAgeDays: '31' };
    expect(changeOf(draft, settings)).toEqual({
      marginMeters: 800,
      kinds: { foot: { ageThresholdsSeconds: [30, 180, 600] } },
    });
    expect(countChanged(draft, settings)).toBe(2);
    expect(changeOf({}, settings)).toEqual({});
    expect(countOwn({ ...settings, maxAgeDays: 7 }, settings)).toBe(1);
  });

  it('finds what is no number, out of range, a fraction where none may be, and ages that do not grow', () => {
    const draft = { marginMeters: '', maxAccuracyMeters: '5', maxAgeDays: '1.5', 'car.speed': 'x', 'car.1': '15' };
    expect(Object.fromEntries(faultsOf(draft, settings))).toEqual({
      marginMeters: 'range',
      maxAccuracyMeters: 'range',
      maxAgeDays: 'range',
      'car.speed': 'range',
      'car.1': 'order',
    });
    expect(faultsOf({ marginMeters: '12.5' }, settings).size).toBe(0);
  });
});
