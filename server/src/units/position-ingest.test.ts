import type { DeviceCoordinateSystem } from '@xunfang/geo-data/contract';
import fc from 'fast-check';
import { POSITION_FRAME_HEADER_BYTES } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import { toWgs84 } from './device-coordinates.ts';
import { isImpossibleJump } from './plausibility-gate.ts';
import { BUREAU, createGateFixture, fixAt, NOW_MS, testDevice } from './testing/gate-fixture.ts';

/** What a terminal of the other system calls a place: the converter turned round by approaching it. */
function asSentIn(system: DeviceCoordinateSystem, lon: number, lat: number): { lon: number; lat: number } {
  let sent = { lon, lat };
  for (let i = 0; i < 10; i++) {
    const [x, y] = toWgs84(system, sent.lon, sent.lat);
    sent = { lon: sent.lon + lon - x, lat: sent.lat + lat - y };
  }
  return sent;
}

describe('quarantine', () => {
  it('keeps what was refused as it was sent, counted by its reason, and draws none of it', async () => {
    const { ingest, positions, tracked, quarantined } = createGateFixture();
    const device = testDevice();
    const sent = fixAt(0, { lon: -21.9, lat: 64.1, speedKmh: 30, accuracyMeters: 5 });
    expect(ingest(device, sent, NOW_MS)).toBe('outside_bureau');
    expect(ingest(device, fixAt(0, { accuracyMeters: 4000 }), NOW_MS)).toBe('inaccurate');
    expect(ingest(device, fixAt(0, { fixedAtMs: 1e300 }), NOW_MS)).toBe('in_the_future');
    expect(Object.fromEntries(device.refusedByReason)).toEqual({ outside_bureau: 1, inaccurate: 1, in_the_future: 1 });
    expect(device.refused).toBe(3);
    const [first, , third] = await quarantined();
    expect(first).toMatchObject({ deviceId: 9, unitId: 11, lon: -21.9, lat: 64.1, speedKmh: 30, headingDegrees: null });
    expect(third.fixedAt).toBeNull();
    expect(positions.frame(BUREAU, NOW_MS)?.length).toBe(POSITION_FRAME_HEADER_BYTES);
    expect(tracked).toEqual([]);
  });

  it('holds a device that lost its unit, too', async () => {
    const { ingest, quarantined } = createGateFixture();
    expect(ingest(testDevice({ unitId: null }), fixAt(0), NOW_MS)).toBe('no_unit');
    expect(await quarantined()).toMatchObject([{ unitId: null, reason: 'no_unit' }]);
  });

  it('takes a jump back as soon as it is possible again, and never lets it move the unit', () => {
    const { ingest, tracked } = createGateFixture();
    const device = testDevice();
    expect(ingest(device, fixAt(20), NOW_MS)).toBe('live');
    expect(ingest(device, fixAt(19, { lon: 104.09 }), NOW_MS)).toBe('impossible_speed');
    expect(ingest(device, fixAt(18, { lon: 104.0501 }), NOW_MS)).toBe('live');
    expect(tracked.map(({ lon }) => lon)).toEqual([104.05, 104.0501]);
  });

  it('lets a track that is replayed faster than life jump, and nothing else', () => {
    const { ingest } = createGateFixture();
    const device = testDevice({ checksSpeed: false });
    expect(ingest(device, fixAt(20), NOW_MS)).toBe('live');
    expect(ingest(device, fixAt(19, { lon: 104.09 }), NOW_MS)).toBe('live');
    expect(ingest(device, fixAt(18, { lon: 104.3 }), NOW_MS)).toBe('outside_bureau');
  });

  it('does not take two devices of one unit for one that jumps', () => {
    const { ingest } = createGateFixture();
    const inCar = testDevice({ id: 1 });
    const onOfficer = testDevice({ id: 2 });
    expect(ingest(inCar, fixAt(3), NOW_MS)).toBe('live');
    expect(ingest(onOfficer, fixAt(2, { lon: 104.06 }), NOW_MS)).toBe('live');
  });
});

