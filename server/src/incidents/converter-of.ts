import {
  type CoordinateConverter,
  createCoordinateConverter,
  isCoordinateSystem,
  loadEpsgDefinition,
} from '@xunfang/geo-data/geometry';

/** From a declared system to WGS 84, the EPSG register included. @throws when nobody knows the system. */
export async function converterOf(system: string): Promise<CoordinateConverter> {
  if (!isCoordinateSystem(system)) throw new Error(`Unknown coordinate system ${system}.`);
  return createCoordinateConverter(system, await loadEpsgDefinition(system));
}
