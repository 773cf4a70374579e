import { bboxClip, bboxPolygon, difference, featureCollection, multiPolygon } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { signedArea } from './assemble-polygons.ts';
import type { Bounds } from './basemap-schema.ts';

/** An end that stops this short of the frame, as a share of its size, is drawn on to it: extracts are cut at nodes. */
const SNAP_SHARE = 0.03;

export interface LandAndSea {
  land: Feature<Polygon | MultiPolygon>;
  /** Null when the frame is all land. */
  sea: Feature<Polygon | MultiPolygon> | null;
}

/**
 * Divides a frame into land and sea along coastlines, which run with the land on their left. Without a coastline, or
 * where one stops in the middle of the frame, all of it is land. O(n log n).
 */
export function splitByCoastline(coastlines: readonly Position[][], frame: Bounds): LandAndSea {
  const whole = bboxPolygon([...frame]);
  const rings = landRings(joinChains(coastlines), frame);
  if (rings === null || rings.length === 0) return { land: whole, sea: null };
  const islands = rings.filter((ring) => signedArea(ring) > 0).map((ring) => [ring]);
  const pools = rings.filter((ring) => signedArea(ring) < 0).map((ring) => [ring]);
  const filled = islands.length > 0 ? multiPolygon(islands) : whole;
  const land =
    pools.length > 0 ? difference(featureCollection<Polygon | MultiPolygon>([filled, multiPolygon(pools)])) : filled;
  if (land === null) return { land: whole, sea: null };
  return { land, sea: difference(featureCollection<Polygon | MultiPolygon>([whole, land])) };
}

function joinChains(lines: readonly Position[][]): Position[][] {
  const byStart = new Map(lines.map((line) => [String(line[0]), line]));
  const ends = new Set(lines.map((line) => String(line[line.length - 1])));
  const used = new Set<Position[]>();
  const chains: Position[][] = [];
  for (const line of [...lines.filter(([start]) => !ends.has(String(start))), ...lines]) {
    if (used.has(line)) continue;
    const chain: Position[] = [line[0]];
    for (let next: Position[] | undefined = line; next && !used.has(next); ) {
      used.add(next);
      chain.push(...next.slice(1));
      next = byStart.get(String(chain[chain.length - 1]));
    }
    chains.push(chain);
  }
  return chains;
}

/** Closed rings with the land inside, closing open chains along the frame; null when one cannot be closed. */
function landRings(chains: readonly Position[][], frame: Bounds): Position[][] | null {
  const rings: Position[][] = [];
  const pieces: { line: Position[]; from: number; to: number }[] = [];
  for (const chain of chains) {
    const clipped = bboxClip(
      { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: chain } },
      [...frame],
    ).geometry;
    const lines = clipped.type === 'LineString' ? [clipped.coordinates] : clipped.coordinates;
    for (const line of lines as Position[][]) {
      if (line.length < 2) continue;
      if (String(line[0]) === String(line[line.length - 1])) {
        if (line.length >= 4) rings.push(line);
        continue;
      }
      const from = alongFrame(line[0], frame);
      const to = alongFrame(line[line.length - 1], frame);
      if (from === null || to === null) return null;
      pieces.push({ line: [pointOnFrame(from, frame), ...line, pointOnFrame(to, frame)], from, to });
    }
  }
  const left = new Set(pieces);
  for (const first of pieces) {
    if (!left.has(first)) continue;
    const ring: Position[] = [];
    for (let piece = first; left.has(piece); ) {
      left.delete(piece);
      ring.push(...piece.line);
      // Counter-clockwise along the frame to where the next coastline begins: the land stays on the left.
      const ahead = (other: { from: number }): number => (other.from - piece.to + 4) % 4;
      const next = [...left, first].reduce((best, other) => (ahead(other) < ahead(best) ? other : best));
      for (let corner = Math.floor(piece.to) + 1; corner < piece.to + ahead(next); corner++) {
        ring.push(pointOnFrame(corner % 4, frame));
      }
      piece = next;
    }
    ring.push(ring[0]);
    rings.push(ring);
  }
  return rings;
}

/** Position on the frame, counter-clockwise from its south-west corner, one unit a side; null when it is not near. */
function alongFrame([lon, lat]: Position, [west, south, east, north]: Bounds): number | null {
  const x = (lon - west) / (east - west);
  const y = (lat - south) / (north - south);
  const [distance, along] = [
    [y, x],
    [1 - x, 1 + y],
    [1 - y, 3 - x],
    [x, 4 - y],
  ].reduce((best, side) => (side[0] < best[0] ? side : best));
  return distance > SNAP_SHARE ? null : Math.max(0, Math.min(4 - 1e-12, along));
}

function pointOnFrame(along: number, [west, south, east, north]: Bounds): Position {
  const side = Math.floor(along) % 4;
  const t = along - Math.floor(along);
  if (side === 0) return [west + t * (east - west), south];
  if (side === 1) return [east, south + t * (north - south)];
  if (side === 2) return [east - t * (east - west), north];
  return [west, north - t * (north - south)];
}
