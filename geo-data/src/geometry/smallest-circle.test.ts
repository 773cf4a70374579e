import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestCircle } from './smallest-circle.ts';

const coordinate = fc.oneof(fc.double({ min: -1000, max: 1000, noNaN: true }), fc.integer({ min: -3, max: 3 }));

/** The smallest of all circles on two and through three points that hold every point. */
function bruteForce(x: number[], y: number[]): number {
  let best = x.length === 1 ? 0 : Infinity;
  const consider = (cx: number, cy: number): void => {
    best = Math.min(best, Math.max(...x.map((px, i) => Math.hypot(px - cx, y[i] - cy))));
  };
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      consider((x[i] + x[j]) / 2, (y[i] + y[j]) / 2);
      for (let k = 0; k < j; k++) {
        const d = 2 * (x[i] * (y[j] - y[k]) + x[j] * (y[k] - y[i]) + x[k] * (y[i] - y[j]));
        if (Math.abs(d) < 1e-9) continue;
        const [a, b, c] = [i, j, k].map((p) => x[p] ** 2 + y[p] ** 2);
        consider(
          (a * (y[j] - y[k]) + b * (y[k] - y[i]) + c * (y[i] - y[j])) / d,
          (a * (x[k] - x[j]) + b * (x[i] - x[k]) + c * (x[j] - x[i])) / d,
        );
      }
    }
  }
  return best;
}

describe('smallestCircle', () => {
  it('holds every point and is as small as the smallest of all circles on two or three of them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 }), (points) => {
        const [x, y] = [points.map(([px]) => px), points.map(([, py]) => py)];
        const circle = smallestCircle(x, y);
        for (const [px, py] of points) {
          expect(Math.hypot(px - circle.x, py - circle.y)).toBeLessThanOrEqual(circle.radius * (1 + 1e-9) + 1e-9);
        }
        expect(circle.radius).toBeLessThanOrEqual(bruteForce(x, y) * (1 + 1e-6) + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('knows a square, a line, a point and nothing', () => {
    expect(smallestCircle([0, 2, 2, 0], [0, 0, 2, 2])).toEqual({ x: 1, y: 1, radius: Math.SQRT2 });
    expect(smallestCircle([0, 1, 4], [0, 1, 4]).radius).toBeCloseTo(Math.hypot(4, 4) / 2, 12);
    expect(smallestCircle([5], [6])).toEqual({ x: 5, y: 6, radius: 0 });
    expect(smallestCircle([], []).radius).toBeNaN();
  });
});
