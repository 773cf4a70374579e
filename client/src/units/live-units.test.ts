import { createPositionColumns, encodePositionFrame } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import {
  ageClass,
  ageSeconds,
  applyFrame,
  clearLiveUnits,
  createLiveUnits,
  isSliding,
  placesToDraw,
} from './live-units.ts';

const BOUNDS = { west: 104, south: 30.5, east: 104.2, north: 30.7 };

interface Sent {
  slot: number;
  lon: number;
  lat: number;
  age?: number;
}
/** The next of its stream unless told otherwise. */
function frameOf(units: Sent[], timeMs: number, order: { stream?: number; sequence?: number } = {}) {
  const columns = createPositionColumns(units.length);
  columns.count = units.length;
  units.forEach((unit, row) => {
    columns.slot[row] = unit.slot;
    columns.lon[row] = unit.lon;
    columns.lat[row] = unit.lat;
    columns.ageSeconds[row] = unit.age ?? 0;
    columns.headingDegrees[row] = Number.NaN;
  });
  const { stream = 1, sequence = ++lastSequence } = order;
  return encodePositionFrame(columns, BOUNDS, { rosterRevision: 1, stream, sequence, timeMs }).buffer;
}
let lastSequence = 0;

describe('live units', () => {
  it('puts a unit at its first place at once and slides to the next within one tick, never beyond', () => {
    const units = createLiveUnits(3);
    const places = new Float64Array(6);
    applyFrame(units, frameOf([{ slot: 1, lon: 104.1, lat: 30.6 }], 10_000), 500);
    placesToDraw(units, 500, places);
    expect(places[2]).toBeCloseTo(104.1, 5);
    expect(places[0]).toBeNaN();
    applyFrame(units, frameOf([{ slot: 1, lon: 104.101, lat: 30.6 }], 11_000), 1500);
    placesToDraw(units, 2000, places);
    expect(places[2]).toBeCloseTo(104.1005, 5);
    placesToDraw(units, 9000, places);
    expect(places[2]).toBeCloseTo(104.101, 5);
  });

  it('does not slide across town when a position was corrected', () => {
    const units = createLiveUnits(1);
    const places = new Float64Array(2);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.01, lat: 30.6 }], 10_000), 0);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.15, lat: 30.6 }], 11_000), 1000);
    placesToDraw(units, 1000, places);
    expect(places[0]).toBeCloseTo(104.15, 5);
  });

  it('drops a frame that is not ahead of the newest and keeps who is not named', () => {
    const units = createLiveUnits(2);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6 }], 10_000, { sequence: 2 ** 32 - 2 }), 0);
    // After the last number comes 0.
    applyFrame(units, frameOf([{ slot: 1, lon: 104.12, lat: 30.6 }], 11_000, { sequence: 0 }), 1000);
    for (const sequence of [0, 2 ** 32 - 1]) {
      const late = frameOf([{ slot: 0, lon: 104.19, lat: 30.6 }], 12_000, { sequence });
      expect(applyFrame(units, late, 1100)).toBeNull();
    }
    expect(units.lon[0]).toBeCloseTo(104.1, 5);
    expect(units.lon[1]).toBeCloseTo(104.12, 5);
  });

  it('says when nobody moves any more', () => {
    const units = createLiveUnits(1);
    const place = { slot: 0, lon: 104.1, lat: 30.6 };
    applyFrame(units, frameOf([place], 10_000), 0);
    expect(isSliding(units, 10)).toBe(false);
    applyFrame(units, frameOf([{ ...place, lon: 104.101 }], 11_000), 1000);
    expect([isSliding(units, 1500), isSliding(units, 2000)]).toEqual([true, false]);
    applyFrame(units, frameOf([{ ...place, lon: 104.101 }], 12_000), 2000);
    expect(isSliding(units, 2001)).toBe(false);
  });

  it('lets ages grow between frames and with the link down', () => {
    const units = createLiveUnits(1);
    expect(ageSeconds(units, 0, 0)).toBe(Number.POSITIVE_INFINITY);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6, age: 4 }], 10_000), 0);
    expect(ageSeconds(units, 0, 0)).toBeCloseTo(4, 6);
    expect(ageSeconds(units, 0, 60_000)).toBeCloseTo(64, 6);
    expect([3, 20, 100, 900].map((age) => ageClass(age, [15, 60, 600]))).toEqual([0, 1, 2, 3]);
  });

  it('knows a silent unit within a second once its age has been told in several codes, and never fresher', () => {
    const units = createLiveUnits(1);
    const fixedAtMs = 0;
    for (let second = 100; second <= 130; second++) {
      const [nowMs, age] = [second * 1000, second - fixedAtMs];
      applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6, age }], nowMs), nowMs);
      expect(ageSeconds(units, 0, nowMs)).toBeGreaterThanOrEqual(age);
      expect(ageSeconds(units, 0, nowMs)).toBeLessThan(age * 1.111);
    }
    expect(ageSeconds(units, 0, 130_000)).toBeLessThan(131);
    // The next fix is another time.
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6, age: 0.5 }], 131_000), 131_000);
    expect(ageSeconds(units, 0, 131_000)).toBeCloseTo(0.5, 6);
  });

  it('goes on when the clock of the server is set back or forward, with the ages that come', () => {
    const units = createLiveUnits(1);
    const hour = 3_600_000;
    const at = (timeMs: number, age: number, lon: number) => frameOf([{ slot: 0, lon, lat: 30.6, age }], timeMs);
    applyFrame(units, at(2 * hour, 2, 104.1), 0);
    // Nothing was heard for 8 seconds, and the clock says it is an hour earlier.
    expect(applyFrame(units, at(hour + 8000, 10, 104.11), 8000)).not.toBeNull();
    expect(units.lon[0]).toBeCloseTo(104.11, 5);
    expect(ageSeconds(units, 0, 8000)).toBeCloseTo(10, 6);
    expect(applyFrame(units, at(5 * hour, 1, 104.12), 9000)).not.toBeNull();
    expect(units.lon[0]).toBeCloseTo(104.12, 5);
    expect(ageSeconds(units, 0, 9000)).toBeCloseTo(1, 6);
  });

  it('follows a server that was started again, whose numbers begin anew and whose clock is behind', () => {
    const units = createLiveUnits(1);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6, age: 1 }], 50_000, { sequence: 900 }), 0);
    const again = frameOf([{ slot: 0, lon: 104.11, lat: 30.6, age: 30 }], 49_000, { stream: 2, sequence: 1 });
    expect(applyFrame(units, again, 1000)).not.toBeNull();
    expect(units.lon[0]).toBeCloseTo(104.11, 5);
    expect(ageSeconds(units, 0, 1000)).toBeGreaterThanOrEqual(30);
    expect(
      applyFrame(units, frameOf([{ slot: 0, lon: 104.12, lat: 30.6 }], 50_000, { stream: 2, sequence: 2 }), 2000),
    ).not.toBeNull();
  });

  it('grows for slots beyond its columns and forgets all when the slots are dealt anew', () => {
    const units = createLiveUnits(1);
    applyFrame(units, frameOf([{ slot: 700, lon: 104.1, lat: 30.6 }], 10_000), 0);
    expect(units.lon[700]).toBeCloseTo(104.1, 5);
    clearLiveUnits(units, []);
    expect(units.capacity).toBe(0);
    expect(ageSeconds(units, 700, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
