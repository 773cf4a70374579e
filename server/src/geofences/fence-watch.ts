import {
  createFenceTracker,
  type FenceCrossing,
  type FenceTracker,
  isActiveAt,
  type TrackedFence,
  type WeekWindow,
} from '@xunfang/geo-data/geofences';
import { createLocalPlane } from '@xunfang/geo-data/geometry';
import type { FastifyBaseLogger } from 'fastify';
import { localDayAndMinute, weekWindowsOf } from './fence-hours.ts';
import type { FenceRow, GeofencesRepository } from './geofences.repository.ts';

interface WatchDeps {
  repository: Pick<GeofencesRepository, 'bureaus' | 'list' | 'presence' | 'unitsOf'>;
  write: (bureauId: number, crossings: readonly FenceCrossing[]) => Promise<void>;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}

interface WatchedFence {
  id: number;
  windows: readonly WeekWindow[];
}
/** One bureau's fences and who is in them, as far as this process has seen. */
interface WatchedBureau {
  timeZone: string;
  tracker: FenceTracker;
  fences: readonly WatchedFence[];
  active: Set<number>;
  kindOfUnit: Map<number, string>;
  /** Crossings that are not stored yet, oldest first. */
  unwritten: FenceCrossing[];
}
interface PendingFix {
  bureauId: number;
  unitId: number;
  lon: number;
  lat: number;
  atMs: number;
  accuracyMeters: number;
}

/** A fix alone proves nothing. */
const CONFIRM_FIXES = 2;
/** Between two ticks; more than a process can take in. */
const MOST_PENDING = 200_000;
const MOST_UNWRITTEN = 10_000;

/**
 * Watches the fences beside the way of positions: a fix costs one push, and once a tick all of them are looked at together. Each process
 * looks at the fixes it has received; who is inside is stored, so that a restart, and a unit whose device moves to another process, say nothing twice.
 */
