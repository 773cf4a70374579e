import { pointInPolygon } from '@xunfang/geo-data/geometry';

export type Boundary = Parameters<typeof pointInPolygon>[2];

export interface BureauArea {
  /** Whether a point lies in the bureau or at most the margin away from it. */
  holds(lon: number, lat: number): boolean;
}

/** About one square per 50 m of a small bureau, and never a large table for a large one. */
const GRID = 256;
const UNKNOWN = 0;
const ALL_INSIDE = 1;
const ALL_OUTSIDE = 2;
const MIXED = 3;
const METERS_PER_DEGREE = 111_320;

/**
 * The bureau widened by a margin, as a question about points. A grid over it is filled as squares are first asked about:
 * one whose centre is further from the widened border than its half diagonal lies wholly on one side and answers
 * without looking at the border again. Distances are on a local plane, within 0.5 % for a city. O(1) per point, O(vertices) in
 * squares the border crosses.
 */
export function createBureauArea(boundary: Boundary, marginMeters: number): BureauArea {
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const rings of polygons)
    for (const [lon, lat] of rings[0]) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  const metersPerLon = METERS_PER_DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const widening = marginMeters * 1.01;
  west -= widening / metersPerLon;
  east += widening / metersPerLon;
  south -= widening / METERS_PER_DEGREE;
  north += widening / METERS_PER_DEGREE;
  const columnDegrees = (east - west) / GRID;
  const rowDegrees = (north - south) / GRID;
  const halfDiagonal = Math.hypot(columnDegrees * metersPerLon, rowDegrees * METERS_PER_DEGREE) / 2;
  const squares = new Uint8Array(GRID * GRID);

  /** Every edge of every ring as x1 y1 x2 y2 in metres from the south-west corner. */
  const edges = Float64Array.from(
    polygons.flatMap((rings) =>
      rings.flatMap((ring) =>
        ring
          .slice(1)
          .flatMap(([lon, lat], i) => [
            (ring[i][0] - west) * metersPerLon,
            (ring[i][1] - south) * METERS_PER_DEGREE,
            (lon - west) * metersPerLon,
            (lat - south) * METERS_PER_DEGREE,
          ]),
      ),
    ),
  );

  function borderDistance(lon: number, lat: number): number {
    const x = (lon - west) * metersPerLon;
    const y = (lat - south) * METERS_PER_DEGREE;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < edges.length; i += 4) {
      const dx = edges[i + 2] - edges[i];
      const dy = edges[i + 3] - edges[i + 1];
      const square = dx * dx + dy * dy;
      const along = square === 0 ? 0 : ((x - edges[i]) * dx + (y - edges[i + 1]) * dy) / square;
      const t = along < 0 ? 0 : along > 1 ? 1 : along;
      const ex = x - edges[i] - t * dx;
      const ey = y - edges[i + 1] - t * dy;
      nearest = Math.min(nearest, ex * ex + ey * ey);
    }
    return Math.sqrt(nearest);
  }

  /** Metres to the border: positive inside, negative outside. */
  function depth(lon: number, lat: number): number {
    const distance = borderDistance(lon, lat);
    return pointInPolygon(lon, lat, boundary) ? distance : -distance;
  }

  return {
    holds(lon, lat) {
      if (!(lon >= west && lon < east && lat >= south && lat < north)) return false;
      const column = Math.min(GRID - 1, ((lon - west) / columnDegrees) | 0);
      const row = Math.min(GRID - 1, ((lat - south) / rowDegrees) | 0);
      const square = row * GRID + column;
      if (squares[square] === UNKNOWN) {
        const centre = depth(west + (column + 0.5) * columnDegrees, south + (row + 0.5) * rowDegrees) + marginMeters;
        squares[square] = centre > halfDiagonal ? ALL_INSIDE : centre < -halfDiagonal ? ALL_OUTSIDE : MIXED;
      }
      if (squares[square] !== MIXED) return squares[square] === ALL_INSIDE;
      return depth(lon, lat) + marginMeters >= 0;
    },
  };
}
