import { randomInt } from 'node:crypto';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { createTestBureau } from '../src/testing/test-bureau.ts';
import { readTrackRows, tracksRepository } from '../src/tracks/tracks.repository.ts';
import { startBenchServer } from './bench-server.ts';

const UNITS = 40;
const HOURS = 8;
const DAY_START = '2026-05-28 00:00:00+00';
const START_SECONDS = Date.parse('2026-05-28T00:00:00Z') / 1000;

/** Track queries over a shift of 40 units at 1 Hz in one day's partition, stored in the order in which fixes arrive. */
async function run(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  try {
    const { sql, db } = server.database;
    const bureauId = await createTestBureau(db, { slug: 'tracks' });
    await sql.unsafe(`CREATE TABLE track_point_20260528 PARTITION OF track_point
      FOR VALUES FROM ('${DAY_START}') TO ('2026-05-29 00:00:00+00')`);
    await sql.unsafe(`INSERT INTO track_point
      SELECT ${bureauId}, unit, unit, at, at, 104 + random() / 10, 30.6 + random() / 10, 30, 90, 5, 1
      FROM generate_series(timestamptz '${DAY_START}', timestamptz '${DAY_START}' + interval '${HOURS} hours', '1 second') at,
        generate_series(1, ${UNITS}) unit`);
    await sql.unsafe('VACUUM ANALYZE track_point');
    const tracks = tracksRepository(db);
    const sinceEnd = (minutes: number) => (START_SECONDS + HOURS * 3600 - minutes * 60) * 1000;
    const trail = await measure(() => tracks.trail(bureauId, randomInt(1, UNITS + 1), sinceEnd(15)), 50);
    const executions: number[] = [];
    for (let i = 0; i < 50; i++) {
      const [{ 'QUERY PLAN': plan }] = await sql<{ 'QUERY PLAN': { 'Execution Time': number }[] }[]>`
        EXPLAIN (ANALYZE, FORMAT JSON) SELECT lon, lat, date_part('epoch', fixed_at), speed_kmh, accuracy_meters FROM track_point
        WHERE unit_id = ${randomInt(1, UNITS + 1)} AND fixed_at >= ${new Date(sinceEnd(15))} ORDER BY fixed_at`;
      executions.push(plan[0]['Execution Time']);
    }
    executions.sort((a, b) => a - b);
    const range = {
      bureauId,
      unitIds: Array.from({ length: UNITS }, (_, i) => i + 1),
      fromSeconds: START_SECONDS,
      toSeconds: START_SECONDS + HOURS * 3600,
      stepSeconds: 5,
    };
    const block = await measure(() => readTrackRows(sql, range), 5);
    const single = await measure(() => readTrackRows(sql, { ...range, unitIds: [7], stepSeconds: 1 }), 10);
    const objects = await measure(
      () =>
        sql`SELECT DISTINCT ON (unit_id, date_bin('5 seconds', fixed_at, 'epoch')) unit_id, fixed_at, lon, lat, speed_kmh
          FROM track_point WHERE bureau_id = ${bureauId} ORDER BY unit_id, date_bin('5 seconds', fixed_at, 'epoch'), fixed_at`,
      3,
    );
    const stored = `${UNITS} units at 1 Hz, ${HOURS} h (${((UNITS * HOURS * 3600) / 1e6).toFixed(2)} M fixes)`;
    return [
      {
        what: `trail of one unit, 15 min (900 fixes) of ${stored}`,
        ours: formatMs(trail),
        goal: '0.9 ms for the query',
        met: executions[25] <= 0.9,
        note: `of it ${executions[25].toFixed(2)} ms in the database (median of 50)`,
      },
      { what: `one unit, ${HOURS} h, every fix, as columns`, ours: formatMs(single) },
      {
        what: `all units, ${HOURS} h, one fix in 5 s (230,440), as columns`,
        ours: formatMs(block),
        peer: `${formatMs(objects)} the same rows as objects`,
        ratio: `${(block.medianMs / objects.medianMs).toFixed(2)} × the time`,
      },
    ];
  } finally {
    await server.close();
  }
}

export const bench: Bench = { name: 'track-query', run };
