import { encodeColumnBlock, type TrackBlockMeta } from '@xunfang/geo-data/contract';
import { openDatabase } from '../platform/index.ts';
import { moveResult } from '../worker/index.ts';
import { type BlockRange, readTrackRows, type UnitRows } from './tracks.repository.ts';

export interface BlockTaskRequest {
  databaseUrl: string;
  range: BlockRange;
  meta: TrackBlockMeta;
}

/** Reads the fixes off the event loop, on a connection of its own, and encodes them. */
export async function run({ databaseUrl, range, meta }: BlockTaskRequest): Promise<ArrayBuffer> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    const found = new Map<number, UnitRows>();
    for (const rows of await readTrackRows(database.sql, range)) found.set(rows.unitId, rows);
    const firstRow = new Uint32Array(meta.units.length + 1);
    for (const [i, { id }] of meta.units.entries())
      firstRow[i + 1] = firstRow[i] + (found.get(id)?.seconds.length ?? 0);
    const count = firstRow[meta.units.length];
    const columns = {
      firstRow,
      seconds: new Uint32Array(count),
      lon: new Float64Array(count),
      lat: new Float64Array(count),
      speedKmh: new Float32Array(count),
      accuracyMeters: new Float32Array(count),
    };
    for (const [i, { id }] of meta.units.entries()) {
      const rows = found.get(id);
      if (rows === undefined) continue;
      for (const name of ['seconds', 'lon', 'lat', 'speedKmh', 'accuracyMeters'] as const)
        columns[name].set(rows[name], firstRow[i]);
    }
    const block = encodeColumnBlock<TrackBlockMeta>({ meta, columns });
    return moveResult(block.buffer, [block.buffer]);
  } finally {
    await database.close();
  }
}
