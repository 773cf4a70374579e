import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { panTimeline, seekTimeline, showPeriod, useTimeline, zoomTimeline, zoomToPeriod } from './timeline-store.ts';

const PERIOD = { fromSeconds: 1000, toSeconds: 1000 + 4 * 3600 };

describe('the window on the timeline', () => {
  beforeEach(() => {
    // Where there is no screen there are no frames to wait for.
    globalThis.cancelAnimationFrame ??= () => {};
    showPeriod(PERIOD);
  });

  it('stays within the period, and the cursor within the window when it moves, whatever is done', () => {
    const instant = fc.double({ min: 0, max: 30_000, noNaN: true });
    const action = fc.oneof(
      fc.tuple(fc.constant('zoom' as const), fc.double({ min: 0.1, max: 10, noNaN: true }), instant),
      fc.tuple(fc.constant('pan' as const), fc.double({ min: -20_000, max: 20_000, noNaN: true }), instant),
      fc.tuple(fc.constant('seek' as const), fc.constant(0), instant),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        zoomToPeriod();
        for (const [kind, amount, at] of actions) {
          if (kind === 'zoom') zoomTimeline(amount, at);
          else if (kind === 'pan') panTimeline(amount);
          else seekTimeline(at);
          const { viewFrom, viewTo, cursorSeconds } = useTimeline.getState();
          expect(viewTo - viewFrom).toBeGreaterThanOrEqual(120 - 1e-6);
          expect(viewFrom).toBeGreaterThanOrEqual(PERIOD.fromSeconds - 1e-6);
          expect(viewTo).toBeLessThanOrEqual(PERIOD.toSeconds + 1e-6);
          expect(cursorSeconds).toBeGreaterThanOrEqual(PERIOD.fromSeconds);
          expect(cursorSeconds).toBeLessThanOrEqual(PERIOD.toSeconds);
          if (kind !== 'seek') continue;
          expect(cursorSeconds).toBeGreaterThanOrEqual(viewFrom - 1e-6);
          expect(cursorSeconds).toBeLessThanOrEqual(viewTo + 1e-6);
        }
      }),
    );
  });

  it('keeps the instant under the pointer where it is while it zooms', () => {
    zoomTimeline(2, 8200);
    const { viewFrom, viewTo } = useTimeline.getState();
    expect((8200 - viewFrom) / (viewTo - viewFrom)).toBeCloseTo(0.5, 9);
    expect(viewTo - viewFrom).toBe(2 * 3600);
  });
});
