import type { MultiPolygon, Polygon } from 'geojson';
import type { LocalPlane } from '../geometry/index.ts';
import { createFenceIndex, type FenceIndex } from './create-fence-index.ts';

export interface TrackedFence {
  id: number;
  geometry: Polygon | MultiPolygon;
  /** A unit has crossed when it is farther beyond the border than this. */
  marginMeters: number;
  /** ... in so many fixes one after another ... */
  confirmFixes: number;
  /** ... that span at least this time. */
  confirmMs: number;
  /** Whether the fence counts for the unit now; asked at every fix near it. */
  holdsFor(unitId: number): boolean;
}

/** 'forget': the fence does not count for the unit any more, so that it is not inside either; no crossing. */
export type FenceChange = 'enter' | 'exit' | 'forget';

export interface FenceCrossing {
  unitId: number;
  fenceId: number;
  change: FenceChange;
  /** The first fix beyond the border, and where that was. */
  atMs: number;
  lon: number;
  lat: number;
}

export interface FenceTracker {
  /** Takes these fences instead of those before; who is inside stays inside where the fence stays. */
  setFences(fences: readonly TrackedFence[]): void;
  /** Says who is inside what, as it was stored. */
  setInside(unitId: number, fenceId: number, inside: boolean): void;
  /** Every unit and the fence it is in. */
  eachInside(visit: (unitId: number, fenceId: number) => void): void;
  /** One fix. What is not newer than the unit's newest changes nothing. `accuracyMeters` NaN: not known. */
  note(
    unitId: number,
    lon: number,
    lat: number,
    atMs: number,
    accuracyMeters: number,
    report: (crossing: FenceCrossing) => void,
  ): void;
}

/** A unit and a fence: kept only while the unit is inside, or may be crossing. */
interface Pair {
  inside: boolean;
  /** Fixes one after another on the other side, and the first of them; 0: none. */
  beyond: number;
  sinceMs: number;
  lon: number;
  lat: number;
}
interface TrackedUnit {
  atMs: number;
  pairs: Map<number, Pair>;
}

/**
 * Who crosses which fence. A border is crossed only by going farther beyond it than its margin (or than the fix may be off, if
 * that is more), for as many fixes and as long as the fence asks. From inside by m to outside by m are at least 2m: noise of
 * less than the margin about one place never makes two crossings. In a fence too narrow for its margin, half of its greatest depth
 * suffices to be in, and leaving takes so much more. A unit not known before counts as outside: one found within enters.
 *
 * O(log fences + vertices of the fences nearby) for a fix; memory for units and for pairs that are inside or crossing.
 */
export function createFenceTracker(plane: LocalPlane): FenceTracker {
  let fences: readonly TrackedFence[] = [];
  let index: FenceIndex = createFenceIndex([], plane);
  let placeOfId = new Map<number, number>();
  const units = new Map<number, TrackedUnit>();

  function unitOf(unitId: number): TrackedUnit {
    let unit = units.get(unitId);
    if (unit === undefined) {
      unit = { atMs: Number.NEGATIVE_INFINITY, pairs: new Map() };
      units.set(unitId, unit);
    }
    return unit;
  }

  /** Whether the fix is surely on the other side of the border than the unit is known to be. */
  function isBeyond(place: number, inside: boolean, depthMeters: number, accuracyMeters: number): boolean {
    const needed = Math.max(fences[place].marginMeters, accuracyMeters > 0 ? accuracyMeters : 0);
    const toEnter = Math.min(needed, index.deepestMeters[place] / 2);
    return inside ? depthMeters <= toEnter - 2 * needed : depthMeters >= toEnter;
  }

  return {
    setFences(next) {
      fences = next;
      index = createFenceIndex(
        next.map(({ geometry }) => geometry),
        plane,
      );
      placeOfId = new Map(next.map(({ id }, place) => [id, place]));
      for (const { pairs } of units.values())
        for (const [id, pair] of pairs) {
          pair.beyond = 0;
          if (!pair.inside || !placeOfId.has(id)) pairs.delete(id);
        }
    },

    setInside(unitId, fenceId, inside) {
      const { pairs } = unitOf(unitId);
      if (!inside) pairs.delete(fenceId);
      else if (pairs.get(fenceId)?.inside !== true)
        pairs.set(fenceId, { inside, beyond: 0, sinceMs: 0, lon: 0, lat: 0 });
    },

    eachInside(visit) {
      for (const [unitId, { pairs }] of units)
        for (const [fenceId, { inside }] of pairs) if (inside) visit(unitId, fenceId);
    },

    note(unitId, lon, lat, atMs, accuracyMeters, report) {
      const unit = unitOf(unitId);
      if (!(atMs > unit.atMs)) return;
      unit.atMs = atMs;
      const { pairs } = unit;
      const [x, y] = plane.pointToMeters(lon, lat);
      const near = index.near(x, y);
      for (const place of near) look(place);
      // Those left behind: their boxes no longer hold the unit.
      for (const id of pairs.keys()) {
        const place = placeOfId.get(id);
        if (place === undefined) pairs.delete(id);
        else if (!near.includes(place)) look(place);
      }

      function look(place: number): void {
        const fence = fences[place];
        const pair = pairs.get(fence.id);
        if (!fence.holdsFor(unitId)) {
          pairs.delete(fence.id);
          if (pair?.inside) report({ unitId, fenceId: fence.id, change: 'forget', atMs, lon, lat });
          return;
        }
        const inside = pair?.inside ?? false;
        if (!isBeyond(place, inside, index.depthMeters(place, x, y), accuracyMeters)) {
          if (pair?.inside) pair.beyond = 0;
          else pairs.delete(fence.id);
          return;
        }
        const crossing = pair ?? { inside: false, beyond: 0, sinceMs: atMs, lon, lat };
        if (crossing.beyond === 0) Object.assign(crossing, { sinceMs: atMs, lon, lat });
        crossing.beyond++;
        pairs.set(fence.id, crossing);
        if (crossing.beyond < fence.confirmFixes || atMs - crossing.sinceMs < fence.confirmMs) return;
        crossing.inside = !inside;
        crossing.beyond = 0;
        if (inside) pairs.delete(fence.id);
        report({
          unitId,
          fenceId: fence.id,
          change: inside ? 'exit' : 'enter',
          atMs: crossing.sinceMs,
          lon: crossing.lon,
          lat: crossing.lat,
        });
      }
    },
  };
}
