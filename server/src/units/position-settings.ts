import type { AgeThresholds, PositionSettings, PositionSettingsChange } from '@xunfang/geo-data/contract';
import { POSITION_LIMITS, UNIT_KINDS, type UnitKind } from '@xunfang/geo-data/units';

/** All but the margin, which is that of the bureau itself. */
const DEFAULT_POSITION_SETTINGS: Omit<PositionSettings, 'marginMeters'> = {
  // Phones without satellites place themselves by cell towers, a kilometre off: worse than no news.
  maxAccuracyMeters: 500,
  futureToleranceSeconds: 60,
  maxAgeDays: 31,
  kinds: byKind((kind) => ({ ...POSITION_LIMITS[kind] })),
};

/** The settings of a bureau: the defaults and what it has changed. */
export function positionSettingsOf(changed: PositionSettingsChange, bureauMarginMeters: number): PositionSettings {
  const { kinds = {}, ...whole } = changed;
  return {
    ...DEFAULT_POSITION_SETTINGS,
    marginMeters: bureauMarginMeters,
    ...whole,
    kinds: byKind((kind) => ({ ...DEFAULT_POSITION_SETTINGS.kinds[kind], ...kinds[kind] })),
  };
}

/** What was changed before and now, the newer first. */
export function mergeChanges(before: PositionSettingsChange, change: PositionSettingsChange): PositionSettingsChange {
  const kinds: PositionSettingsChange['kinds'] = { ...before.kinds };
  for (const kind of UNIT_KINDS)
    if (change.kinds?.[kind] !== undefined) kinds[kind] = { ...kinds[kind], ...change.kinds[kind] };
  return { ...before, ...change, kinds };
}

/** The first kind whose ages do not follow one another. */
export function disorderedKind({ kinds }: Pick<PositionSettings, 'kinds'>): UnitKind | undefined {
  return UNIT_KINDS.find((kind) => {
    const [ageing, stale, lost] = kinds[kind].ageThresholdsSeconds;
    return !(ageing < stale && stale < lost);
  });
}

export function ageThresholdsOf({ kinds }: PositionSettings): Record<UnitKind, AgeThresholds> {
  return byKind((kind) => kinds[kind].ageThresholdsSeconds);
}

function byKind<T>(value: (kind: UnitKind) => T): Record<UnitKind, T> {
  return Object.fromEntries(UNIT_KINDS.map((kind) => [kind, value(kind)])) as Record<UnitKind, T>;
}
