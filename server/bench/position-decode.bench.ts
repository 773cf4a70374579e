import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import type { DeviceAdapter } from '../src/units/device-adapter.ts';
import { gb28181Adapter } from '../src/units/gb28181.adapter.ts';
import { jsonPositionAdapter } from '../src/units/json-position.adapter.ts';
import { createLivePositions } from '../src/units/live-positions.ts';
import { osmAndAdapter } from '../src/units/osmand.adapter.ts';
import { ownTracksAdapter } from '../src/units/owntracks.adapter.ts';
import { createPositionIngest } from '../src/units/position-ingest.ts';
import { createRegisteredDevice } from '../src/units/registered-device.ts';
import { BOUNDS, BUREAU, squareRules } from '../src/units/testing/gate-fixture.ts';
import { createTrackWriter } from '../src/units/track-writer.ts';

const UNITS = 2000;
const [LON, LAT] = [104.05, 30.65];

/** The path of a position without network and database: decode, judge, write, encode for the track. JT/T 808 has a bench of its own. */
export const bench: Bench = {
  name: 'position decode',
  run: async () => [
    await inProcess(osmAndAdapter, (timeMs) => ({
      query: {
        lat: `${LAT}`,
        lon: `${LON}`,
        timestamp: `${timeMs}`,
        speed: '12.5',
        bearing: '90',
        status: 'patrolling',
      },
      body: undefined,
    })),
    await inProcess(ownTracksAdapter, (timeMs) => ({
      payload: { _type: 'location', lat: LAT, lon: LON, tst: Math.floor(timeMs / 1000), acc: 5, vel: 23, cog: 90 },
    })),
    await inProcess(jsonPositionAdapter, (timeMs) => ({
      device: 'p1',
      time: new Date(timeMs).toISOString(),
      lon: LON,
      lat: LAT,
      speedKmh: 23.1,
      headingDegrees: 90,
      status: 'patrolling',
    })),
    await inProcess(gb28181Adapter, (timeMs) => ({
      DeviceID: 'p1',
      Time: new Date(timeMs + 8 * 3_600_000).toISOString().slice(0, 19),
      Longitude: LON,
      Latitude: LAT,
      Speed: 23.1,
      Direction: 90,
    })),
  ],
};

async function inProcess<Message>(
  adapter: DeviceAdapter<Message>,
  messageAt: (timeMs: number) => Message,
): Promise<BenchRow> {
  const positions = createLivePositions();
  const unitIds = Array.from({ length: UNITS }, (_, i) => i + 1);
  positions.setRoster({ bureauId: BUREAU, revision: 1, bounds: BOUNDS, unitIds });
  const tracks = createTrackWriter({
    tracks: { ensureDays: () => Promise.resolve(), copy: () => Promise.resolve() },
    onError: (cause) => {
      throw cause;
    },
  });
  const rules = squareRules(unitIds.map(() => 'car'));
  const quarantine = {
    add: (_device: unknown, _fix: unknown, _lon: number, _lat: number, reason: string) => {
      throw new Error(`Refused: ${reason}.`);
    },
  };
  const ingest = createPositionIngest({ positions, tracks, rulesOf: () => rules, quarantine });
  const devices = unitIds.map((unitId) =>
    createRegisteredDevice({ id: unitId, bureauId: BUREAU, identifier: `p${unitId}`, unitId }),
  );
  let timeMs = Date.now() - 1_000_000;
  const timing = await measure(async () => {
    timeMs += 1000;
    const message = messageAt(timeMs);
    for (const device of devices) adapter.decode(message, timeMs, (fix) => ingest(device, fix, timeMs));
    await tracks.flush();
  }, 20);
  return {
    what: `${adapter.protocol}: decode, judge, write and encode ${UNITS} fixes in process`,
    ours: formatMs(timing),
    note: `${((timing.medianMs * 1000) / UNITS).toFixed(2)} µs a fix`,
  };
}
