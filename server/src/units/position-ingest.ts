import { FIX_REFUSALS, type FixRefusal } from '@xunfang/geo-data/contract';
import type { BureauRules } from './bureau-rules.ts';
import type { Fix } from './device-adapter.ts';
import { isWgs84, notePlace, suspectedSystem, systemThatFits, toWgs84 } from './device-coordinates.ts';
import type { LivePositions } from './live-positions.ts';
import { judgeFix } from './plausibility-gate.ts';
import type { Quarantine } from './quarantine.ts';
import type { RegisteredDevice } from './registered-device.ts';
import type { TrackWriter } from './track-writer.ts';

/**
 * What became of a fix. `live` moved the unit; `late` (older than what is known) went into the track only; `repeated` was
 * known already. The rest are refusals.
 */
export const FIX_OUTCOMES = ['live', 'late', 'repeated', ...FIX_REFUSALS] as const;
export type FixOutcome = (typeof FIX_OUTCOMES)[number];

const ACCEPTED: ReadonlySet<FixOutcome> = new Set(['live', 'late', 'repeated']);
export const isAccepted = (outcome: FixOutcome): boolean => ACCEPTED.has(outcome);

/** Faster than anything with a crew: the number is a fault, the place may still be right. */
const MOST_KMH = 1500;

interface IngestDeps {
  positions: LivePositions;
  tracks: Pick<TrackWriter, 'add'>;
  rulesOf: (bureauId: number) => BureauRules | undefined;
  quarantine: Pick<Quarantine, 'add'>;
  /** Hears of every device whose last believed place is a new one. */
  notePlaceOf?: (device: RegisteredDevice) => void;
}

/** Judges a fix and brings it, now in WGS 84, to its places. Counts refusals by their reason; the caller counts the rest. */
export type PositionIngest = (device: RegisteredDevice, fix: Fix, nowMs: number) => FixOutcome;

/** The way of every position whatever its protocol: plausible? newer? then one write, and one row for the track. */
export function createPositionIngest(deps: IngestDeps): PositionIngest {
  const { positions, tracks, rulesOf, quarantine, notePlaceOf } = deps;
  return (device, fix, nowMs) => {
    const { bureauId, unitId } = device;
    const { lon, lat } = fix;
    const slot = unitId === null ? -1 : positions.slotOf(bureauId, unitId);
    const rules = rulesOf(bureauId);
    if (unitId === null || slot < 0 || rules === undefined) {
      quarantine.add(device, fix, lon, lat, 'no_unit', null, nowMs);
      return 'no_unit';
    }
    clean(fix);
    convert(device, fix);
    const maxSpeedKmh = device.checksSpeed ? rules.maxSpeedKmhOfSlot[slot] : Number.POSITIVE_INFINITY;
    const refusal = judgeFix(rules, fix, device.last, maxSpeedKmh, nowMs);
    if (tellsOfSystem(refusal) && notePlace(device.evidence, device.coordinateSystem, lon, lat, rules.home))
      device.suspectedSystem = suspectedSystem(device.evidence);
    if (refusal !== undefined) {
      const outside = refusal === 'outside_bureau';
      const fitsSystem = outside ? systemThatFits(device.coordinateSystem, lon, lat, rules.area) : null;
      quarantine.add(device, fix, lon, lat, refusal, fitsSystem, nowMs);
      return refusal;
    }
    if (!(fix.fixedAtMs < device.last.fixedAtMs)) {
      keepPlace(device, fix);
      notePlaceOf?.(device);
    }
    const known = positions.fixedAtMs(bureauId, slot);
    if (fix.fixedAtMs === known) return 'repeated';
    const live = !(fix.fixedAtMs < known);
    if (live) positions.write(bureauId, slot, fix);
    tracks.add(device, unitId, fix, fix.statusCode >= 0 ? fix.statusCode : positions.statusCode(bureauId, slot), nowMs);
    return live ? 'live' : 'late';
  };
}

/** A place that is wrong for another reason says nothing about the system it stands in. */
const tellsOfSystem = (refusal: FixRefusal | undefined) => refusal === undefined || refusal === 'outside_bureau';

/** What no device can mean counts as not reported. */
function clean(fix: Fix): void {
  if (!(fix.speedKmh >= 0 && fix.speedKmh <= MOST_KMH)) fix.speedKmh = Number.NaN;
  if (!(fix.headingDegrees >= 0 && fix.headingDegrees <= 360)) fix.headingDegrees = Number.NaN;
  if (!(fix.accuracyMeters >= 0)) fix.accuracyMeters = Number.NaN;
}

function convert({ coordinateSystem }: RegisteredDevice, fix: Fix): void {
  if (isWgs84(coordinateSystem)) return;
  const point = toWgs84(coordinateSystem, fix.lon, fix.lat);
  fix.lon = point[0];
  fix.lat = point[1];
}

function keepPlace({ last }: RegisteredDevice, { lon, lat, fixedAtMs, accuracyMeters }: Fix): void {
  last.lon = lon;
  last.lat = lat;
  last.fixedAtMs = fixedAtMs;
  last.accuracyMeters = accuracyMeters;
}
