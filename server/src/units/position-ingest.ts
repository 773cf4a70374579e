import type { FrameBounds } from '@xunfang/geo-data/contract';
import type { Fix } from './device-adapter.ts';
import type { RegisteredDevice } from './device-registry.ts';
import type { LivePositions } from './live-positions.ts';
import type { TrackWriter } from './track-writer.ts';

/**
 * What became of a fix. `live` moved the unit; `late` (older than what is known) went into the track only; `repeated` was
 * known already. The rest are refusals.
 */
export const FIX_OUTCOMES = [
  'live',
  'late',
  'repeated',
  'no_unit',
  'not_valid',
  'null_island',
  'outside_bureau',
  'in_the_future',
  'too_old',
] as const;
export type FixOutcome = (typeof FIX_OUTCOMES)[number];

const ACCEPTED: ReadonlySet<FixOutcome> = new Set(['live', 'late', 'repeated']);
export const isAccepted = (outcome: FixOutcome): boolean => ACCEPTED.has(outcome);

/** How far a device's clock may run ahead of ours. */
const FUTURE_TOLERANCE_MS = 60_000;
/** What a phone kept while it was without network; older than this it is a wrong clock. */
const OLDEST_FIX_MS = 31 * 86_400_000;

interface IngestDeps {
  positions: LivePositions;
  tracks: Pick<TrackWriter, 'add'>;
  /** Where fixes of a bureau are believed: its bounds and a margin. */
  boundsOf: (bureauId: number) => FrameBounds | undefined;
}

export type PositionIngest = (device: RegisteredDevice, fix: Fix, nowMs: number) => FixOutcome;

/** The way of every position whatever its protocol: plausible? newer? then one write, and one row for the track. */
export function createPositionIngest({ positions, tracks, boundsOf }: IngestDeps): PositionIngest {
  return (device, fix, nowMs) => {
    const { bureauId, unitId } = device;
    const slot = unitId === null ? -1 : positions.slotOf(bureauId, unitId);
    if (unitId === null || slot < 0) return 'no_unit';
    const refusal = implausible(fix, nowMs, boundsOf(bureauId));
    if (refusal !== undefined) return refusal;
    const known = positions.fixedAtMs(bureauId, slot);
    if (fix.fixedAtMs === known) return 'repeated';
    const live = !(fix.fixedAtMs < known);
    if (live) positions.write(bureauId, slot, fix);
    tracks.add(device, unitId, fix, fix.statusCode >= 0 ? fix.statusCode : positions.statusCode(bureauId, slot), nowMs);
    return live ? 'live' : 'late';
  };
}

function implausible(fix: Fix, nowMs: number, bounds: FrameBounds | undefined): FixOutcome | undefined {
  if (!fix.valid) return 'not_valid';
  if (fix.lon === 0 && fix.lat === 0) return 'null_island';
  if (bounds === undefined || !contains(bounds, fix)) return 'outside_bureau';
  if (fix.fixedAtMs > nowMs + FUTURE_TOLERANCE_MS) return 'in_the_future';
  if (fix.fixedAtMs < nowMs - OLDEST_FIX_MS) return 'too_old';
  return undefined;
}

function contains(bounds: FrameBounds, { lon, lat }: Fix): boolean {
  return lon >= bounds.west && lon <= bounds.east && lat >= bounds.south && lat <= bounds.north;
}
