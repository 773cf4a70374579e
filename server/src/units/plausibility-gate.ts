import type { FixRefusal } from '@xunfang/geo-data/contract';
import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import type { BureauArea } from '../incidents/index.ts';
import type { Fix } from './device-adapter.ts';

export interface GateRules {
  /** The bureau and its margin. */
  area: BureauArea;
  maxAccuracyMeters: number;
  futureToleranceMs: number;
  oldestMs: number;
}

/** Where a device was when it was last believed; NaN time: never. */
export interface LastPlace {
  fixedAtMs: number;
  lon: number;
  lat: number;
  accuracyMeters: number;
}

/** Some hundred metres between two fixes are the receiver among high buildings, not a journey. */
const NOISE_METERS = 100;
/** Times are whole seconds with most devices. */
const CLOCK_STEP_MS = 1000;
const NULL_ISLAND_DEGREES = 1e-4;
const MS_PER_HOUR = 3_600_000;

/**
 * Judges a fix in WGS 84. All but the speed looks at nothing but the fix and the clock, so the order in which fixes arrive changes
 * nothing there. The speed is that between the fix and where the same device was last believed, in either direction of
 * time; a place wrongly believed loses its say by itself, as more time passes there is more that can be reached. O(1).
 */
export function judgeFix(
  rules: GateRules,
  fix: Fix,
  last: LastPlace,
  maxSpeedKmh: number,
  nowMs: number,
): FixRefusal | undefined {
  if (!fix.valid) return 'not_valid';
  if (Math.abs(fix.lon) < NULL_ISLAND_DEGREES && Math.abs(fix.lat) < NULL_ISLAND_DEGREES) return 'null_island';
  if (!rules.area.holds(fix.lon, fix.lat)) return 'outside_bureau';
  // Asked this way round, what is no number is refused.
  if (!(fix.fixedAtMs <= nowMs + rules.futureToleranceMs)) return 'in_the_future';
  if (!(fix.fixedAtMs >= nowMs - rules.oldestMs)) return 'too_old';
  if (fix.accuracyMeters > rules.maxAccuracyMeters) return 'inaccurate';
  return isImpossibleJump(last, fix, maxSpeedKmh) ? 'impossible_speed' : undefined;
}

/** Whether the distance is more than the time allows at this speed, beyond what both fixes may be off. */
export function isImpossibleJump(from: LastPlace, to: LastPlace, maxSpeedKmh: number): boolean {
  if (Number.isNaN(from.fixedAtMs)) return false;
  const noiseMeters = NOISE_METERS + (from.accuracyMeters || 0) + (to.accuracyMeters || 0);
  const passedMs = Math.abs(to.fixedAtMs - from.fixedAtMs) + CLOCK_STEP_MS;
  const reachMeters = (maxSpeedKmh * 1000 * passedMs) / MS_PER_HOUR + noiseMeters;
  return haversineDistanceMeters(from.lon, from.lat, to.lon, to.lat) > reachMeters;
}
