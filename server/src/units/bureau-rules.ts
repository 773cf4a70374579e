import type { PositionSettings, Unit } from '@xunfang/geo-data/contract';
import { type Boundary, type BureauArea, createBureauArea } from '../incidents/index.ts';
import type { GateRules } from './plausibility-gate.ts';

/** What positions of a bureau are judged by. */
export interface BureauRules extends GateRules {
  /** The bureau itself, without its margin. */
  home: BureauArea;
  /** By slot of the roster. */
  maxSpeedKmhOfSlot: Float64Array;
}

const MS_PER_DAY = 86_400_000;

/** The rules as the settings say, for the units in the order of their slots. */
export function createBureauRules(
  boundary: Boundary,
  settings: PositionSettings,
  units: readonly Pick<Unit, 'kind'>[],
): BureauRules {
  return {
    area: createBureauArea(boundary, settings.marginMeters),
    home: createBureauArea(boundary, 0),
    maxAccuracyMeters: settings.maxAccuracyMeters,
    futureToleranceMs: settings.futureToleranceSeconds * 1000,
    oldestMs: settings.maxAgeDays * MS_PER_DAY,
    maxSpeedKmhOfSlot: Float64Array.from(units, ({ kind }) => settings.kinds[kind].maxSpeedKmh),
  };
}
