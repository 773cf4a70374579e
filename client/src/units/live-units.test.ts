import { createPositionColumns, encodePositionFrame } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import { ageClass, ageSeconds, applyFrame, clearLiveUnits, createLiveUnits, placesToDraw } from './live-units.ts';

const BOUNDS = { west: 104, south: 30.5, east: 104.2, north: 30.7 };

function frameOf(units: { slot: number; lon: number; lat: number; age?: number }[], timeMs: number, sequence = 1) {
  const columns = createPositionColumns(units.length);
  columns.count = units.length;
  units.forEach((unit, row) => {
    columns.slot[row] = unit.slot;
    columns.lon[row] = unit.lon;
    columns.lat[row] = unit.lat;
    columns.ageSeconds[row] = unit.age ?? 0;
    columns.headingDegrees[row] = Number.NaN;
  });
  return encodePositionFrame(columns, BOUNDS, { rosterRevision: 1, sequence, timeMs }).buffer;
}

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

  it('drops a frame older than the newest and keeps who is not named', () => {
    const units = createLiveUnits(2);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6 }], 10_000), 0);
    applyFrame(units, frameOf([{ slot: 1, lon: 104.12, lat: 30.6 }], 11_000), 1000);
    expect(applyFrame(units, frameOf([{ slot: 0, lon: 104.19, lat: 30.6 }], 10_500), 1100)).toBeNull();
    expect(units.lon[0]).toBeCloseTo(104.1, 5);
    expect(units.lon[1]).toBeCloseTo(104.12, 5);
  });

  it('lets ages grow between frames and with the link down', () => {
    const units = createLiveUnits(1);
    expect(ageSeconds(units, 0, 0)).toBe(Number.POSITIVE_INFINITY);
    applyFrame(units, frameOf([{ slot: 0, lon: 104.1, lat: 30.6, age: 4 }], 10_000), 0);
    expect(ageSeconds(units, 0, 0)).toBeCloseTo(4, 6);
    expect(ageSeconds(units, 0, 60_000)).toBeCloseTo(64, 6);
    expect([3, 20, 100, 900].map((age) => ageClass(age, [15, 60, 600]))).toEqual([0, 1, 2, 3]);
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
