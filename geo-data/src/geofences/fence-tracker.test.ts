import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { createFenceTracker, type FenceCrossing, type TrackedFence } from './create-fence-tracker.ts';
import { anyFence, PLANE, starRing } from './fixtures/star-fence.ts';

const UNIT = 7;
const MARGIN_METERS = 20;
const square: Polygon = { type: 'Polygon', coordinates: [starRing(0, 0, [500, 500, 500, 500])] };

function tracked(geometry: Polygon, changes: Partial<TrackedFence> = {}): TrackedFence {
  return {
    id: 1,
    geometry,
    marginMeters: MARGIN_METERS,
    confirmFixes: 2,
    confirmMs: 0,
    holdsFor: () => true,
    ...changes,
  };
}
function trackerOf(...fences: TrackedFence[]) {
  const tracker = createFenceTracker(PLANE);
  tracker.setFences(fences);
  const crossings: FenceCrossing[] = [];
  return {
    tracker,
    crossings,
    changes: () => crossings.map(({ change }) => change),
    /** Metres on the plane, seconds. */
    note(x: number, y: number, seconds: number, accuracyMeters = Number.NaN) {
      const [lon, lat] = PLANE.pointFromMeters(x, y);
      tracker.note(UNIT, lon, lat, seconds * 1000, accuracyMeters, (crossing) => crossings.push(crossing));
    },
  };
}

describe('a unit that drives through', () => {
  it('enters and leaves once each, at the first fix beyond the border', () => {
    const { note, crossings } = trackerOf(tracked(square));
    for (let second = 0; second <= 100; second++) note(-1000 + 20 * second, 0, second);
    expect(crossings.map(({ change, atMs }) => [change, atMs])).toEqual([
      ['enter', 27_000],
      ['exit', 77_000],
    ]);
    const [x] = PLANE.pointToMeters(crossings[0].lon, crossings[0].lat);
    expect(x).toBeCloseTo(-460, 3);
  });

  it('is in no hole', () => {
    const holed: Polygon = {
      type: 'Polygon',
      coordinates: [...square.coordinates, starRing(0, 0, [200, 200, 200, 200])],
    };
    const { note, changes } = trackerOf(tracked(holed));
    for (let second = 0; second <= 100; second++) note(-1000 + 20 * second, 0, second);
    expect(changes()).toEqual(['enter', 'exit', 'enter', 'exit']);
  });

  it('counts when it was beyond for as many fixes and as long as asked', () => {
    const { note, changes } = trackerOf(tracked(square, { confirmFixes: 3, confirmMs: 10_000 }));
    for (const second of [1, 2, 3, 4]) note(0, 0, second);
    expect(changes()).toEqual([]);
    note(0, 0, 11);
    expect(changes()).toEqual(['enter']);
    note(800, 0, 12);
    note(0, 0, 13);
    for (const second of [14, 15, 24]) note(800, 0, second);
    expect(changes()).toEqual(['enter', 'exit']);
  });

  it('is believed less the less accurate its fixes are', () => {
    const { note, changes } = trackerOf(tracked(square));
    for (let second = 0; second < 10; second++) note(-440, 0, second, 100);
    expect(changes()).toEqual([]);
    for (let second = 10; second < 20; second++) note(-440, 0, second, 5);
    expect(changes()).toEqual(['enter']);
  });

  it('enters a fence that is narrower than the margin', () => {
    const { note, changes } = trackerOf(tracked({ type: 'Polygon', coordinates: [starRing(0, 0, [20, 20, 20, 20])] }));
    for (let second = 0; second < 3; second++) note(0, 0, second);
    for (let second = 3; second < 6; second++) note(100, 0, second);
    expect(changes()).toEqual(['enter', 'exit']);
  });
});

describe('noise', () => {
  it('of less than the margin about one place never makes two crossings', () => {
    const scenario = fc.record({
      fence: fc.oneof(
        anyFence,
        fc.double({ min: 5, max: 60, noNaN: true }).map(
          (radius): Polygon => ({
            type: 'Polygon',
            coordinates: [
              starRing(
                300,
                0,
                Array.from({ length: 8 }, () => radius),
              ),
            ],
          }),
        ),
      ),
      x: fc.double({ min: -850, max: 850, noNaN: true }),
      y: fc.double({ min: -850, max: 850, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(scenario, ({ fence, x, y, seed }) => {
        const { note, changes } = trackerOf(tracked(fence, { confirmFixes: 1 }));
        const random = createSeededRandom(seed);
        for (let second = 0; second < 200; second++) {
          const [turn, radius] = [random.uniform() * 2 * Math.PI, MARGIN_METERS * 0.999 * Math.sqrt(random.uniform())];
          note(x + radius * Math.cos(turn), y + radius * Math.sin(turn), second);
        }
        expect(changes().length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('does cross where it is larger than the margin, so that the test above can fail', () => {
    const { note, changes } = trackerOf(tracked(square, { confirmFixes: 1 }));
    for (let second = 0; second < 20; second++) note(second % 2 === 0 ? -450 : -550, 0, second);
    expect(changes().length).toBeGreaterThan(10);
  });
});

describe('fixes that come late', () => {
  it('change nothing: what is left are the crossings of those that were newest when they came', () => {
    const fix = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      second: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(fix, { maxLength: 60 }), (fixes) => {
        const all = trackerOf(tracked(square));
        const inOrder = trackerOf(tracked(square));
        let newest = -1;
        for (const { x, second } of fixes) {
          all.note(x, 0, second);
          if (second > newest) inOrder.note(x, 0, second);
          newest = Math.max(newest, second);
        }
        expect(all.crossings).toEqual(inOrder.crossings);
      }),
    );
  });

  it('that have no time change nothing', () => {
    const { note, changes } = trackerOf(tracked(square));
    for (let i = 0; i < 5; i++) note(0, 0, Number.NaN);
    expect(changes()).toEqual([]);
  });
});

describe('what is known before', () => {
  it('is not said again after a restart, and what happened meanwhile is', () => {
    const { tracker, note, changes } = trackerOf(tracked(square));
    tracker.setInside(UNIT, 1, true);
    for (let second = 0; second < 5; second++) note(0, 0, second);
    expect(changes()).toEqual([]);
    for (let second = 5; second < 10; second++) note(900, 0, second);
    expect(changes()).toEqual(['exit']);
  });

  it('stays when fences change, unless the fence is gone', () => {
    const { tracker, note, changes } = trackerOf(tracked(square));
    for (let second = 0; second < 5; second++) note(0, 0, second);
    tracker.setFences([tracked(square, { marginMeters: 30 })]);
    for (let second = 5; second < 10; second++) note(0, 0, second);
    expect(changes()).toEqual(['enter']);
    tracker.setFences([]);
    tracker.setFences([tracked(square)]);
    for (let second = 10; second < 15; second++) note(0, 0, second);
    expect(changes()).toEqual(['enter', 'enter']);
  });

  it('is forgotten, without a crossing, where the fence no longer counts for the unit', () => {
    let holds = true;
    const { tracker, note, changes } = trackerOf(tracked(square, { holdsFor: () => holds }));
    for (let second = 0; second < 5; second++) note(0, 0, second);
    holds = false;
    for (let second = 5; second < 10; second++) note(0, 0, second);
    expect(changes()).toEqual(['enter', 'forget']);
    const inside: [number, number][] = [];
    tracker.eachInside((unitId, fenceId) => inside.push([unitId, fenceId]));
    expect(inside).toEqual([]);
  });
});
