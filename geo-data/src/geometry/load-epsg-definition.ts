import { type CoordinateSystem, needsEpsgDefinition } from './coordinate-systems.ts';

/**
 * The proj4 definition of a system `EPSG:n`, from the EPSG register as the package epsg-index holds it, without network;
 * undefined for a system that needs none. Reads one small file, and only when called: a browser bundle holds no register.
 * @throws when the register has no such number, or no definition of it that proj4 understands, naming it.
 */
export async function loadEpsgDefinition(system: CoordinateSystem): Promise<string | undefined> {
  if (!needsEpsgDefinition(system)) return undefined;
  const code = Number(system.slice('EPSG:'.length));
  let entry: { default: { proj4: string | null; name: string } };
  try {
    entry = await import(/* @vite-ignore */ `epsg-index/s/${code}.json`, { with: { type: 'json' } });
  } catch (cause) {
    throw new Error(`Unknown coordinate system ${system}: the EPSG register has no such number.`, { cause });
  }
  if (!entry.default.proj4) {
    throw new Error(`Coordinate system ${system} (${entry.default.name}) cannot be converted: it is not a projection.`);
  }
  return entry.default.proj4;
}
