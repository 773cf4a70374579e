/** Pixels of the whole world's width at zoom 0, in MapLibre's tiles of 512. */
const WORLD_PX = 512;

/** Points of the map, by index; NaN: not on it. */
export interface MapPoints {
  count: number;
  lon: (index: number) => number;
  lat: (index: number) => number;
}

/** Indexes of the points within so many pixels of a place at a zoom, in their order. O(points). */
export function pointsNear(points: MapPoints, lon: number, lat: number, zoom: number, radiusPx: number): number[] {
  const worldPx = WORLD_PX * 2 ** zoom;
  const x = xOf(lon, worldPx);
  const y = yOf(lat, worldPx);
  const near: number[] = [];
  for (let index = 0; index < points.count; index++)
    if (Math.hypot(xOf(points.lon(index), worldPx) - x, yOf(points.lat(index), worldPx) - y) <= radiusPx)
      near.push(index);
  return near;
}

/**
 * How many other points stand with each leader: every point that leads none is counted with the first leader within so
 * many pixels at the zoom. O(points) with a grid of the leaders.
 */
export function countWith(
  leaders: readonly number[],
  points: MapPoints,
  zoom: number,
  radiusPx: number,
): Map<number, number> {
  const worldPx = WORLD_PX * 2 ** zoom;
  const cells = new Map<string, number[]>();
  const isLeader = new Set(leaders);
  for (const leader of leaders) {
    const key = cellOf(xOf(points.lon(leader), worldPx), yOf(points.lat(leader), worldPx), radiusPx);
    const inCell = cells.get(key);
    if (inCell) inCell.push(leader);
    else cells.set(key, [leader]);
  }
  const order = new Map(leaders.map((leader, position) => [leader, position]));
  const counts = new Map<number, number>();
  for (let index = 0; index < points.count; index++) {
    if (isLeader.has(index) || Number.isNaN(points.lon(index))) continue;
    const x = xOf(points.lon(index), worldPx);
    const y = yOf(points.lat(index), worldPx);
    let first: number | undefined;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const leader of cells.get(cellOf(x + dx * radiusPx, y + dy * radiusPx, radiusPx)) ?? []) {
          const distance = Math.hypot(xOf(points.lon(leader), worldPx) - x, yOf(points.lat(leader), worldPx) - y);
          if (distance <= radiusPx && (first === undefined || (order.get(leader) ?? 0) < (order.get(first) ?? 0)))
            first = leader;
        }
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}

const cellOf = (x: number, y: number, size: number) => `${Math.floor(x / size)} ${Math.floor(y / size)}`;

const xOf = (lon: number, worldPx: number) => ((lon + 180) / 360) * worldPx;

function yOf(lat: number, worldPx: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * worldPx;
}
