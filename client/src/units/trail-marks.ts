import type { Trail } from '@xunfang/geo-data/contract';

/** A label along the trail each so many minutes, so that some six of them stand there. */
const MARK_MINUTES = [1, 2, 5, 10, 15, 30, 60] as const;
const MOST_MARKS = 6;

/** Rows of the first fix after each full step of minutes. */
export function markRows(points: Trail['points']): number[] {
  if (points.length < 2) return [];
  const spanMinutes = (points[points.length - 1][2] - points[0][2]) / 60;
  const step = 60 * (MARK_MINUTES.find((minutes) => spanMinutes / minutes <= MOST_MARKS) ?? 60);
  const rows: number[] = [];
  for (let row = 1; row < points.length; row++)
    if (Math.floor(points[row][2] / step) > Math.floor(points[row - 1][2] / step)) rows.push(row);
  return rows;
}

/** Longer silence leaves a hole in the line: nobody knows the way through it. */
const HOLE_SECONDS = 120;

/** Rows `[from, to)` of the stretches of a trail without such a silence. */
export function stretches(points: Trail['points']): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from = 0;
  for (let row = 1; row <= points.length; row++) {
    if (row < points.length && points[row][2] - points[row - 1][2] <= HOLE_SECONDS) continue;
    found.push([from, row]);
    from = row;
  }
  return found;
}
