import { createHash } from 'node:crypto';
import type { HotspotColumns, HotspotMeta, HotspotQuery } from '@xunfang/geo-data/contract';
import { polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import { categoriesWithDescendants } from '../incidents/index.ts';
import { type Db, problem, type Sql, type Workers } from '../platform/index.ts';
import type { GridPart, GridRequest } from './grid-request.ts';
import { type HotspotSelection, selectionOf } from './hotspot-query.ts';
import { hotspotsRepository } from './hotspots.repository.ts';
import { incidentStoreOf } from './incident-store.ts';
import { createResultCache } from './result-cache.ts';
import './messages.hotspots.ts';

export interface HotspotsDeps {
  db: Db;
  sql: Sql;
  workers: Workers;
}
export interface Hotspots {
  meta: HotspotMeta;
  columns: HotspotColumns;
}
export interface HotspotOrder {
  /** Equal for equal answers: query and revision of the data. */
  etag: string;
  compute(signal: AbortSignal): Promise<Hotspots>;
}

const GRID_TASK = new URL('./grid.task.ts', import.meta.url);
const CACHE_BYTES = 128 * 1024 * 1024;
const MOST_CELLS = 400_000;
/** From this many incidents on the density is worth spreading over the workers. */
const ROWS_PER_PART = 50_000;
/** Mean area of an H3 cell in km², resolutions 7 to 11 (h3geo.org, table of cell areas). */
const CELL_KM2: Record<number, number> = { 7: 5.161293, 8: 0.737328, 9: 0.105333, 10: 0.015048, 11: 0.00215 };

export function hotspotsService({ db, sql, workers }: HotspotsDeps) {
  const repository = hotspotsRepository(db);
  const store = incidentStoreOf(sql, workers);
  const cache = createResultCache<Hotspots>(CACHE_BYTES, ({ columns }) =>
    Object.values(columns as unknown as Record<string, ArrayBufferView>).reduce(
      (sum, column) => sum + column.byteLength,
      0,
    ),
  );

  async function compute(
    bureau: {
      id: number;
      boundary: GridRequest['boundary'];
      timeZone: string;
      demonstration: boolean;
      revision: number;
    },
    selection: HotspotSelection,
    signal: AbortSignal,
  ): Promise<Hotspots> {
    const started = performance.now();
    const incidents = await store.get(bureau.id, bureau.revision);
    signal.throwIfAborted();
    const categories = await categoriesWithDescendants(db, bureau.id, selection.categories);
    const parts = Math.max(1, Math.min(workers.threads, Math.ceil(incidents.columns.count / ROWS_PER_PART)));
    const request: Omit<GridRequest, 'part'> = {
      incidents,
      filter: {
        fromSeconds: selection.fromSeconds,
        toSeconds: selection.toSeconds,
        hoursMask: selection.hoursMask,
        weekdaysMask: selection.weekdaysMask,
        timeZone: bureau.timeZone,
        // An unknown category selects nothing, not everything.
        ...(selection.categories.length === 0 ? {} : { categories }),
      },
      includeSelfInitiated: selection.includeSelfInitiated,
      areaKey: areaKeyOf(bureau.id, bureau.boundary),
      boundary: bureau.boundary,
      resolution: selection.resolution,
      kernel: selection.kernel,
      bandwidthMeters: selection.bandwidthMeters,
      parts,
    };
    const computed = await Promise.all(
      Array.from({ length: parts }, (_, part) => workers.run<GridPart>(GRID_TASK, { ...request, part }, { signal })),
    );
    const [first] = computed;
    const densityPerKm2 = new Float32Array(first.cellHi.length);
    let at = 0;
    for (const part of computed) {
      densityPerKm2.set(part.densityPerKm2, at);
      at += part.densityPerKm2.length;
    }
    return {
      meta: {
        from: new Date(selection.fromSeconds * 1000).toISOString(),
        to: new Date(selection.toSeconds * 1000).toISOString(),
        resolution: selection.resolution,
        incidentCount: first.inside,
        cellCount: first.cellHi.length,
        kernel: selection.kernel,
        bandwidthMeters: selection.bandwidthMeters,
        dataRevision: incidents.revision,
        demonstration: bureau.demonstration,
        computedMs: Math.round(performance.now() - started),
        cached: false,
      },
      columns: {
        cellHi: first.cellHi,
        cellLo: first.cellLo,
        count: first.counts,
        ratePerKm2: first.ratePerKm2,
        densityPerKm2,
        giZ: first.giZ,
        giQ: first.giQ,
      },
    };
  }

  return {
    async order(bureauId: number, query: HotspotQuery): Promise<HotspotOrder> {
      const selection = selectionOf(query);
      const row = await repository.bureau(bureauId);
      const boundary = row.boundary as unknown as GridRequest['boundary'];
      refuseTooManyCells(boundary, selection.resolution);
      const bureau = {
        id: bureauId,
        boundary,
        timeZone: row.time_zone,
        demonstration: row.demonstration,
        revision: row.data_revision,
      };
      const key = JSON.stringify([bureauId, row.data_revision, areaKeyOf(bureauId, boundary), selection]);
      return {
        etag: `"h${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`,
        compute: async (signal) => {
          const { value, cached } = await cache.get(key, signal, (own) => compute(bureau, selection, own));
          return { columns: value.columns, meta: { ...value.meta, cached } };
        },
      };
    },
  };
}

function areaKeyOf(bureauId: number, boundary: GridRequest['boundary']): string {
  return `${bureauId} ${createHash('sha256').update(JSON.stringify(boundary)).digest('base64url').slice(0, 12)}`;
}

function refuseTooManyCells(boundary: GridRequest['boundary'], resolution: number): void {
  const km2 = polygonAreaSquareMeters(boundary) / 1e6;
  const cells = Math.round(km2 / CELL_KM2[resolution]);
  if (cells <= MOST_CELLS) return;
  let suggestion = resolution - 1;
  while (suggestion > 7 && km2 / CELL_KM2[suggestion] > MOST_CELLS) suggestion--;
  problem(422, 'TOO_MANY_CELLS', { resolution, cells, limit: MOST_CELLS, suggestion }, { field: 'resolution' });
}