describe('coordinate systems', () => {
  it.each(['GCJ02', 'BD09'] as const)('brings a device of %s to WGS 84, within half a metre', (coordinateSystem) => {
    const { ingest, tracked } = createGateFixture();
    const sent = asSentIn(coordinateSystem, 104.05, 30.65);
    expect(Math.hypot(sent.lon - 104.05, sent.lat - 30.65)).toBeGreaterThan(0.002);
    expect(ingest(testDevice({ coordinateSystem }), fixAt(0, sent), NOW_MS)).toBe('live');
    expect(tracked[0].lon).toBeCloseTo(104.05, 5);
    expect(tracked[0].lat).toBeCloseTo(30.65, 5);
  });

  it('says of a place outside that it would lie inside under another system', async () => {
    const { ingest, quarantined } = createGateFixture();
    // Within the margin of 1 km as GCJ-02, beyond it as declared.
    const beyond = asSentIn('GCJ02', 104.109, 30.65);
    expect(ingest(testDevice(), fixAt(0, beyond), NOW_MS)).toBe('outside_bureau');
    expect((await quarantined())[0].fitsSystem).toBe('GCJ02');
  });

  /** A car that drives the eastern edge of the bureau, never leaving it. */
  function drive(declared: DeviceCoordinateSystem, spoken: DeviceCoordinateSystem) {
    const { ingest } = createGateFixture();
    const device = testDevice({ coordinateSystem: declared });
    for (let i = 0; i < 40; i++)
      ingest(device, fixAt(4000 - i * 60, asSentIn(spoken, 104.0985, 30.61 + i * 0.002)), NOW_MS);
    return device;
  }

  it('suspects that the wrong system was declared, when only another fits', () => {
    expect(drive('WGS84', 'GCJ02').suspectedSystem).toBe('GCJ02');
    expect(drive('GCJ02', 'WGS84').suspectedSystem).not.toBe('GCJ02');
  });

  it.each(['WGS84', 'GCJ02', 'BD09'] as const)('suspects nothing of a device that is what it says: %s', (system) => {
    expect(drive(system, system).suspectedSystem).toBeNull();
  });

  it('suspects nothing because one parked car says the same again and again', () => {
    const { ingest } = createGateFixture();
    const device = testDevice();
    const sent = asSentIn('GCJ02', 104.0995, 30.65);
    for (let i = 0; i < 100; i++) ingest(device, fixAt(1000 - i, sent), NOW_MS);
    expect(device.suspectedSystem).toBeNull();
  });
});

const sentFix = fc.record({
  lon: fc.double({ min: 103.95, max: 104.15, noNaN: true }),
  lat: fc.double({ min: 30.55, max: 30.75, noNaN: true }),
  fixedAtMs: fc.integer({ min: NOW_MS - 300_000, max: NOW_MS + 120_000 }),
  accuracyMeters: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 800, noNaN: true })),
});

describe('invariants', () => {
  it('whatever arrives in whatever order: what moved the unit was possible, one step after another, and only forward', () => {
    fc.assert(
      fc.property(fc.array(sentFix, { maxLength: 40 }), (fixes) => {
        const { ingest } = createGateFixture();
        const device = testDevice();
        const moved = fixes.filter((fix) => ingest(device, fixAt(0, fix), NOW_MS) === 'live');
        for (let i = 1; i < moved.length; i++) {
          expect(isImpossibleJump(moved[i - 1], moved[i], 220)).toBe(false);
          expect(moved[i].fixedAtMs).toBeGreaterThan(moved[i - 1].fixedAtMs);
        }
        expect(device.refused).toBe([...device.refusedByReason.values()].reduce((sum, times) => sum + times, 0));
      }),
      { numRuns: 300 },
    );
  });

  it('a drive that is possible ends in the same place and the same track in whatever order it arrives', () => {
    const drive = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 30 }).chain((steps) =>
      fc.record({
        steps: fc.constant(steps),
        order: fc.shuffledSubarray([...steps.keys()], { minLength: steps.length }),
      }),
    );
    fc.assert(
      fc.property(drive, ({ steps, order }) => {
        let lon = 104.05;
        const fixes = steps.map((step, i) => {
          lon += step * 0.00005;
          return fixAt(100 - i, { lon });
        });
        const { ingest, positions, tracked } = createGateFixture();
        const device = testDevice();
        for (const i of order) expect(['live', 'late']).toContain(ingest(device, fixes[i], NOW_MS));
        expect(positions.fixedAtMs(BUREAU, 0)).toBe(fixes.at(-1)?.fixedAtMs);
        expect(tracked.map(({ fixedAtMs }) => fixedAtMs).sort((a, b) => a - b)).toEqual(
          fixes.map(({ fixedAtMs }) => fixedAtMs),
        );
      }),
      { numRuns: 200 },
    );
  });
});
