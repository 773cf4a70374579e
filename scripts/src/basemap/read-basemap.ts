import { readFileSync } from 'node:fs';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles, type RangeResponse, type Source } from 'pmtiles';

/** Opens an archive that is on disk with the reference reader. For tests. */
export function openArchive(path: string): PMTiles {
  // A plain array: slices of a Buffer are views of the whole.
  const bytes = Uint8Array.from(readFileSync(path));
  const source: Source = {
    getKey: () => path,
    getBytes: async (offset, length): Promise<RangeResponse> => ({ data: bytes.slice(offset, offset + length).buffer }),
  };
  return new PMTiles(source);
}

/** The decoded tile that holds a place, undefined where the archive has none. For tests. */
export async function tileAt(archive: PMTiles, z: number, lon: number, lat: number): Promise<VectorTile | undefined> {
  const size = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = Math.floor(((lon + 180) / 360) * size);
  const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size);
  const tile = await archive.getZxy(z, x, y);
  return tile && new VectorTile(new PbfReader(new Uint8Array(tile.data)));
}

/** All values of one property in one layer of a tile. For tests. */
export function valuesOf(tile: VectorTile | undefined, layer: string, property: string): unknown[] {
  const found = tile?.layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found?.feature(i).properties[property]);
}
