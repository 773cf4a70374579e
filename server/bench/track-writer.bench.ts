import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { createTestBureau, createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createFix } from '../src/units/device-adapter.ts';
import { addUnits } from '../src/units/index.ts';
import {
  appendTrackRow,
  chunkIsFull,
  copyBytesOf,
  createTrackChunk,
  TRACK_COLUMNS,
  type TrackChunk,
} from '../src/units/track-chunk.ts';
import { createTrackWriter } from '../src/units/track-writer.ts';
import { tracksRepository } from '../src/units/tracks.repository.ts';
import { withTestPostgres } from './with-test-postgres.ts';

const ROWS = 500_000;
const UNITS = 2000;
/** One second of 10,000 units at a time, as they come. */
const ROWS_PER_FLUSH = 10_000;
const GOAL_ROWS_PER_SECOND = 50_000;

export const bench: Bench = { name: 'track writer', run: () => withTestPostgres(run) };

/** Fixes into the partitioned table by its writer, a second's worth at a time; beside one bare COPY of the same rows, encoded before. */
async function run(): Promise<BenchRow[]> {
  const database = await createTestDatabase();
  try {
    const bureauId = await createTestBureau(database.db);
    const units = await addUnits(
      database.db,
      bureauId,
      Array.from({ length: UNITS }, (_, i) => ({
        callSign: `B-${i}`,
        kind: 'car' as const,
        forceLayer: 'armed_patrol' as const,
        crew: 2,
      })),
    );
    const unitIds = units.map(({ id }) => id);
    const ours = await throughWriter(database, bureauId, unitIds);
    const bare = await bareCopy(database, bureauId, unitIds);
    const [{ n }] = await database.sql<{ n: number }[]>`SELECT count(*)::int AS n FROM track_point`;
    return [
      {
        what: `${ROWS} rows into the track table, ${ROWS_PER_FLUSH} at a time: rows a second`,
        ours: ours.toFixed(0),
        peer: `${bare.toFixed(0)} (one bare COPY of rows encoded before)`,
        ratio: `${(ours / bare).toFixed(2)}×`,
        goal: `≥ ${GOAL_ROWS_PER_SECOND}`,
        met: ours >= GOAL_ROWS_PER_SECOND && n === 2 * ROWS,
        note: `${n} of ${2 * ROWS} rows are there; encoding is in ours`,
      },
    ];
  } finally {
    await database.drop();
  }
}

const fix = createFix();
const DAY_MS = 86_400_000;
const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;

function fixOf(row: number): typeof fix {
  fix.fixedAtMs = startMs + Math.floor(row / UNITS) * 1000;
  fix.lon = 104 + (row % UNITS) * 1e-5;
  fix.lat = 30.6 + (row % 977) * 1e-5;
  fix.speedKmh = 23.1;
  fix.headingDegrees = 90;
  return fix;
}

async function throughWriter({ db, sql }: TestDatabase, bureauId: number, unitIds: number[]): Promise<number> {
  const tracks = tracksRepository(db, sql);
  const writer = createTrackWriter({
    tracks,
    onError: (cause) => {
      throw cause;
    },
  });
  await writer.flush();
  const owner = { id: 1, bureauId };
  const startedAtMs = performance.now();
  for (let row = 0; row < ROWS; row++) {
    writer.add(owner, unitIds[row % UNITS], fixOf(row), 1, startMs);
    if ((row + 1) % ROWS_PER_FLUSH === 0) await writer.flush();
  }
  await writer.stop();
  return (ROWS * 1000) / (performance.now() - startedAtMs);
}

/** Into the same table: the next day's partition, empty as the first was. */
async function bareCopy({ db, sql }: TestDatabase, bureauId: number, unitIds: number[]): Promise<number> {
  await tracksRepository(db, sql).ensureDays([startMs / DAY_MS + 1]);
  const chunks: TrackChunk[] = [createTrackChunk()];
  for (let row = 0; row < ROWS; row++) {
    if (chunkIsFull(chunks[chunks.length - 1])) chunks.push(createTrackChunk());
    const shifted = fixOf(row);
    shifted.fixedAtMs += DAY_MS;
    appendTrackRow(chunks[chunks.length - 1], { id: 1, bureauId }, unitIds[row % UNITS], shifted, 1, startMs);
  }
  // One stream: the head of the first chunk, the rows of all, one end.
  const headBytes = createTrackChunk().length;
  const bytes = Buffer.concat([
    ...chunks.map((chunk, i) => chunk.bytes.subarray(i === 0 ? 0 : headBytes, chunk.length)),
    copyBytesOf(createTrackChunk()).subarray(headBytes),
  ]);
  const startedAtMs = performance.now();
  const target = await sql
    .unsafe(`COPY track_point (${TRACK_COLUMNS.join(', ')}) FROM STDIN (FORMAT binary)`)
    .writable();
  await pipeline(Readable.from([bytes]), target);
  return (ROWS * 1000) / (performance.now() - startedAtMs);
}