export function createFenceWatch({ repository, write, now, log }: WatchDeps) {
  const bureaus = new Map<number, WatchedBureau>();
  let pending: PendingFix[] = [];
  let dropped = 0;
  let turn = Promise.resolve();

  /** One after the other: a tick must not see half of a reload. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function watched(bureauId: number): Promise<WatchedBureau | undefined> {
    if (!bureaus.has(bureauId)) await loadBureaus();
    return bureaus.get(bureauId);
  }

  async function loadBureaus(): Promise<void> {
    for (const { id, timeZone, lon, lat } of await repository.bureaus()) {
      if (bureaus.has(id)) continue;
      const bureau: WatchedBureau = {
        timeZone,
        tracker: createFenceTracker(createLocalPlane(lon, lat)),
        fences: [],
        active: new Set(),
        kindOfUnit: new Map(),
        unwritten: [],
      };
      await loadUnits(id, bureau);
      await loadFences(id, bureau);
      await loadPresence(id, bureau);
      bureaus.set(id, bureau);
    }
  }

  async function loadUnits(bureauId: number, bureau: WatchedBureau): Promise<void> {
    bureau.kindOfUnit = new Map((await repository.unitsOf(bureauId)).map(({ id, kind }) => [id, kind]));
  }

  async function loadFences(bureauId: number, bureau: WatchedBureau): Promise<void> {
    const rows = await repository.list(bureauId);
    bureau.fences = rows.map(({ id, windows }) => ({ id, windows: weekWindowsOf(windows) }));
    bureau.tracker.setFences(rows.map((fence) => trackedFence(fence, bureau)));
  }

  async function loadPresence(bureauId: number, { tracker, unwritten }: WatchedBureau): Promise<void> {
    const key = (unitId: number, fenceId: number) => `${unitId} ${fenceId}`;
    // What this process knows and has not stored yet is newer than what is stored.
    const newer = new Set(unwritten.map(({ unitId, fenceId }) => key(unitId, fenceId)));
    const stored = new Set<string>();
    for (const { unit_id: unitId, geofence_id: fenceId } of await repository.presence(bureauId)) {
      stored.add(key(unitId, fenceId));
      if (!newer.has(key(unitId, fenceId))) tracker.setInside(unitId, fenceId, true);
    }
    const gone: [number, number][] = [];
    tracker.eachInside((unitId, fenceId) => {
      if (!stored.has(key(unitId, fenceId)) && !newer.has(key(unitId, fenceId))) gone.push([unitId, fenceId]);
    });
    for (const [unitId, fenceId] of gone) tracker.setInside(unitId, fenceId, false);
  }

  function lookAtHours(bureau: WatchedBureau): void {
    const { day, minute } = localDayAndMinute(bureau.timeZone, now());
    bureau.active.clear();
    for (const { id, windows } of bureau.fences) if (isActiveAt(windows, day, minute)) bureau.active.add(id);
  }

  async function store(bureauId: number, bureau: WatchedBureau): Promise<void> {
    const batch = bureau.unwritten;
    if (batch.length === 0) return;
    try {
      await write(bureauId, batch);
      bureau.unwritten = [];
    } catch (cause) {
      if (batch.length > MOST_UNWRITTEN) bureau.unwritten = batch.slice(-MOST_UNWRITTEN);
      log.error({ err: cause, bureauId, waiting: batch.length }, 'crossings of fences could not be stored');
    }
  }

  return {
    take(bureauId: number, unitId: number, lon: number, lat: number, atMs: number, accuracyMeters: number): void {
      if (bureaus.get(bureauId)?.fences.length === 0) return;
      if (pending.length < MOST_PENDING) pending.push({ bureauId, unitId, lon, lat, atMs, accuracyMeters });
      else dropped++;
    },

    tick: () =>
      inTurn(async () => {
        const fixes = pending;
        pending = [];
        const looked = new Set<number>();
        for (const { bureauId, unitId, lon, lat, atMs, accuracyMeters } of fixes) {
          // Nothing is awaited for a bureau that is known, which is every one but a new one.
          const bureau = bureaus.get(bureauId) ?? (await watched(bureauId));
          if (bureau === undefined || bureau.fences.length === 0) continue;
          if (!looked.has(bureauId)) {
            looked.add(bureauId);
            lookAtHours(bureau);
          }
          bureau.tracker.note(unitId, lon, lat, atMs, accuracyMeters, (crossing) => bureau.unwritten.push(crossing));
        }
        for (const [bureauId, bureau] of bureaus) await store(bureauId, bureau);
      }),

    loadAll: () => inTurn(loadBureaus),
    reloadFences: (bureauId: number) => inTurn(() => withBureau(bureauId, loadFences)),
    reloadPresence: (bureauId: number) => inTurn(() => withBureau(bureauId, loadPresence)),
    reloadUnits: (bureauId: number) => inTurn(() => withBureau(bureauId, loadUnits)),
    /** Fixes that were not looked at: more than a tick can hold. */
    dropped: () => dropped,
  };

  async function withBureau(
    bureauId: number,
    load: (bureauId: number, bureau: WatchedBureau) => Promise<void>,
  ): Promise<void> {
    const bureau = await watched(bureauId);
    if (bureau !== undefined) await load(bureauId, bureau);
  }
}

function trackedFence(fence: FenceRow, bureau: WatchedBureau): TrackedFence {
  const { id, area, margin_meters: marginMeters, confirm_seconds: confirmSeconds } = fence;
  const units = new Set(fence.unit_ids);
  const kinds = new Set(fence.unit_kinds);
  const everybody = units.size === 0 && kinds.size === 0;
  return {
    id,
    geometry: area,
    marginMeters,
    confirmFixes: CONFIRM_FIXES,
    confirmMs: confirmSeconds * 1000,
    holdsFor: (unitId) =>
      bureau.active.has(id) && (everybody || units.has(unitId) || kinds.has(bureau.kindOfUnit.get(unitId) ?? '')),
  };
}
