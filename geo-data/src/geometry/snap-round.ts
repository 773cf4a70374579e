import Flatbush from 'flatbush';

/** Straight pieces on a metric plane, in metres. */
export interface PlaneSegments {
  fromX: Float64Array;
  fromY: Float64Array;
  toX: Float64Array;
  toY: Float64Array;
}

/** Straight pieces that meet at common vertices only. Every vertex lies on the grid of `GRID_METERS`. */
export interface PlanarEdges {
  /** Vertices, in units of the grid: integers. */
  x: Float64Array;
  y: Float64Array;
  /** Vertices at the ends of an edge; no two edges join the same two. */
  from: Uint32Array;
  to: Uint32Array;
  /** Segments that an edge is a piece of: entries `sourceOffset[e] .. sourceOffset[e + 1] - 1` of `source`. */
  sourceOffset: Uint32Array;
  source: Uint32Array;
}

/** 8 mm. Products of differences of such integers are exact for places up to 260 km from the origin of the plane. */
export const GRID_METERS = 1 / 128;
const MOST_UNITS = 2 ** 25;
/** Two or three are usual; rounding moves vertices by less than a unit each. */
const MOST_ROUNDS = 50;

interface Pieces {
  ax: Float64Array;
  ay: Float64Array;
  bx: Float64Array;
  by: Float64Array;
  source: Uint32Array;
}

/**
 * Cuts segments where they cross or touch, on a grid, so that what comes out is planar exactly: orientations and areas of it can be
 * computed without rounding. Nothing moves by more than a unit or two of the grid. Segments that fall together become one edge, those that
 * shrink to a point vanish. O(n log n + crossings) a round.
 * Source: J. D. Hobby, Practical segment intersection with finite precision output, Computational Geometry 13 (1999), repeated until nothing
 * changes as in D. Halperin & E. Packer, Iterated snap rounding, Computational Geometry 23 (2002).
 * @throws RangeError for columns of different lengths, or places that are no numbers or farther than 260 km from the origin.
 */
export function snapRound({ fromX, fromY, toX, toY }: PlaneSegments): PlanarEdges {
  const units = (column: Float64Array) => {
    if (column.length !== fromX.length)
      throw new RangeError(`There are ${column.length} ends, expected ${fromX.length}.`);
    return column.map((meters) => {
      const value = Math.round(meters / GRID_METERS);
      if (!(Math.abs(value) < MOST_UNITS))
        throw new RangeError(
          `An end lies ${meters} m from the origin, expected less than ${MOST_UNITS * GRID_METERS}.`,
        );
      return value;
    });
  };
  let pieces: Pieces = {
    ax: units(fromX),
    ay: units(fromY),
    bx: units(toX),
    by: units(toY),
    source: Uint32Array.from(fromX, (_, i) => i),
  };
  for (let round = 0; ; round++) {
    if (round === MOST_ROUNDS) throw new Error(`Segments still cross after ${round} rounds of rounding.`);
    const cut = cutOnce(pieces);
    if (cut === null) return edgesOf(pieces);
    pieces = cut;
  }
}

/** Exact: the operands are integers below 2^26. */
const turn = (ax: number, ay: number, bx: number, by: number, x: number, y: number): number =>
  (bx - ax) * (y - ay) - (by - ay) * (x - ax);

