import type { HotspotMeta } from '@xunfang/geo-data/contract';
import { decodeColumnBlock } from '@xunfang/geo-data/contract';
import { latLngToCellColumns } from '@xunfang/geo-data/geometry';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { createCopyEncoder } from '../src/incidents/imports/copy-encoder.ts';
import { type BenchServer, startBenchServer } from './bench-server.ts';

const ROWS = 1_000_000;
const BATCH = 50_000;

/** A million incidents of two years in eight clusters, straight into the table. */
async function fill({ database: { sql }, bureauId }: BenchServer): Promise<void> {
  const random = createSeededRandom(7);
  const [{ id: sourceId }] = await sql<{ id: number }[]>`
    INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, 'bench') RETURNING id`;
  await sql.unsafe('CREATE TABLE filling (n bigint, at timestamptz, lon float8, lat float8, cell bigint)');
  const encoder = createCopyEncoder(1 << 22);
  const lon = new Float64Array(BATCH);
  const lat = new Float64Array(BATCH);
  for (let from = 0; from < ROWS; from += BATCH) {
    for (let i = 0; i < BATCH; i++) {
      const cluster = random.int(8);
      lon[i] = 104.04 + (((cluster * 37) % 80) - 40) / 1000 + random.normal(0, 0.006);
      lat[i] = 30.64 + (((cluster * 53) % 80) - 40) / 1000 + random.normal(0, 0.006);
    }
    const cells = latLngToCellColumns(lat, lon, 11);
    for (let i = 0; i < BATCH; i++) {
      encoder.row(5);
      encoder.int8(0, from + i);
      encoder.timestamp(1_704_067_200 + (from + i) * 63);
      encoder.float8(lon[i]);
      encoder.float8(lat[i]);
      encoder.int8(cells.hi[i], cells.lo[i]);
    }
    const stream = await sql.unsafe('COPY filling FROM STDIN (FORMAT binary)').writable();
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.end(encoder.take(), resolve);
    });
  }
  await sql`
    INSERT INTO incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, called_category, priority, state, state_since)
    SELECT ${bureauId}::integer, ${sourceId}::integer, n::text, at, at, lon, lat, cell, 0, 3, 8, at FROM filling`;
  await sql.unsafe('DROP TABLE filling');
  await sql.unsafe('VACUUM ANALYZE incident');
}

export const bench: Bench = {
  name: 'hotspot query',
  async run(): Promise<BenchRow[]> {
    const server = await startBenchServer();
    try {
      await fill(server);
      let asked = 0;
      const ask = async (changes: Record<string, string> = {}) => {
        const query = new URLSearchParams({
          from: '2024-01-01T00:00:00Z',
          to: '2026-02-01T00:00:00Z',
          resolution: '9',
          ...changes,
        });
        const answer = await fetch(`${server.baseUrl}/api/hotspots?${query.toString()}`, { headers: server.headers });
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
        return decodeColumnBlock<HotspotMeta>(await answer.arrayBuffer());
      };
      const coldStarted = performance.now();
      const { meta } = await ask();
      const coldMs = performance.now() - coldStarted;
      // A window that nobody asked for yet, so that nothing is kept of it.
      const fresh = (changes: Record<string, string> = {}) =>
        ask({ to: new Date(Date.UTC(2026, 0, 31) + ++asked * 1000).toISOString(), ...changes });
      const warm = await measure(() => fresh());
      const filtered = await measure(() => fresh({ hours: '20,21,22,23,0,1', weekdays: '5,6' }));
      const gaussian = await measure(() => fresh({ kernel: 'gaussian', bandwidthMeters: '300' }), 3);
      const kept = await measure(() => ask());
      const cells = `${meta.cellCount.toLocaleString('en')} cells`;
      return [
        {
          what: `first answer after a change of 1,000,000 incidents: read, count, density, Gi*, FDR, res 9, ${cells}`,
          ours: `${coldMs.toFixed(0)} ms`,
        },
        {
          what: `new query over 1,000,000 incidents, res 9, ${cells}, 2 workers, over HTTP`,
          ours: formatMs(warm),
          goal: '≤ 1500 ms',
          met: warm.medianMs <= 1500,
        },
        { what: 'the same for hours and weekdays', ours: formatMs(filtered) },
        { what: 'the same with a Gaussian of 300 m', ours: formatMs(gaussian) },
        { what: 'a query asked before', ours: formatMs(kept) },
      ];
    } finally {
      await server.close();
    }
  },
};
