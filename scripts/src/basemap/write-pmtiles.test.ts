import { gunzipSync, gzipSync } from 'node:zlib';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import fc from 'fast-check';
import { PMTiles, type RangeResponse, type Source, zxyToTileId } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { tileIdOf } from './tile-id.ts';
import { type Tile, writePmtiles } from './write-pmtiles.ts';

/** Serves ranges of an archive in memory, as the package's own file and HTTP sources do. */
class MemorySource implements Source {
  readonly archive: Uint8Array;
  constructor(archive: Uint8Array) {
    // A plain array: slices of a Buffer are views of the whole.
    this.archive = Uint8Array.from(archive);
  }
  getKey(): string {
    return 'memory';
  }
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: this.archive.slice(offset, offset + length).buffer };
  }
}

const info = { minZoom: 0, maxZoom: 15, bounds: [-1, -2, 3, 4], metadata: { name: '测试' } } as const;
const textTile = (z: number, x: number, y: number, text: string): Tile => ({ z, x, y, data: gzipSync(text) });

async function readTile(archive: Uint8Array, z: number, x: number, y: number): Promise<string | undefined> {
  // The package decompresses what the header says is compressed.
  const tile = await new PMTiles(new MemorySource(archive)).getZxy(z, x, y);
  return tile && Buffer.from(tile.data).toString();
}

describe('tileIdOf', () => {
  it('agrees with the reference reader', () => {
    const anyTile = fc
      .integer({ min: 0, max: 22 })
      .chain((z) => fc.tuple(fc.constant(z), fc.nat(2 ** z - 1), fc.nat(2 ** z - 1)));
    fc.assert(
      fc.property(anyTile, ([z, x, y]) => {
        expect(tileIdOf(z, x, y)).toBe(zxyToTileId(z, x, y));
      }),
    );
  });
  it('refuses a tile that does not exist', () => {
    expect(() => tileIdOf(3, 8, 0)).toThrow('There is no tile 3/8/0.');
  });
});

describe('writePmtiles', () => {
  it('is read back by the reference reader, header and metadata included', async () => {
    const archive = writePmtiles([textTile(0, 0, 0, 'world'), textTile(9, 404, 211, 'far')], info);
    const reader = new PMTiles(new MemorySource(archive));
    const header = await reader.getHeader();
    expect(header).toMatchObject({
      minZoom: 0,
      maxZoom: 15,
      minLon: -1,
      minLat: -2,
      maxLon: 3,
      maxLat: 4,
      tileType: 1,
    });
    expect(await reader.getMetadata()).toEqual({ name: '测试' });
    expect(await readTile(archive, 0, 0, 0)).toBe('world');
    expect(await readTile(archive, 9, 404, 211)).toBe('far');
    expect(await readTile(archive, 9, 404, 212)).toBeUndefined();
  });

  it('stores equal tiles once and neighbours on the curve as one entry', async () => {
    const tiles: Tile[] = [];
    for (let x = 0; x < 16; x++) for (let y = 0; y < 16; y++) tiles.push(textTile(4, x, y, 'sea'));
    const archive = writePmtiles(tiles, info);
    const header = await new PMTiles(new MemorySource(archive)).getHeader();
    expect(header).toMatchObject({ numAddressedTiles: 256, numTileEntries: 1, numTileContents: 1 });
    expect(await readTile(archive, 4, 13, 7)).toBe('sea');
  });

  it('splits its directory into leaves when the root outgrows 16 KiB', async () => {
    // A few contents in random order: offsets and lengths that do not compress.
    const random = createSeededRandom(3);
    const contents = Array.from({ length: 256 }, (_, i) => `${i} `.repeat(1 + random.int(500))).map((text) => ({
      text,
      data: gzipSync(text),
    }));
    const textOf = new Map<string, string>();
    const tiles: Tile[] = [];
    for (let x = 0; x < 256; x++) {
      for (let y = 0; y < 128; y++) {
        const { text, data } = random.pick(contents);
        textOf.set(`${x} ${y}`, text);
        tiles.push({ z: 8, x, y, data });
      }
    }
    const archive = writePmtiles(tiles, info);
    const header = await new PMTiles(new MemorySource(archive)).getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryLength).toBeLessThanOrEqual(16_384 - 127);
    for (const [x, y] of [
      [0, 0],
      [255, 127],
      [64, 31],
      [5, 99],
    ]) {
      expect(await readTile(archive, 8, x, y)).toBe(textOf.get(`${x} ${y}`));
    }
  });

  it('is the same for the same tiles in another order', () => {
    const tiles = [textTile(1, 0, 0, 'a'), textTile(1, 1, 0, 'b'), textTile(1, 1, 1, 'a')];
    expect(writePmtiles(tiles, info)).toEqual(writePmtiles(tiles.toReversed(), info));
    expect(gunzipSync(tiles[0].data).toString()).toBe('a');
  });

  it('refuses a tile given twice', () => {
    expect(() => writePmtiles([textTile(1, 0, 0, 'a'), textTile(1, 0, 0, 'b')], info)).toThrow(
      'Tile 1 was given twice.',
    );
  });
});
