import { createLocalPlane, type LocalPlane, pointInRings } from '@xunfang/geo-data/geometry';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { BookArea } from './book-order.ts';

/** Metres east and north on the bureau's plane. */
export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];
/** Outer rings and holes alike, by the even-odd rule. */
export interface Shape {
  rings: readonly Ring[];
  box: Box;
}
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** An area of the plan on the plane. */
export interface AreaOnGround extends BookArea {
  shape: Shape;
  label: Point;
}

export function planeOf(boundary: Polygon | MultiPolygon): LocalPlane {
  const box = boxOf([positionsOf(boundary).map(([lon, lat]): Point => [lon, lat])]);
  return createLocalPlane((box.west + box.east) / 2, (box.south + box.north) / 2);
}

export function shapeOf(plane: LocalPlane, geometry: Polygon | MultiPolygon): Shape {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat().map((ring) => ring.map(([lon, lat]): Point => plane.pointToMeters(lon, lat)));
  return { rings, box: boxOf(rings) };
}

export const areaOnGround = (plane: LocalPlane, area: BookArea): AreaOnGround => ({
  ...area,
  shape: shapeOf(plane, area.boundary),
  label: plane.pointToMeters(...area.labelAt),
});

/** O(vertices), nothing outside the box. */
export function isInside({ rings, box }: Shape, [x, y]: Point): boolean {
  if (x < box.west || x > box.east || y < box.south || y > box.north) return false;
  return pointInRings(x, y, rings);
}

export function boxOf(rings: readonly Ring[]): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of rings)
    for (const [x, y] of ring) {
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.south = Math.min(box.south, y);
      box.north = Math.max(box.north, y);
    }
  return box;
}

const positionsOf = (geometry: Polygon | MultiPolygon): Position[] =>
  geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2);
