import type { FenceCrossing } from '@xunfang/geo-data/geofences';
import { createLocalPlane } from '@xunfang/geo-data/geometry';
import { describe, expect, it } from 'vitest';
import { fenceIsActive, localDayAndMinute } from './fence-hours.ts';
import { createFenceWatch } from './fence-watch.ts';
import type { FenceRow, PresenceRow } from './geofences.repository.ts';

const [LON, LAT] = [104, 30];
const PLANE = createLocalPlane(LON, LAT);
const BUREAU = 1;
const corners = [
  [-200, -200],
  [200, -200],
  [200, 200],
  [-200, 200],
  [-200, -200],
].map(([x, y]) => PLANE.pointFromMeters(x, y));

function fenceRow(id: number, fields: Partial<FenceRow> = {}): FenceRow {
  return {
    id,
    bureau_id: BUREAU,
    revision: 1,
    name_zh: '围栏',
    name_en: 'Fence',
    kind: 'watch',
    area: { type: 'Polygon', coordinates: [corners] },
    unit_kinds: [],
    unit_ids: [],
    windows: [],
    margin_meters: 20,
    confirm_seconds: 0,
    changed_by: 'test',
    changed_at: new Date(0),
    ...fields,
  };
}

/** A watch on one bureau with a store that may be out of order, and a unit that reports by metres and seconds. */
async function watchOver(fences: FenceRow[], stored: PresenceRow[] = []) {
  const written: FenceCrossing[][] = [];
  const store = { down: false, presence: stored };
  const watch = createFenceWatch({
    repository: {
      bureaus: () => Promise.resolve([{ id: BUREAU, timeZone: 'Asia/Shanghai', lon: LON, lat: LAT }]),
      list: () => Promise.resolve(fences),
      presence: () => Promise.resolve(store.presence),
      unitsOf: () =>
        Promise.resolve([
          { id: 7, kind: 'car' },
          { id: 8, kind: 'foot' },
        ]),
    },
    write: (_bureauId, crossings) => {
      if (store.down) return Promise.reject(new Error('no database'));
      written.push([...crossings]);
      return Promise.resolve();
    },
    now: () => new Date(),
    log: { error: () => {} },
  });
  await watch.loadAll();
  let second = 0;
  return {
    watch,
    store,
    changes: () => written.flat().map(({ unitId, fenceId, change }) => [unitId, fenceId, change]),
    async drive(unitId: number, x: number) {
      for (let fix = 0; fix < 3; fix++) {
        const [lon, lat] = PLANE.pointFromMeters(x, 0);
        watch.take(BUREAU, unitId, lon, lat, ++second * 1000, Number.NaN);
      }
      await watch.tick();
    },
  };
}

describe('the watch over fences', () => {
  it('keeps crossings, in their order, until the database takes them', async () => {
    const { drive, store, changes, watch } = await watchOver([fenceRow(1)]);
    store.down = true;
    await drive(7, 0);
    await drive(7, 900);
    await drive(7, 0);
    // What is stored is older than what is known here: it does not undo it.
    await watch.reloadPresence(BUREAU);
    expect(changes()).toEqual([]);
    store.down = false;
    await watch.tick();
    const all = [
      [7, 1, 'enter'],
      [7, 1, 'exit'],
      [7, 1, 'enter'],
    ];
    expect(changes()).toEqual(all);
    await watch.tick();
    expect(changes()).toEqual(all);
  });

  it('says nothing of who was inside before, and takes over what another process has seen', async () => {
    const inside = { geofence_id: 1, unit_id: 7, call_sign: 'E-1', since: new Date(0) };
    const { drive, store, changes, watch } = await watchOver([fenceRow(1)], [inside]);
    await drive(7, 0);
    expect(changes()).toEqual([]);
    store.presence = [];
    await watch.reloadPresence(BUREAU);
    await drive(7, 900);
    expect(changes()).toEqual([]);
    await drive(7, 0);
    expect(changes()).toEqual([[7, 1, 'enter']]);
  });

  it('asks each fence only about the units it is for', async () => {
    const { drive, changes } = await watchOver([
      fenceRow(1, { unit_kinds: ['foot'] }),
      fenceRow(2, { unit_ids: [7] }),
      fenceRow(3, { unit_kinds: ['car'], unit_ids: [8] }),
    ]);
    await drive(7, 0);
    await drive(8, 0);
    expect(changes()).toEqual([
      [7, 2, 'enter'],
      [7, 3, 'enter'],
      [8, 1, 'enter'],
      [8, 3, 'enter'],
    ]);
  });

  it('takes nothing in where there is no fence', async () => {
    const { watch, drive, changes } = await watchOver([]);
    await drive(7, 0);
    expect(changes()).toEqual([]);
    expect(watch.dropped()).toBe(0);
  });
});

describe('the hours of a fence', () => {
  it.each([
    // A Monday in Shanghai, still Sunday in UTC; and a Sunday.
    ['2026-11-22T16:30:00Z', 'Asia/Shanghai', { day: 1, minute: 30 }],
    ['2026-11-22T15:59:59Z', 'Asia/Shanghai', { day: 7, minute: 1439 }],
    ['2026-07-01T12:00:00Z', 'America/Chicago', { day: 3, minute: 420 }],
  ])('are those of the bureau: %s in %s', (instant, timeZone, expected) => {
    expect(localDayAndMinute(timeZone, new Date(instant))).toEqual(expected);
  });

  it('are read as hours and minutes', () => {
    const windows = [{ days: [1], from: '08:30', to: '09:00' }];
    expect(fenceIsActive(windows, { day: 1, minute: 510 })).toBe(true);
    expect(fenceIsActive(windows, { day: 1, minute: 540 })).toBe(false);
  });
});
