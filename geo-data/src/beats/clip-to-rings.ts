import type { PlaneRings } from './plane-rings.ts';

/** What of a convex cell lies inside the rings. */
export interface ClippedCell {
  areaM2: number;
  /** Centroid of that part. */
  x: number;
  y: number;
  /** Length of the rings inside the cell. */
  ringMeters: number;
}

/**
 * Clips the rings to a convex, counter-clockwise cell (Sutherland and Hodgman 1974) and measures what is left. The rings may
 * be concave: the bridges that the method leaves along the cell's edges enclose nothing, so signed areas are exact.
 * O(vertices of rings × edges of cell).
 */
export function clipToRings(cellX: ArrayLike<number>, cellY: ArrayLike<number>, rings: PlaneRings): ClippedCell {
  const result: ClippedCell = { areaM2: 0, x: 0, y: 0, ringMeters: 0 };
  // Relative to the cell, so that the moments of a small cell far from the origin keep their digits.
  const [originX, originY] = [cellX[0], cellY[0]];
  let momentX = 0;
  let momentY = 0;
  for (let r = 0; r + 1 < rings.ringOffset.length; r++) {
    const [start, end] = [rings.ringOffset[r], rings.ringOffset[r + 1]];
    for (let i = start, j = end - 1; i < end; j = i++) {
      result.ringMeters += metersInside(rings.x[j], rings.y[j], rings.x[i], rings.y[i], cellX, cellY);
    }
    let px: number[] = Array.from(rings.x.subarray(start, end));
    let py: number[] = Array.from(rings.y.subarray(start, end));
    for (let e = 0; e < cellX.length && px.length > 0; e++) {
      const f = (e + 1) % cellX.length;
      [px, py] = clipToHalfPlane(px, py, cellX[e], cellY[e], cellX[f], cellY[f]);
    }
    for (let i = 0, j = px.length - 1; i < px.length; j = i++) {
      const [ax, ay, bx, by] = [px[j] - originX, py[j] - originY, px[i] - originX, py[i] - originY];
      const cross = ax * by - bx * ay;
      result.areaM2 += cross / 2;
      momentX += ((ax + bx) * cross) / 6;
      momentY += ((ay + by) * cross) / 6;
    }
  }
  if (result.areaM2 > 0) {
    result.x = originX + momentX / result.areaM2;
    result.y = originY + momentY / result.areaM2;
  }
  return result;
}

/** Keeps what lies left of the line from a to b. O(vertices). */
export function clipToHalfPlane(
  px: ArrayLike<number>,
  py: ArrayLike<number>,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): [number[], number[]] {
  const outX: number[] = [];
  const outY: number[] = [];
  const side = (x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  let fromSide = side(px[px.length - 1], py[py.length - 1]);
  for (let i = 0, j = px.length - 1; i < px.length; j = i++) {
    const toSide = side(px[i], py[i]);
    if (fromSide > 0 !== toSide > 0) {
      const t = fromSide / (fromSide - toSide);
      outX.push(px[j] + t * (px[i] - px[j]));
      outY.push(py[j] + t * (py[i] - py[j]));
    }
    if (toSide > 0) {
      outX.push(px[i]);
      outY.push(py[i]);
    }
    fromSide = toSide;
  }
  return [outX, outY];
}

/** Length of a segment inside a convex, counter-clockwise cell (Cyrus and Beck 1978). */
function metersInside(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cellX: ArrayLike<number>,
  cellY: ArrayLike<number>,
): number {
  let enter = 0;
  let leave = 1;
  for (let e = 0; e < cellX.length; e++) {
    const f = (e + 1) % cellX.length;
    const edgeX = cellX[f] - cellX[e];
    const edgeY = cellY[f] - cellY[e];
    const atStart = edgeX * (ay - cellY[e]) - edgeY * (ax - cellX[e]);
    const change = edgeX * (by - ay) - edgeY * (bx - ax);
    if (change === 0) {
      if (atStart <= 0) return 0;
    } else if (change > 0) enter = Math.max(enter, -atStart / change);
    else leave = Math.min(leave, -atStart / change);
    if (enter >= leave) return 0;
  }
  return (leave - enter) * Math.hypot(bx - ax, by - ay);
}

/** Length of the part of a segment that lies inside the rings. O(vertices of rings) per crossing. */
export function segmentMetersInside(ax: number, ay: number, bx: number, by: number, rings: PlaneRings): number {
  const cuts = [0, 1];
  forEachRingSegment(rings, (cx, cy, dx, dy) => {
    const denominator = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
    if (denominator === 0) return;
    const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / denominator;
    const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / denominator;
    if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t);
  });
  cuts.sort((p, q) => p - q);
  let share = 0;
  for (let i = 1; i < cuts.length; i++) {
    const t = (cuts[i - 1] + cuts[i]) / 2;
    if (isInsideRings(ax + t * (bx - ax), ay + t * (by - ay), rings)) share += cuts[i] - cuts[i - 1];
  }
  return share * Math.hypot(bx - ax, by - ay);
}

/** Even-odd test. */
function isInsideRings(x: number, y: number, rings: PlaneRings): boolean {
  let inside = false;
  forEachRingSegment(rings, (cx, cy, dx, dy) => {
    if (cy > y !== dy > y && x < ((dx - cx) * (y - cy)) / (dy - cy) + cx) inside = !inside;
  });
  return inside;
}

function forEachRingSegment(
  { x, y, ringOffset }: PlaneRings,
  visit: (ax: number, ay: number, bx: number, by: number) => void,
): void {
  for (let r = 0; r + 1 < ringOffset.length; r++) {
    for (let i = ringOffset[r], j = ringOffset[r + 1] - 1; i < ringOffset[r + 1]; j = i++)
      visit(x[j], y[j], x[i], y[i]);
  }
}
