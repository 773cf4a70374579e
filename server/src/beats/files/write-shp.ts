import type { MultiPolygon, Position } from 'geojson';

const HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
const POLYGON = 5;

/**
 * Polygons as .shp and .shx, in the order given: outer rings clockwise, holes the other way. Layout: ESRI Shapefile Technical Description
 * (1998). O(vertices).
 */
export function writeShp(shapes: readonly MultiPolygon[]): { shp: Uint8Array; shx: Uint8Array } {
  const records = shapes.map(({ coordinates }) => {
    const rings = coordinates.flatMap((polygon) => polygon.map((ring, at) => turned(ring, at === 0)));
    const points = rings.reduce((sum, ring) => sum + ring.length, 0);
    return { rings, points, bytes: 44 + rings.length * 4 + points * 16 };
  });
  const shpBytes = records.reduce((sum, { bytes }) => sum + RECORD_HEADER_BYTES + bytes, HEADER_BYTES);
  const shp = new DataView(new ArrayBuffer(shpBytes));
  const shx = new DataView(new ArrayBuffer(HEADER_BYTES + records.length * 8));
  const all = boxOf(records.flatMap(({ rings }) => rings));
  writeHeader(shp, all);
  writeHeader(shx, all);
  let at = HEADER_BYTES;
  for (const [row, { rings, points, bytes }] of records.entries()) {
    // Lengths and offsets count 16-bit words.
    shx.setInt32(HEADER_BYTES + row * 8, at / 2);
    shx.setInt32(HEADER_BYTES + row * 8 + 4, bytes / 2);
    shp.setInt32(at, row + 1);
    shp.setInt32(at + 4, bytes / 2);
    at += RECORD_HEADER_BYTES;
    shp.setInt32(at, POLYGON, true);
    for (const [i, value] of boxOf(rings).entries()) shp.setFloat64(at + 4 + i * 8, value, true);
    shp.setInt32(at + 36, rings.length, true);
    shp.setInt32(at + 40, points, true);
    let first = 0;
    let place = at + 44 + rings.length * 4;
    for (const [r, ring] of rings.entries()) {
      shp.setInt32(at + 44 + r * 4, first, true);
      first += ring.length;
      for (const [x, y] of ring) {
        shp.setFloat64(place, x, true);
        shp.setFloat64(place + 8, y, true);
        place += 16;
      }
    }
    at += bytes;
  }
  return { shp: new Uint8Array(shp.buffer), shx: new Uint8Array(shx.buffer) };
}

function writeHeader(view: DataView, box: readonly number[]): void {
  view.setInt32(0, 9994);
  view.setInt32(24, view.byteLength / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, POLYGON, true);
  for (const [i, value] of box.entries()) view.setFloat64(36 + i * 8, value, true);
}

function boxOf(rings: readonly (readonly Position[])[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box[0] > box[2] ? [0, 0, 0, 0] : box;
}

function turned(ring: readonly Position[], clockwise: boolean): readonly Position[] {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice < 0 === clockwise ? ring : ring.toReversed();
}
