import type { UnitKind } from './unit-kind.ts';

/** What is believed of a unit's positions, and how fast they grow old. */
export interface PositionLimits {
  /** Between two fixes of a device nothing goes faster. */
  maxSpeedKmh: number;
  /** Ages in seconds at which a position turns ageing, stale, lost. */
  ageThresholdsSeconds: [ageing: number, stale: number, lost: number];
}

/**
 * Defaults; a bureau may set its own. The speeds tell a wrong position from a fast one, not good driving from bad: a car on
 * an urgent call stays below 220 km/h, and officers on foot or on bicycles get into cars and trains with their devices on.
 * Who moves fast is sooner somewhere else: the slower the kind, the longer a position counts.
 */
export const POSITION_LIMITS: Readonly<Record<UnitKind, PositionLimits>> = {
  car: { maxSpeedKmh: 220, ageThresholdsSeconds: [15, 60, 300] },
  motorcycle: { maxSpeedKmh: 220, ageThresholdsSeconds: [15, 60, 300] },
  bicycle: { maxSpeedKmh: 150, ageThresholdsSeconds: [30, 90, 450] },
  foot: { maxSpeedKmh: 150, ageThresholdsSeconds: [30, 120, 600] },
  boat: { maxSpeedKmh: 120, ageThresholdsSeconds: [30, 120, 600] },
  drone: { maxSpeedKmh: 160, ageThresholdsSeconds: [5, 15, 60] },
};
