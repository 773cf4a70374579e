import { createHash } from 'node:crypto';
import { incidentStoreOf } from '../hotspots/index.ts';
import { categoriesWithDescendants, dataRevision } from '../incidents/index.ts';
import { type Db, problem, type Sql, type Workers } from '../platform/index.ts';
import type { BlockAnswer, BlockRequest } from './block.task.ts';
import './messages.replay.ts';

export interface BlockQuery {
  from: Date;
  to: Date;
  categories: readonly number[];
  includeSelfInitiated: boolean;
}

const BLOCK_TASK = new URL('./block.task.ts', import.meta.url);
/** 30 MB on the wire. */
const MOST_INCIDENTS = 1_000_000;

export function replayService({ db, sql, workers }: { db: Db; sql: Sql; workers: Workers }) {
  const store = incidentStoreOf(sql, workers);

  return {
    /** The block is only computed when the caller does not hold it already. */
    async order(bureau: { id: number; timeZone: string }, query: BlockQuery) {
      if (query.from >= query.to) problem(400, 'REPLAY_WINDOW_EMPTY', {}, { field: 'to' });
      const revision = await dataRevision(db, bureau.id);
      const key = JSON.stringify([bureau.id, revision, query]);
      return {
        etag: `"b${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`,
        compute: async (): Promise<ArrayBuffer> => {
          const incidents = await store.get(bureau.id, revision);
          const categories = await categoriesWithDescendants(db, bureau.id, query.categories);
          const request: BlockRequest = {
            incidents,
            filter: {
              fromSeconds: Math.max(0, Math.ceil(query.from.getTime() / 1000)),
              toSeconds: Math.max(0, Math.ceil(query.to.getTime() / 1000)),
              timeZone: bureau.timeZone,
              ...(query.categories.length === 0 ? {} : { categories }),
            },
            includeSelfInitiated: query.includeSelfInitiated,
            limit: MOST_INCIDENTS,
          };
          const { block, count } = await workers.run<BlockAnswer>(BLOCK_TASK, request);
          return block ?? problem(413, 'BLOCK_TOO_LARGE', { count, limit: MOST_INCIDENTS }, { field: 'to' });
        },
      };
    },
  };
}
