import type { UnitKind } from '@xunfang/geo-data/units';
import { type BureauRules, createBureauRules } from '../bureau-rules.ts';
import { createFix, type Fix } from '../device-adapter.ts';
import { createLivePositions, type LivePositions } from '../live-positions.ts';
import { createPositionIngest, type PositionIngest } from '../position-ingest.ts';
import { positionSettingsOf } from '../position-settings.ts';
import type { NewQuarantinedFix } from '../quarantine.repository.ts';
import { createQuarantine } from '../quarantine.ts';
import { createRegisteredDevice, type DeviceSettings, type RegisteredDevice } from '../registered-device.ts';

export const NOW_MS = Date.UTC(2026, 10, 23, 4);
export const BUREAU = 1;
/** Of the square that is the bureau, in Chengdu: 9.6 km by 11.1 km. */
export const BOUNDS = { west: 104, south: 30.6, east: 104.1, north: 30.7 };
const { west, south, east, north } = BOUNDS;

/** Rules of the square with its margin, for units of these kinds by slot. */
export function squareRules(kinds: readonly UnitKind[], marginMeters = 1000): BureauRules {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const boundary = { type: 'Polygon' as const, coordinates: [ring] };
  return createBureauRules(
    boundary,
    positionSettingsOf({}, marginMeters),
    kinds.map((kind) => ({ kind })),
  );
}

export const fixAt = (secondsAgo: number, change: Partial<Fix> = {}): Fix => ({
  ...createFix(),
  lon: 104.05,
  lat: 30.65,
  fixedAtMs: NOW_MS - secondsAgo * 1000,
  ...change,
});

export const testDevice = (change: Partial<DeviceSettings> = {}): RegisteredDevice =>
  createRegisteredDevice({ id: 9, bureauId: BUREAU, identifier: 'phone', unitId: 11, ...change });

export interface GateFixture {
  positions: LivePositions;
  ingest: PositionIngest;
  tracked: { unitId: number; lon: number; lat: number; fixedAtMs: number; statusCode: number }[];
  /** What is in quarantine, once it was flushed. */
  quarantined(): Promise<NewQuarantinedFix[]>;
}

/** The whole way of a position but for the database, for three cars. */
export function createGateFixture(unitIds: readonly number[] = [11, 12, 13]): GateFixture {
  const positions = createLivePositions();
  positions.setRoster({ bureauId: BUREAU, revision: 1, bounds: BOUNDS, unitIds });
  const tracked: GateFixture['tracked'] = [];
  const stored: NewQuarantinedFix[] = [];
  const quarantine = createQuarantine({
    insert: async (fixes) => {
      stored.push(...fixes);
    },
  });
  const rules = squareRules(unitIds.map(() => 'car'));
  const ingest = createPositionIngest({
    positions,
    tracks: {
      add: (_device, unitId, { lon, lat, fixedAtMs }, statusCode) =>
        tracked.push({ unitId, lon, lat, fixedAtMs, statusCode }),
    },
    rulesOf: (bureauId) => (bureauId === BUREAU ? rules : undefined),
    quarantine,
  });
  return {
    positions,
    ingest,
    tracked,
    quarantined: async () => {
      await quarantine.flush();
      return stored;
    },
  };
}
