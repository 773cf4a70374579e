import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeviceAdapter, DeviceMessageError } from './device-adapter.ts';
import { gb28181Adapter } from './gb28181.adapter.ts';
import { jsonPositionAdapter } from './json-position.adapter.ts';
import { osmAndAdapter } from './osmand.adapter.ts';
import { ownTracksAdapter } from './owntracks.adapter.ts';
import { createReception } from './reception.ts';
import { BOUNDS, createGateFixture, NOW_MS, testDevice } from './testing/gate-fixture.ts';

const MESSAGES_PER_ADAPTER = 100_000;

/** Values that once broke something somewhere. */
const ODD_VALUES: unknown[] = [
  [undefined, null, true, [], {}, [[]]],
  [
    0,
    -0,
    -1,
    1e308,
    -1e308,
    1e-320,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    104.06,
    30.64,
    NOW_MS,
    NOW_MS / 1000,
  ],
  ['', ' ', '0', 'NaN', '1e999', '0x1F', '30.64', '\0', '\ud800', '__proto__', 'location', 'MobilePosition'],
  ['2026-11-23T12:00:00', '9999-99-99', '+275760-09-13T00:00:00Z'],
].flat();
const value = fc.oneof(fc.constantFrom(...ODD_VALUES), fc.double(), fc.string({ maxLength: 8 }));

/** A message with the names of the protocol, and what it likes below them. */
const messageOf = (names: readonly string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] }) },
    { weight: 1, arbitrary: value },
    { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) },
  );

const location = messageOf(['timestamp', 'coords', 'extras']);
const coords = messageOf(['latitude', 'longitude', 'speed', 'heading', 'accuracy']);
const adapters: [DeviceAdapter<never>, fc.Arbitrary<unknown>][] = [
  [
    osmAndAdapter,
    fc.oneof(
      fc.record({
        query: fc.dictionary(fc.constantFrom('lat', 'lon', 'location', 'timestamp', 'speed', 'valid', 'status'), value),
        body: value,
      }),
      fc.record({ query: fc.constant({}), body: fc.record({ location, device_id: value }) }),
      fc.record({
        query: fc.constant({}),
        body: fc.record({ location: fc.record({ timestamp: value, coords, extras: value }) }),
      }),
    ),
  ],
  [
    ownTracksAdapter,
    fc.record({
      topic: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
      payload: fc.oneof(
        messageOf(['_type', 'lat', 'lon', 'tst', 'acc', 'vel', 'cog']),
        fc.record({ _type: fc.constant('location'), lat: value, lon: value, tst: value, acc: value, vel: value }),
      ),
    }),
  ],
  [jsonPositionAdapter, messageOf(['device', 'time', 'lon', 'lat', 'speedKmh', 'headingDegrees', 'status'])],
  [
    gb28181Adapter,
    fc.oneof(
      messageOf(['DeviceID', 'CmdType', 'Time', 'Longitude', 'Latitude', 'Speed', 'Direction']),
      fc.record({ Notify: messageOf(['DeviceID', 'Time', 'Longitude', 'Latitude']) }),
    ),
  ],
];

describe.each(adapters.map(([adapter, messages]) => ({ protocol: adapter.protocol, adapter, messages })))(
  `$protocol: ${MESSAGES_PER_ADAPTER} malformed messages`,
  ({ adapter, messages }) => {
    it('are refused or judged, never crash, and leave nothing behind', async () => {
      const { ingest, tracked, quarantined } = createGateFixture();
      const reception = createReception({ ingest, countFix: () => {}, countMessage: () => {} });
      const device = testDevice({ messagesPerMinute: 1_000_000 });
      let positions = 0;
      let unread = 0;
      fc.assert(
        fc.property(messages, (message) => {
          adapter.identifierOf(message as never);
          reception.admit(device, adapter.protocol, message, NOW_MS);
          try {
            reception.read(device, adapter, message as never, NOW_MS, () => positions++);
          } catch (cause) {
            if (!(cause instanceof DeviceMessageError)) throw cause;
            unread++;
          }
        }),
        { numRuns: MESSAGES_PER_ADAPTER, seed: 28181 },
      );
      expect(device.messages).toBe(MESSAGES_PER_ADAPTER);
      expect(unread).toBeGreaterThan(MESSAGES_PER_ADAPTER / 4);
      expect(device.accepted + device.refused).toBe(positions + unread);
      for (const { lon, lat, fixedAtMs } of tracked) {
        expect(lon).toBeGreaterThan(BOUNDS.west - 0.02);
        expect(lat).toBeLessThan(BOUNDS.north + 0.02);
        expect(fixedAtMs).toBeLessThanOrEqual(NOW_MS + 60_000);
      }
      expect((await quarantined()).length).toBeLessThanOrEqual(50);
    }, 120_000);
  },
);
