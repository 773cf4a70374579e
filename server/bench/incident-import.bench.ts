import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ImportPreview, ImportView } from '@xunfang/geo-data/contract';
import { cellsOfPolygon, cellsToBigInts } from '@xunfang/geo-data/geometry';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { databaseUrlOf } from '../src/incidents/index.ts';
import { openDatabase } from '../src/platform/index.ts';
import { type BenchServer, startBenchServer } from './bench-server.ts';

const run = promisify(execFile);
const ROWS = 1_000_000;
const GOAL_SECONDS = 30;
const GOAL_MEGABYTES = 600;
const BEATS = 27;
const COLUMNS = `id, bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, beat_id, called_category,
  confirmed_category, priority, state, state_since, self_initiated, address, import_id`;

/** 27 beats over the bureau, in force for ever: what every row is assigned by. */
async function publishPlan({ database: { sql }, bureauId }: BenchServer): Promise<void> {
  const [{ boundary }] = await sql`SELECT boundary FROM bureau WHERE id = ${bureauId}`;
  const cells = cellsToBigInts(cellsOfPolygon(boundary, 9));
  const none = sql.json({});
  const [{ id: planId }] = await sql`
    INSERT INTO plan (bureau_id, name, version, state, resolution, basis, effective, created_by)
    VALUES (${bureauId}, 'bench', 1, 'published', 9, ${none}, tstzrange(NULL, NULL), 'bench') RETURNING id`;
  await sql`INSERT INTO plan_zone (plan_id, number, name_zh, name_en, colour, label_lon, label_lat, boundary, figures)
    VALUES (${planId}, 1, '区', 'zone', 0, 0, 0, ${none}, ${none})`;
  await sql`INSERT INTO plan_beat (plan_id, number, zone_number, name_zh, name_en, colour, label_lon, label_lat, boundary, figures)
    SELECT ${planId}::int, n, 1, n::text, n::text, 0, 0, 0, ${none}::jsonb, ${none}::jsonb FROM generate_series(1, ${BEATS}::int) n`;
  const atoms = Array.from(cells, (cell, i) => ({
    plan_id: planId,
    cell: cell.toString(),
    beat_number: 1 + Math.floor((i * BEATS) / cells.length),
  }));
  for (let from = 0; from < atoms.length; from += 5000)
    await sql`INSERT INTO plan_atom ${sql(atoms.slice(from, from + 5000))}`;
}

/** Upload, start, wait; seconds from the start to the end and the largest resident memory of the process. */
async function importOverHttp(server: BenchServer, path: string) {
  const { baseUrl, headers } = server;
  const { stdout } = await run(
    process.execPath,
    [fileURLToPath(new URL('./upload-calls.ts', import.meta.url)), path, String(ROWS), baseUrl, headers.authorization],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { uploaded, uploadSeconds } = JSON.parse(stdout) as {
    uploaded: { import: ImportView; preview: ImportPreview };
    uploadSeconds: number;
  };
  const { id } = uploaded.import;
  const mapping = { ...uploaded.preview.mapping, source: 'bench', coordinateSystem: 'GCJ02' };
  const started = performance.now();
  let view = (await (
    await fetch(`${baseUrl}/api/imports/${id}/start`, {
      method: 'POST',
      body: JSON.stringify({ mapping }),
      headers: { ...headers, 'content-type': 'application/json' },
    })
  ).json()) as ImportView;
  const idleBytes = process.memoryUsage.rss();
  let residentBytes = 0;
  while (view.state === 'running') {
    await wait(100);
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
    view = (await (await fetch(`${baseUrl}/api/imports/${id}`, { headers })).json()) as ImportView;
  }
  const seconds = (performance.now() - started) / 1000;
  if (view.inserted !== ROWS)
    throw new Error(
      `${view.inserted} of ${ROWS} rows came in: ${view.state} ${view.error ?? ''} ${JSON.stringify(view.rejectedByReason)}`,
    );
  return { uploadSeconds, seconds, residentMegabytes: residentBytes / 1e6, idleMegabytes: idleBytes / 1e6 };
}

/** The very same rows, ready made, through COPY into a table with and without the indexes of `incident`. */
async function plainCopy({
  database: { sql },
  dataDir,
}: BenchServer): Promise<{ bareSeconds: number; indexedSeconds: number }> {
  const path = join(dataDir, 'rows.csv');
  // A connection of its own: postgres.js leaves one deaf whose copy ended while its reader was slow.
  const reader = openDatabase(databaseUrlOf(sql), { max: 1 });
  const rows = await reader.sql.unsafe(`COPY (SELECT ${COLUMNS} FROM incident) TO STDOUT (FORMAT csv)`).readable();
  await pipeline(rows, createWriteStream(path));
  await reader.close();
  const seconds: number[] = [];
  for (const including of ['', 'INCLUDING ALL']) {
    await sql.unsafe(`CREATE TABLE plain (LIKE incident ${including})`);
    await sql.unsafe('CHECKPOINT');
    const started = performance.now();
    await pipeline(
      createReadStream(path),
      await sql.unsafe(`COPY plain (${COLUMNS}) FROM STDIN (FORMAT csv)`).writable(),
    );
    seconds.push((performance.now() - started) / 1000);
    await sql.unsafe('DROP TABLE plain');
  }
  return { bareSeconds: seconds[0], indexedSeconds: seconds[1] };
}

export const bench: Bench = {
  name: 'incident import',
  async run(): Promise<BenchRow[]> {
    const server = await startBenchServer();
    try {
      const path = join(server.dataDir, 'calls.csv');
      await publishPlan(server);
      const ours = await importOverHttp(server, path);
      const megabytes = Math.round((await stat(path)).size / 1e6);
      const { bareSeconds, indexedSeconds } = await plainCopy(server);
      return [
        {
          what: `${ROWS.toLocaleString('en')} rows (${megabytes} MB, GCJ-02) over HTTP: parse, convert, H3, beat, insert, index`,
          ours: `${ours.seconds.toFixed(1)} s`,
          peer: `plain COPY with the same indexes ${indexedSeconds.toFixed(1)} s`,
          ratio: `${(ours.seconds / indexedSeconds).toFixed(2)} ×`,
          goal: `≤ ${GOAL_SECONDS} s`,
          met: ours.seconds <= GOAL_SECONDS,
          note: `upload before it ${ours.uploadSeconds.toFixed(1)} s; COPY without any index ${bareSeconds.toFixed(1)} s (${(ours.seconds / bareSeconds).toFixed(2)} ×)`,
        },
        {
          what: 'resident memory of the server meanwhile',
          ours: `${ours.residentMegabytes.toFixed(0)} MB`,
          goal: `< ${GOAL_MEGABYTES} MB`,
          met: ours.residentMegabytes < GOAL_MEGABYTES,
          note: `${ours.idleMegabytes.toFixed(0)} MB before it began`,
        },
      ];
    } finally {
      await server.close();
    }
  },
};
