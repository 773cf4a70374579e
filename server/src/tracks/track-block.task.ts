import { encodeColumnBlock, type TrackBlockMeta } from '@xunfang/geo-data/contract';
import { openDatabase } from '../platform/index.ts';
import { moveResult } from '../worker/index.ts';
import { type BlockRange, readTrackRows } from './tracks.repository.ts';

export interface BlockTaskRequest {
  databaseUrl: string;
  range: BlockRange;
  meta: TrackBlockMeta;
}

/** Reads the fixes off the event loop, on a connection of its own, and encodes them. */
export async function run({ databaseUrl, range, meta }: BlockTaskRequest): Promise<ArrayBuffer> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    const rows = await readTrackRows(database.sql, range);
    const firstRow = new Uint32Array(meta.units.length + 1);
    let row = 0;
    // Units stand in the order of their ids, as the rows do.
    for (const [i, { id }] of meta.units.entries()) {
      firstRow[i] = row;
      while (row < rows.count && rows.unitId[row] === id) row++;
    }
    firstRow[meta.units.length] = row;
    const block = encodeColumnBlock<TrackBlockMeta>({
      meta,
      columns: {
        firstRow,
        seconds: rows.seconds.subarray(0, rows.count),
        lon: rows.lon.subarray(0, rows.count),
        lat: rows.lat.subarray(0, rows.count),
        speedKmh: rows.speedKmh.subarray(0, rows.count),
        accuracyMeters: rows.accuracyMeters.subarray(0, rows.count),
      },
    });
    return moveResult(block.buffer, [block.buffer]);
  } finally {
    await database.close();
  }
}
