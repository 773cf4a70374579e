import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planarFaces } from './planar-faces.ts';
import { GRID_METERS, type PlanarEdges, snapRound } from './snap-round.ts';

type Segment = [ax: number, ay: number, bx: number, by: number];
const columns = (segments: readonly Segment[]) => ({
  fromX: Float64Array.from(segments, ([ax]) => ax),
  fromY: Float64Array.from(segments, ([, ay]) => ay),
  toX: Float64Array.from(segments, ([, , bx]) => bx),
  toY: Float64Array.from(segments, ([, , , by]) => by),
});
const square = (west: number, south: number, side: number): Segment[] => [
  [west, south, west + side, south],
  [west + side, south, west + side, south + side],
  [west + side, south + side, west, south + side],
  [west, south + side, west, south],
];
const twiceAreas = (edges: PlanarEdges): number[] => {
  const { count, leftFace, rightFace } = planarFaces(edges);
  const twice = Array.from({ length: count }, () => 0);
  for (const [edge, a] of edges.from.entries()) {
    const b = edges.to[edge];
    const cross = edges.x[a] * edges.y[b] - edges.x[b] * edges.y[a];
    twice[leftFace[edge]] += cross;
    twice[rightFace[edge]] -= cross;
  }
  return twice;
};
const inM2 = (twice: number) => (twice / 2) * GRID_METERS ** 2;

describe('snapRound', () => {
  // Few places, many coincidences: ends on segments, common pieces, crossings at ends, points.
  const coarse = fc.integer({ min: 0, max: 6 });
  const fine = fc.double({ min: 0, max: 6, noNaN: true });
  const anySegments = fc.oneof(
    fc.array(fc.tuple(coarse, coarse, coarse, coarse), { maxLength: 25 }),
    fc.array(fc.tuple(fine, fine, fine, fine), { maxLength: 25 }),
  );

  it('leaves edges that meet at common vertices only, and moves nothing far', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const { x, y, from, to, source, sourceOffset } = snapRound(columns(segments));
        const side = (a: number, b: number, v: number) =>
          Math.sign((x[b] - x[a]) * (y[v] - y[a]) - (y[b] - y[a]) * (x[v] - x[a]));
        for (const [e, a] of from.entries()) {
          const b = to[e];
          for (let v = 0; v < x.length; v++) {
            const within =
              Math.min(x[a], x[b]) <= x[v] &&
              x[v] <= Math.max(x[a], x[b]) &&
              Math.min(y[a], y[b]) <= y[v] &&
              y[v] <= Math.max(y[a], y[b]);
            if (v !== a && v !== b && within) expect(side(a, b, v)).not.toBe(0);
          }
          for (let f = e + 1; f < from.length; f++) {
            const [c, d] = [from[f], to[f]];
            const crosses = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
            expect(crosses).toBe(false);
          }
          for (const of of source.subarray(sourceOffset[e], sourceOffset[e + 1])) {
            const [ax, ay, bx, by] = segments[of];
            for (const v of [a, b]) {
              const [px, py] = [x[v] * GRID_METERS - ax, y[v] * GRID_METERS - ay];
              const length = Math.hypot(bx - ax, by - ay);
              const off = length === 0 ? Math.hypot(px, py) : Math.abs((px * (by - ay) - py * (bx - ax)) / length);
              expect(off).toBeLessThan(3 * GRID_METERS);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('says what is no place', () => {
    expect(() => snapRound(columns([[0, 0, Number.NaN, 1]]))).toThrow('An end lies NaN m from the origin');
    expect(() => snapRound({ ...columns([[0, 0, 1, 1]]), toX: new Float64Array(2) })).toThrow(
      'There are 2 ends, expected 1.',
    );
  });
});

describe('planarFaces', () => {
  it('divides the plane as Euler says, and all areas together are none', () => {
    const place = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place, place, place), { maxLength: 20 }), (segments) => {
        const edges = snapRound(columns(segments));
        const twice = twiceAreas(edges);
        // Vertices - edges + faces = 1 + components.
        const parent = Array.from(edges.x.keys());
        const find = (v: number): number => (parent[v] === v ? v : find(parent[v]));
        for (const [edge, a] of edges.from.entries()) parent[find(a)] = find(edges.to[edge]);
        const components = parent.filter((of, v) => of === v).length;
        expect(edges.x.length - edges.from.length + twice.length).toBe(1 + components);
        expect(twice.reduce((sum, area) => sum + area, 0)).toBe(0);
        for (const area of twice.slice(1)) expect(area).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('lays what touches nothing into the face around it, however deep', () => {
    const nested = [
      square(0, 0, 8),
      square(1, 1, 6),
      square(2, 2, 2),
      square(2.5, 2.5, 1),
      square(5, 2, 1),
      [[5, 5, 6, 6] as Segment],
    ];
    const edges = snapRound(columns(nested.flat()));
    expect(twiceAreas(edges).map(inM2)).toEqual([-64, 64 - 36, 36 - 4 - 1, 4 - 1, 1, 1]);
  });
});
