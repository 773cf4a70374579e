import gcoordModule from 'gcoord';
import proj4 from 'proj4';

/** Systems that sources may declare. CGCS2000 equals WGS 84 within map precision (a few decimetres). */
export type CoordinateSystem = 'WGS84' | 'CGCS2000' | 'GCJ02' | 'BD09' | `EPSG:${number}`;

/** Writes WGS 84 longitude and latitude to out[offset] and out[offset + 1]. */
export type CoordinateConverter = (x: number, y: number, out: Float64Array, offset: number) => void;

const IDENTICAL_EPSG = new Set(['EPSG:4326', 'EPSG:4490', 'EPSG:4979', 'EPSG:4480']);

export function isCoordinateSystem(text: string): text is CoordinateSystem {
  return /^(WGS84|CGCS2000|GCJ02|BD09|EPSG:\d{1,6})$/.test(text);
}

/** Whether a converter of this system needs its definition from `loadEpsgDefinition`. */
export function needsEpsgDefinition(system: CoordinateSystem): boolean {
  return system.startsWith('EPSG:') && !IDENTICAL_EPSG.has(system) && !proj4.defs(system);
}

/** What is used of gcoord. Its own types name the default export differently for Node and for bundlers; at run time both are this. */
interface Gcoord {
  transform(point: [number, number], from: string, to: string): number[];
  WGS84: string;
  GCJ02: string;
  BD09: string;
}
const gcoord = gcoordModule as unknown as Gcoord;

const copy: CoordinateConverter = (x, y, out, offset) => {
  out[offset] = x;
  out[offset + 1] = y;
};

function offsetConverter(from: string): CoordinateConverter {
  return (x, y, out, offset) => {
    const point = gcoord.transform([x, y], from, gcoord.WGS84);
    out[offset] = point[0];
    out[offset + 1] = point[1];
  };
}

/**
 * A converter towards WGS 84 from a declared system. x is the longitude or easting and y the latitude or northing,
 * whatever order of axes the EPSG register gives. GCJ-02 and BD-09 come back through gcoord
 * to within 0.2 and 0.35 m at worst, 1 and 7 cm on average; EPSG systems go
 * through proj4, without datum grids. About 2 µs a point.
 * @param epsgDefinition what `loadEpsgDefinition(system)` gave; needed where `needsEpsgDefinition` says so.
 * @throws when the system is unknown, naming it.
 */
export function createCoordinateConverter(system: CoordinateSystem, epsgDefinition?: string): CoordinateConverter {
  if (system === 'WGS84' || system === 'CGCS2000' || IDENTICAL_EPSG.has(system)) return copy;
  if (system === 'GCJ02') return offsetConverter(gcoord.GCJ02);
  if (system === 'BD09') return offsetConverter(gcoord.BD09);
  if (!isCoordinateSystem(system)) {
    throw new Error(`Unknown coordinate system ${String(system)}: expected WGS84, CGCS2000, GCJ02, BD09 or EPSG:n.`);
  }
  if (epsgDefinition === undefined && needsEpsgDefinition(system)) {
    throw new Error(`Unknown coordinate system ${system}: its definition was not loaded.`);
  }
  return createDefinedConverter(epsgDefinition ?? system);
}

/** Geographic systems whose degrees are those of WGS 84 within map precision, as the WKT of a .prj file names them. */
const IDENTICAL_WKT =
  /^\s*GEO(GCS|GCRS|DCRS)\s*\[.*((?<!TO)WGS[_ ]?(19)?84|CGCS[_ ]?2000|China[_ ](Geodetic[_ ]Coordinate[_ ]System[_ ])?2000)/is;

/**
 * A converter towards WGS 84 from a definition: proj4 text, or the well-known text of a Shapefile's .prj.
 * @throws when proj4 does not understand the definition.
 */
export function createDefinedConverter(definition: string): CoordinateConverter {
  if (IDENTICAL_WKT.test(definition)) return copy;
  const projection = proj4(definition, 'EPSG:4326');
  return (x, y, out, offset) => {
    const point = projection.forward([x, y]);
    out[offset] = point[0];
    out[offset + 1] = point[1];
  };
}
