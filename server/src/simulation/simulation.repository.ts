import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';
import type { CallsOrder, PeriodCalls } from './simulation-job.ts';

/** As hotspots count: merged ones with what they were merged into, invalid ones nowhere. */
const NOT_COUNTED = [INCIDENT_STATES.indexOf('merged'), INCIDENT_STATES.indexOf('invalid')];

type Period = Omit<CallsOrder, 'databaseUrl' | 'resolution'>;

export function simulationRepository(db: Db) {
  const ofPeriod = ({ bureauId, from, to, categories, includeSelfInitiated }: Period) =>
    db
      .selectFrom('incident')
      .where('bureau_id', '=', bureauId)
      .where('occurred_at', '>=', from)
      .where('occurred_at', '<', to)
      .where('state', 'not in', NOT_COUNTED)
      .$if(!includeSelfInitiated, (query) => query.where('self_initiated', '=', false))
      .$if(categories !== null, (query) =>
        query.where(({ eb, fn }) => eb(fn.coalesce('confirmed_category', 'called_category'), 'in', categories ?? [])),
      );

  return {
    bureau: (bureauId: number) =>
      db.selectFrom('bureau').select(['slug']).where('id', '=', bureauId).executeTakeFirstOrThrow(),

    countCalls: async (period: Period): Promise<number> =>
      (await ofPeriod(period).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()).count,

    async calls(order: Period & { resolution: number }): Promise<PeriodCalls> {
      const rows = await ofPeriod(order)
        .select([
          sql<number>`extract(epoch FROM occurred_at)::float8`.as('at'),
          sql<bigint | number>`h3_parent(cell, ${order.resolution}::int)`.as('parent'),
          'priority',
        ])
        .orderBy('occurred_at')
        .orderBy('id')
        .execute();
      return {
        atSeconds: Float64Array.from(rows, ({ at }) => at),
        cell: BigInt64Array.from(rows, ({ parent }) => BigInt(parent)),
        priority: Uint8Array.from(rows, ({ priority }) => priority),
      };
    },
  };
}
