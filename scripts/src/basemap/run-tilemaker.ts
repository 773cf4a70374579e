import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MAX_ZOOM, MIN_ZOOM } from './basemap-schema.ts';
import type { Tile } from './write-pmtiles.ts';

export function hasTilemaker(): boolean {
  return spawnSync('tilemaker', ['--help'], { stdio: 'ignore' }).status === 0;
}

/**
 * The tiles tilemaker makes of an extract, without land and water. Its MBTiles is read and thrown away.
 * @throws with tilemaker's last lines when it fails.
 */
export function runTilemaker(osmPath: string): Tile[] {
  const folder = mkdtempSync(join(tmpdir(), 'basemap-'));
  try {
    const output = join(folder, 'tiles.mbtiles');
    const recipe = (name: string): string => fileURLToPath(new URL(`tilemaker/${name}`, import.meta.url));
    const run = spawnSync(
      'tilemaker',
      ['--input', osmPath, '--output', output, '--config', recipe('config.json'), '--process', recipe('process.lua')],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (run.status !== 0) {
      const said = `${run.stdout}${run.stderr}`.trim().split('\n').slice(-5).join('\n');
      throw new Error(`tilemaker ended with ${run.status ?? run.signal}: ${said}`);
    }
    return readMbtiles(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readMbtiles(path: string): Tile[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database
      .prepare(
        'SELECT zoom_level z, tile_column x, tile_row row, tile_data data FROM tiles WHERE zoom_level BETWEEN ? AND ?',
      )
      .all(MIN_ZOOM, MAX_ZOOM) as { z: number; x: number; row: number; data: Uint8Array }[];
    // MBTiles counts rows from the south.
    return rows.map(({ z, x, row, data }) => ({
      z,
      x,
      y: 2 ** z - 1 - row,
      data: gzipSync(gunzipSync(data), { level: 9 }),
    }));
  } finally {
    database.close();
  }
}

/** Both sets in one: a vector tile is a list of layers, so tiles with different layers join end to end. */
export function mergeTiles(below: readonly Tile[], above: readonly Tile[]): Tile[] {
  const merged = new Map(below.map((tile) => [`${tile.z}/${tile.x}/${tile.y}`, tile]));
  for (const tile of above) {
    const key = `${tile.z}/${tile.x}/${tile.y}`;
    const other = merged.get(key);
    const data = other
      ? gzipSync(Buffer.concat([gunzipSync(other.data), gunzipSync(tile.data)]), { level: 9 })
      : tile.data;
    merged.set(key, { ...tile, data });
  }
  return [...merged.values()];
}