/** Leads every piece through the grid points it passes; null when none had to be. */
function cutOnce(pieces: Pieces): Pieces | null {
  const { ax, ay, bx, by, source } = pieces;
  const count = ax.length;
  if (count === 0) return null;
  const tree = new Flatbush(count);
  for (let i = 0; i < count; i++)
    tree.add(Math.min(ax[i], bx[i]), Math.min(ay[i], by[i]), Math.max(ax[i], bx[i]), Math.max(ay[i], by[i]));
  tree.finish();
  const points = new Map<number, [number, number]>();
  const note = (x: number, y: number): void => {
    points.set(keyOf(x, y), [x, y]);
  };
  for (let i = 0; i < count; i++) {
    note(ax[i], ay[i]);
    note(bx[i], by[i]);
    const near = tree.search(
      Math.min(ax[i], bx[i]),
      Math.min(ay[i], by[i]),
      Math.max(ax[i], bx[i]),
      Math.max(ay[i], by[i]),
      (j) => j > i,
    );
    for (const j of near) {
      const c = turn(ax[i], ay[i], bx[i], by[i], ax[j], ay[j]);
      const d = turn(ax[i], ay[i], bx[i], by[i], bx[j], by[j]);
      if (c === 0 || d === 0 || c > 0 === d > 0) continue;
      const a = turn(ax[j], ay[j], bx[j], by[j], ax[i], ay[i]);
      const b = turn(ax[j], ay[j], bx[j], by[j], bx[i], by[i]);
      if (a === 0 || b === 0 || a > 0 === b > 0) continue;
      const t = a / (a - b);
      note(Math.round(ax[i] + t * (bx[i] - ax[i])), Math.round(ay[i] + t * (by[i] - ay[i])));
    }
  }
  const all = [...points.values()];
  const pointTree = new Flatbush(all.length);
  for (const [x, y] of all) pointTree.add(x, y);
  pointTree.finish();

  const out = {
    ax: [] as number[],
    ay: [] as number[],
    bx: [] as number[],
    by: [] as number[],
    source: [] as number[],
  };
  let isCut = false;
  for (let i = 0; i < count; i++) {
    if (ax[i] === bx[i] && ay[i] === by[i]) {
      isCut = true;
      continue;
    }
    const [dx, dy] = [bx[i] - ax[i], by[i] - ay[i]];
    const reach = (Math.abs(dx) + Math.abs(dy)) / 2;
    const along = (p: number): number => (all[p][0] - ax[i]) * dx + (all[p][1] - ay[i]) * dy;
    const whole = dx * dx + dy * dy;
    const passed = pointTree
      .search(Math.min(ax[i], bx[i]), Math.min(ay[i], by[i]), Math.max(ax[i], bx[i]), Math.max(ay[i], by[i]), (p) => {
        // The line meets the square of one unit around the point; its own ends are none.
        if (Math.abs(turn(ax[i], ay[i], bx[i], by[i], all[p][0], all[p][1])) > reach) return false;
        const at = along(p);
        return at > 0 && at < whole;
      })
      .sort((p, q) => along(p) - along(q) || p - q);
    let [x, y] = [ax[i], ay[i]];
    for (const p of passed) {
      const [px, py] = all[p];
      out.ax.push(x);
      out.ay.push(y);
      out.bx.push(px);
      out.by.push(py);
      out.source.push(source[i]);
      [x, y] = [px, py];
      isCut = true;
    }
    out.ax.push(x);
    out.ay.push(y);
    out.bx.push(bx[i]);
    out.by.push(by[i]);
    out.source.push(source[i]);
  }
  if (!isCut) return null;
  return {
    ax: Float64Array.from(out.ax),
    ay: Float64Array.from(out.ay),
    bx: Float64Array.from(out.bx),
    by: Float64Array.from(out.by),
    source: Uint32Array.from(out.source),
  };
}

/** One number for a grid point. */
const keyOf = (x: number, y: number): number => (x + MOST_UNITS) * 2 * MOST_UNITS + (y + MOST_UNITS);

/** Pieces with the same ends become one edge. Vertices and edges stand in the order of their first appearance. */
function edgesOf({ ax, ay, bx, by, source }: Pieces): PlanarEdges {
  const vertexOf = new Map<number, number>();
  const x: number[] = [];
  const y: number[] = [];
  const vertexAt = (px: number, py: number): number => {
    const key = keyOf(px, py);
    let vertex = vertexOf.get(key);
    if (vertex === undefined) {
      vertex = x.length;
      vertexOf.set(key, vertex);
      x.push(px);
      y.push(py);
    }
    return vertex;
  };
  const edges = new Map<number, { from: number; to: number; sources: Set<number> }>();
  for (let i = 0; i < ax.length; i++) {
    const [from, to] = [vertexAt(ax[i], ay[i]), vertexAt(bx[i], by[i])];
    const key = Math.min(from, to) * 2 ** 26 + Math.max(from, to);
    const known = edges.get(key);
    if (known === undefined) edges.set(key, { from, to, sources: new Set([source[i]]) });
    else known.sources.add(source[i]);
  }
  const all = [...edges.values()];
  const sourceOffset = new Uint32Array(all.length + 1);
  for (const [edge, { sources }] of all.entries()) sourceOffset[edge + 1] = sourceOffset[edge] + sources.size;
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    from: Uint32Array.from(all, ({ from }) => from),
    to: Uint32Array.from(all, ({ to }) => to),
    sourceOffset,
    source: Uint32Array.from(all.flatMap(({ sources }) => [...sources])),
  };
}
