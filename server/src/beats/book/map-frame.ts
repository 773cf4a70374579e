import type { Box, Point } from './ground.ts';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A map on a page: what it shows, at a round scale that holds when printed at full size. */
export interface MapFrame extends Rect {
  /** 1 : this. */
  scale: number;
  metersPerPoint: number;
  shown: Box;
  toPage: (point: Point) => [x: number, y: number];
}

const METERS_PER_POINT = 0.0254 / 72;
const ROUND_SCALES = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9];
const LEAST_SCALE = 1_000;

/** The largest round scale at which the box and `margin` points around it fit. */
export function mapFrame(box: Box, rect: Rect, margin: number): MapFrame {
  const needed = Math.max(
    (box.east - box.west) / (rect.width - 2 * margin),
    (box.north - box.south) / (rect.height - 2 * margin),
  );
  const scale = roundScale(needed / METERS_PER_POINT);
  const metersPerPoint = scale * METERS_PER_POINT;
  const [middleX, middleY] = [(box.west + box.east) / 2, (box.south + box.north) / 2];
  const [halfX, halfY] = [(rect.width / 2) * metersPerPoint, (rect.height / 2) * metersPerPoint];
  return {
    ...rect,
    scale,
    metersPerPoint,
    shown: { west: middleX - halfX, east: middleX + halfX, south: middleY - halfY, north: middleY + halfY },
    toPage: ([x, y]) => [
      rect.x + rect.width / 2 + (x - middleX) / metersPerPoint,
      rect.y + rect.height / 2 - (y - middleY) / metersPerPoint,
    ],
  };
}

function roundScale(least: number): number {
  for (let power = LEAST_SCALE; ; power *= 10)
    for (const step of ROUND_SCALES) if (step * power >= least) return step * power;
}

/** The place on the ground that a point of the page shows. */
export const groundAt = ({ x, y, shown, metersPerPoint }: MapFrame, [pageX, pageY]: Point): Point => [
  shown.west + (pageX - x) * metersPerPoint,
  shown.north - (pageY - y) * metersPerPoint,
];

export const meets = (a: Box, b: Box): boolean =>
  a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;

/** A round length that is about a fifth of the map, for its scale bar. */
export function barMeters({ width, metersPerPoint }: MapFrame): number {
  const most = (width * metersPerPoint) / 5;
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((step) => step * power).find((meters) => meters <= most) ?? power;
}
