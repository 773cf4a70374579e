import type { PlaneColumns } from '../geometry/index.ts';

/** Points sorted into the squares of a grid, row by row: bucket b holds the points starts[b] until starts[b + 1]. */
export interface PointBuckets {
  minX: number;
  minY: number;
  sideMeters: number;
  columns: number;
  rows: number;
  starts: Uint32Array;
  xMeters: Float64Array;
  yMeters: Float64Array;
}

/** Squares of side `wishedSideMeters`, or larger ones where there would be many more squares than points. O(n). */
export function bucketPoints(points: PlaneColumns, wishedSideMeters: number): PointBuckets {
  const { xMeters, yMeters } = points;
  const count = xMeters.length;
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(xMeters[i]) || !Number.isFinite(yMeters[i])) {
      throw new Error(`Point ${i} has no finite position: ${xMeters[i]}, ${yMeters[i]}.`);
    }
    minX = Math.min(minX, xMeters[i]);
    maxX = Math.max(maxX, xMeters[i]);
    minY = Math.min(minY, yMeters[i]);
    maxY = Math.max(maxY, yMeters[i]);
  }
  const limit = 4 * count + 1024;
  let sideMeters = wishedSideMeters;
  const across = (side: number): number =>
    (Math.floor((maxX - minX) / side) + 1) * (Math.floor((maxY - minY) / side) + 1);
  while (across(sideMeters) > limit) sideMeters *= 1.5;
  const columns = Math.floor((maxX - minX) / sideMeters) + 1;
  const rows = Math.floor((maxY - minY) / sideMeters) + 1;

  const bucketOf = new Uint32Array(count);
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < count; i++) {
    const column = Math.floor((xMeters[i] - minX) / sideMeters);
    const bucket = Math.floor((yMeters[i] - minY) / sideMeters) * columns + column;
    bucketOf[i] = bucket;
    starts[bucket + 1]++;
  }
  for (let bucket = 0; bucket < columns * rows; bucket++) starts[bucket + 1] += starts[bucket];
  const next = starts.slice();
  const sortedX = new Float64Array(count);
  const sortedY = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const position = next[bucketOf[i]]++;
    sortedX[position] = xMeters[i];
    sortedY[position] = yMeters[i];
  }
  return { minX, minY, sideMeters, columns, rows, starts, xMeters: sortedX, yMeters: sortedY };
}
