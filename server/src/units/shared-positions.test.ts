import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFix } from './device-adapter.ts';
import { createLivePositions } from './live-positions.ts';
import { createRegisteredDevice, type RegisteredDevice } from './registered-device.ts';
import { createSharedPositions } from './shared-positions.ts';
import { readSharedRow, SHARED_ROW_BYTES, type SharedRow, writeSharedRow } from './shared-row.ts';

const BOUNDS = { west: 103, south: 30, east: 105, north: 31 };
const UNITS = [11, 12, 13];

/** What one process knows: device 101 carries unit 11, and so on; device 104 rides with unit 11 as well. */
function createProcess() {
  const positions = createLivePositions();
  positions.setRoster({ bureauId: 1, revision: 1, bounds: BOUNDS, unitIds: UNITS });
  const devices = new Map<number, RegisteredDevice>();
  for (const [id, unitId] of [
    [101, 11],
    [102, 12],
    [103, 13],
    [104, 11],
  ])
    devices.set(id, createRegisteredDevice({ id, bureauId: 1, identifier: String(id), unitId }));
  const shared = createSharedPositions(positions, { byId: (id) => devices.get(id), all: () => devices.values() });
  const fix = createFix();
  return {
    shared,
    /** As the ingest does with a fix it believes. */
    hear(deviceId: number, fixedAtMs: number, lon: number): void {
      const device = devices.get(deviceId) as RegisteredDevice;
      if (fixedAtMs >= device.last.fixedAtMs || Number.isNaN(device.last.fixedAtMs)) {
        Object.assign(device.last, { fixedAtMs, lon, lat: 30.5, accuracyMeters: 5 });
        shared.note(device);
      }
      const slot = positions.slotOf(1, device.unitId ?? 0);
      if (fixedAtMs <= positions.fixedAtMs(1, slot)) return;
      positions.write(1, slot, Object.assign(fix, { fixedAtMs, lon, lat: 30.5, speedKmh: lon, statusCode: 2 }));
    },
    picture: () => ({
      units: UNITS.map((_, slot) => [positions.fixedAtMs(1, slot), positions.statusCode(1, slot)]),
      devices: [...devices.values()].map(({ last }) => [last.fixedAtMs, last.lon]),
    }),
  };
}

describe('shared positions', () => {
  it('come to the same picture in every process, in whatever order and however often rows arrive', () => {
    const heard = fc.record({
      process: fc.nat(2),
      deviceId: fc.integer({ min: 101, max: 104 }),
      // Distinct times: of two fixes of one instant either may stay.
      atMs: fc.integer({ min: 1, max: 1_000_000 }),
    });
    const reports = fc.uniqueArray(heard, { selector: ({ atMs }) => atMs, minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(reports, fc.infiniteStream(fc.nat()), (list, choices) => {
        const processes = [createProcess(), createProcess(), createProcess()];
        const messages: Buffer[] = [];
        for (const { process, deviceId, atMs } of list) {
          processes[process].hear(deviceId, atMs, 103 + atMs / 1e6);
          const choice = choices.next().value;
          if (choice % 2 === 0) messages.push(processes[process].shared.takeChanged());
        }
        for (const { shared } of processes) messages.push(shared.takeChanged());
        for (const { shared } of processes) {
          const order = messages.map((rows) => ({ rows, key: choices.next().value }));
          order.sort((a, b) => a.key - b.key);
          for (const { rows } of order) shared.adopt(rows);
          shared.adopt(order[0].rows);
        }
        expect(processes[1].picture()).toEqual(processes[0].picture());
        expect(processes[2].picture()).toEqual(processes[0].picture());
        const newest = Math.max(...list.map(({ atMs }) => atMs));
        expect(processes[0].picture().units.flat()).toContain(newest);
      }),
      { numRuns: 200 },
    );
  });

  it('tell a change once, and everything again when asked to', () => {
    const one = createProcess();
    one.hear(101, 5, 104);
    one.hear(101, 6, 104.1);
    expect(one.shared.takeChanged().length).toBe(SHARED_ROW_BYTES);
    expect(one.shared.takeChanged().length).toBe(0);
    one.shared.tellEverything();
    expect(one.shared.takeChanged().length).toBe(SHARED_ROW_BYTES);
  });

  it('believe no row that is not a place', () => {
    const one = createProcess();
    const row: SharedRow = {
      deviceId: 101,
      bureauId: 1,
      unitId: 11,
      fixedAtMs: Number.NaN,
      lon: 104,
      lat: 30.5,
      speedKmh: 1,
      headingDegrees: 1,
      accuracyMeters: 1,
      statusCode: 1,
    };
    const before = one.picture();
    const bytes = Buffer.alloc(SHARED_ROW_BYTES);
    writeSharedRow(bytes, 0, row);
    one.shared.adopt(bytes);
    writeSharedRow(bytes, 0, { ...row, fixedAtMs: 9, lon: Number.POSITIVE_INFINITY });
    one.shared.adopt(bytes);
    expect(one.picture()).toEqual(before);
  });
});

describe('a row', () => {
  it('has this layout', () => {
    const bytes = Buffer.alloc(SHARED_ROW_BYTES);
    const row: SharedRow = {
      deviceId: 1,
      bureauId: 2,
      unitId: 3,
      fixedAtMs: 1_700_000_000_000,
      lon: 104.5,
      lat: 30.25,
      speedKmh: 50,
      headingDegrees: 90,
      accuracyMeters: 8,
      statusCode: -1,
    };
    writeSharedRow(bytes, 0, row);
    // As Python's struct packs '<IIIidddfff'.
    expect(bytes.toString('hex')).toBe(
      '010000000200000003000000ffffffff00008056febc78420000000000205a400000000000403e40000048420000b44200000041',
    );
    const read = { ...row, lon: 0 };
    readSharedRow(bytes, 0, read);
    expect(read).toEqual(row);
  });
});
