import { ALL_HOURS, ALL_WEEKDAYS } from '@xunfang/geo-data/incidents';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/index.ts';
import { NOT_COUNTED } from './hotspots.repository.ts';

/** Which incidents count; as the grid of the same analysis counts them. */
export interface CountedIncidents {
  bureauId: number;
  from: Date;
  to: Date;
  timeZone: string;
  /** null: all. */
  categories: readonly number[] | null;
  hoursMask: number;
  weekdaysMask: number;
  includeSelfInitiated: boolean;
}

export interface BeatOfPlan {
  id: number;
  planId: number;
  planName: string;
  effectiveFrom: Date | null;
  number: number;
  nameZh: string;
  nameEn: string;
  zoneNumber: number;
}

export function beatCountsRepository(db: Db) {
  return {
    /** By the beats that the plans of their times gave them; null: none. */
    byBeatId: (counted: CountedIncidents) =>
      sql<{ beat_id: number | null; incidents: number }>`
        SELECT beat_id, count(*)::int AS incidents FROM incident WHERE ${conditions(counted)} GROUP BY beat_id`,

    /** By the numbers of a plan's beats; null: outside of it. Cells are counted before they are looked up. */
    byNumber: (counted: CountedIncidents, plan: { id: number; resolution: number }) =>
      sql<{ beat_number: number | null; incidents: number }>`
        SELECT a.beat_number, sum(cells.incidents)::int AS incidents
        FROM (
          SELECT h3_parent(cell, ${plan.resolution}::int) AS cell, count(*) AS incidents
          FROM incident WHERE ${conditions(counted)} GROUP BY 1
        ) cells
        LEFT JOIN plan_atom a ON a.plan_id = ${plan.id}::int AND a.cell = cells.cell
        GROUP BY a.beat_number`,

    /** Every beat of the plans that have one of these. */
    async beatsBeside(beatIds: readonly number[]): Promise<BeatOfPlan[]> {
      if (beatIds.length === 0) return [];
      return db
        .selectFrom('plan_beat')
        .innerJoin('plan', 'plan.id', 'plan_beat.plan_id')
        .select([
          'plan_beat.id',
          'plan.id as planId',
          'plan.name as planName',
          sql<Date | null>`lower(plan.effective)`.as('effectiveFrom'),
          'plan_beat.number',
          'plan_beat.name_zh as nameZh',
          'plan_beat.name_en as nameEn',
          'plan_beat.zone_number as zoneNumber',
        ])
        .where('plan_beat.plan_id', 'in', (known) =>
          known.selectFrom('plan_beat').select('plan_id').where('id', 'in', beatIds),
        )
        .orderBy(sql`lower(plan.effective) NULLS LAST`)
        .orderBy('plan.id')
        .orderBy('plan_beat.number')
        .execute();
    },
  };
}

function conditions(counted: CountedIncidents): RawBuilder<unknown> {
  const { bureauId, from, to, timeZone, categories, hoursMask, weekdaysMask, includeSelfInitiated } = counted;
  const local = (part: RawBuilder<unknown>) => sql`extract(${part} FROM occurred_at AT TIME ZONE ${timeZone})::int`;
  return sql.join(
    [
      sql`bureau_id = ${bureauId}`,
      sql`occurred_at >= ${from.toISOString()}::timestamptz AND occurred_at < ${to.toISOString()}::timestamptz`,
      sql`state NOT IN (${sql.join(NOT_COUNTED)})`,
      ...(includeSelfInitiated ? [] : [sql`NOT self_initiated`]),
      ...(categories === null
        ? []
        : [sql`coalesce(confirmed_category, called_category) = ANY(${[...categories]}::smallint[])`]),
      ...(hoursMask === ALL_HOURS ? [] : [sql`(${hoursMask}::int >> ${local(sql`hour`)}) & 1 = 1`]),
      ...(weekdaysMask === ALL_WEEKDAYS ? [] : [sql`(${weekdaysMask}::int >> (${local(sql`isodow`)} - 1)) & 1 = 1`]),
    ],
    sql` AND `,
  );
}
