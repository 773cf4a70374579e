import { randomInt } from 'node:crypto';
import {
  createPositionColumns,
  encodePositionFrame,
  type FrameBounds,
  type PositionColumns,
} from '@xunfang/geo-data/contract';
import { unitStatusCode } from '@xunfang/geo-data/units';
import type { Fix } from './device-adapter.ts';

/** A bureau's units in the order of their slots. */
export interface LiveRoster {
  bureauId: number;
  revision: number;
  bounds: FrameBounds;
  unitIds: readonly number[];
}

/** Where the units of one bureau are now: one row per slot of its roster, written in place. */
interface BureauPositions {
  roster: LiveRoster;
  slotOfUnit: Map<number, number>;
  /** NaN: never heard of. */
  fixedAtMs: Float64Array;
  /** When the fix came, by a clock that nobody sets: it is at least that old, whatever the wall clock says. */
  heardAtMs: Float64Array;
  lon: Float64Array;
  lat: Float64Array;
  speedKmh: Float32Array;
  headingDegrees: Float32Array;
  accuracyMeters: Float32Array;
  status: Uint8Array;
  sequence: number;
  /** Scratch memory of `frame`. */
  columns: PositionColumns;
}

export interface LivePositions {
  /** A new revision of a roster; units that stay keep their positions, whatever their new slots. */
  setRoster(roster: LiveRoster): void;
  rosterRevision(bureauId: number): number | undefined;
  bureauIds(): IterableIterator<number>;
  /** Row of a unit, -1 when the roster does not hold it. */
  slotOf(bureauId: number, unitId: number): number;
  /** Time of the newest fix of a slot, NaN when there was none. */
  fixedAtMs(bureauId: number, slot: number): number;
  statusCode(bureauId: number, slot: number): number;
  /** Where a unit was last; undefined for one never heard of. */
  placeOf(bureauId: number, unitId: number): { lon: number; lat: number; fixedAtMs: number } | undefined;
  /** One write per fix into typed arrays. The caller has compared times: see position-ingest. */
  write(bureauId: number, slot: number, fix: Fix): void;
  /** The snapshot of a bureau in the wire format; undefined for a bureau without a roster. */
  frame(bureauId: number, nowMs: number): Uint8Array<ArrayBuffer> | undefined;
}

/** What a unit is taken to do until its device says: whoever reports positions is out. */
const FIRST_STATUS = unitStatusCode('patrolling');

/** `uptimeMs` only ever grows. */
export function createLivePositions(uptimeMs = () => performance.now()): LivePositions {
  const bureaus = new Map<number, BureauPositions>();
  /** Tells consoles that the numbers of another process are not to be compared with ours. */
  const stream = randomInt(2 ** 32);

  function of(bureauId: number): BureauPositions {
    const positions = bureaus.get(bureauId);
    if (positions === undefined) throw new Error(`Bureau ${bureauId} has no roster.`);
    return positions;
  }

  return {
    setRoster(roster) {
      const before = bureaus.get(roster.bureauId);
      const next = createBureauPositions(roster, before?.sequence ?? 0);
      if (before !== undefined) for (const [unitId, slot] of next.slotOfUnit) copyUnit(before, unitId, next, slot);
      bureaus.set(roster.bureauId, next);
    },
    rosterRevision: (bureauId) => bureaus.get(bureauId)?.roster.revision,
    bureauIds: () => bureaus.keys(),
    slotOf: (bureauId, unitId) => bureaus.get(bureauId)?.slotOfUnit.get(unitId) ?? -1,
    fixedAtMs: (bureauId, slot) => of(bureauId).fixedAtMs[slot],
    statusCode: (bureauId, slot) => of(bureauId).status[slot],
    placeOf(bureauId, unitId) {
      const positions = bureaus.get(bureauId);
      const slot = positions?.slotOfUnit.get(unitId);
      if (positions === undefined || slot === undefined || Number.isNaN(positions.fixedAtMs[slot])) return undefined;
      return { lon: positions.lon[slot], lat: positions.lat[slot], fixedAtMs: positions.fixedAtMs[slot] };
    },
    write(bureauId, slot, fix) {
      const positions = of(bureauId);
      positions.fixedAtMs[slot] = fix.fixedAtMs;
      positions.heardAtMs[slot] = uptimeMs();
      positions.lon[slot] = fix.lon;
      positions.lat[slot] = fix.lat;
      positions.speedKmh[slot] = fix.speedKmh;
      positions.headingDegrees[slot] = fix.headingDegrees;
      positions.accuracyMeters[slot] = fix.accuracyMeters;
      if (fix.statusCode >= 0) positions.status[slot] = fix.statusCode;
    },
    frame(bureauId, nowMs) {
      const positions = bureaus.get(bureauId);
      if (positions === undefined) return undefined;
      const { columns, roster } = positions;
      fillColumns(positions, nowMs, uptimeMs());
      positions.sequence = (positions.sequence + 1) >>> 0;
      const { revision: rosterRevision } = roster;
      return encodePositionFrame(columns, roster.bounds, {
        rosterRevision,
        stream,
        sequence: positions.sequence,
        timeMs: nowMs,
      });
    },
  };
}

function createBureauPositions(roster: LiveRoster, sequence: number): BureauPositions {
  const count = roster.unitIds.length;
  return {
    roster,
    slotOfUnit: new Map(roster.unitIds.map((unitId, slot) => [unitId, slot])),
    fixedAtMs: new Float64Array(count).fill(Number.NaN),
    heardAtMs: new Float64Array(count),
    lon: new Float64Array(count),
    lat: new Float64Array(count),
    speedKmh: new Float32Array(count),
    headingDegrees: new Float32Array(count),
    accuracyMeters: new Float32Array(count),
    status: new Uint8Array(count).fill(FIRST_STATUS),
    sequence,
    columns: createPositionColumns(count),
  };
}

function copyUnit(from: BureauPositions, unitId: number, to: BureauPositions, slot: number): void {
  const old = from.slotOfUnit.get(unitId);
  if (old === undefined) return;
  to.fixedAtMs[slot] = from.fixedAtMs[old];
  to.heardAtMs[slot] = from.heardAtMs[old];
  to.lon[slot] = from.lon[old];
  to.lat[slot] = from.lat[old];
  to.speedKmh[slot] = from.speedKmh[old];
  to.headingDegrees[slot] = from.headingDegrees[old];
  to.accuracyMeters[slot] = from.accuracyMeters[old];
  to.status[slot] = from.status[old];
}

/** Units never heard of have no place on the map and no row in the frame. */
function fillColumns(positions: BureauPositions, nowMs: number, uptimeMs: number): void {
  const { columns, fixedAtMs, heardAtMs } = positions;
  let row = 0;
  for (let slot = 0; slot < fixedAtMs.length; slot++) {
    if (Number.isNaN(fixedAtMs[slot])) continue;
    columns.slot[row] = slot;
    columns.lon[row] = positions.lon[slot];
    columns.lat[row] = positions.lat[slot];
    // A device's clock may run ahead of ours, and ours may be set back: neither makes a position fresher than it is.
    columns.ageSeconds[row] = Math.max(nowMs - fixedAtMs[slot], uptimeMs - heardAtMs[slot]) / 1000;
    columns.speedKmh[row] = positions.speedKmh[slot];
    columns.headingDegrees[row] = positions.headingDegrees[slot];
    columns.status[row] = positions.status[slot];
    columns.accuracyMeters[row] = positions.accuracyMeters[slot];
    row++;
  }
  columns.count = row;
}
