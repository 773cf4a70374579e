/** What is used of shpjs 6, which ships no types. Views must cover their bytes from `byteOffset`. */
declare module 'shpjs' {
  import type { Geometry } from 'geojson';
  /** One entry per record, null for one without a shape. Coordinates as the file has them when no projection is given. */
  export function parseShp(shp: DataView): (Geometry | null)[];
  /** `encoding`: a label that `TextDecoder` knows. */
  export function parseDbf(dbf: DataView, encoding: string): Record<string, unknown>[];
}
