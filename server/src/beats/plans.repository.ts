import type { PlanShift, PlanSummary } from '@xunfang/geo-data/contract';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Database, Db } from '../platform/index.ts';
import { range } from './plan-calendar.repository.ts';
import type { CellLoad } from './plan-design.ts';

export interface PlanBasis {
  incidentsFrom: string;
  incidentsTo: string;
  incidentCount: number;
  seed: number;
  tolerance: number;
  worstDeviation: number;
}

export type PlanState = PlanSummary['state'];

export interface PlanRow {
  id: number;
  bureau_id: number;
  name: string;
  version: number;
  state: PlanState;
  resolution: number;
  basis: PlanBasis;
  shift: PlanShift;
  duty_level: number | null;
  based_on_plan: number | null;
  submitted_by: string | null;
  approved_by: string | null;
  review_note: string | null;
  created_by: string;
  created_at: Date;
  effective_from: Date | null;
  /** null with a start: until further notice. */
  effective_to: Date | null;
  zones: number;
  beats: number;
}

/** What steps of a plan's life change; a period is set by `publish` alone. */
export interface PlanUpdate {
  /** Of a draft only. */
  name?: string;
  state?: Exclude<PlanState, 'published'>;
  effective?: null;
  submitted_by?: string | null;
  approved_by?: string | null;
  review_note?: string | null;
}

/** States whose incidents are no work for a beat: merged into another, or invalid. */
const NO_WORK_STATES = [INCIDENT_STATES.indexOf('merged'), INCIDENT_STATES.indexOf('invalid')];

/** The methods take the pool or a transaction when they are made: `plansRepository(trx)`. */
export function plansRepository(db: Db) {
  const plans = () =>
    db
      .selectFrom('plan')
      .select([
        'plan.id',
        'plan.bureau_id',
        'plan.name',
        'plan.version',
        'plan.state',
        'plan.resolution',
        'plan.basis',
        'plan.shift',
        'plan.duty_level',
        'plan.based_on_plan',
        'plan.submitted_by',
        'plan.approved_by',
        'plan.review_note',
        'plan.created_by',
        'plan.created_at',
        sql<Date | null>`lower(plan.effective)`.as('effective_from'),
        sql<Date | null>`upper(plan.effective)`.as('effective_to'),
        areaCount('zones', 'plan_zone').as('zones'),
        areaCount('beats', 'plan_beat').as('beats'),
      ]);
  type Plans = SelectQueryBuilder<Database, 'plan', unknown>;
  const rows = async (query: Plans): Promise<PlanRow[]> => (await query.execute()) as PlanRow[];

  return {
    /** Newest version first. */
    ofBureau: (bureauId: number) =>
      rows(plans().where('plan.bureau_id', '=', bureauId).orderBy('plan.version', 'desc')),

    byId: async (id: number) => (await rows(plans().where('plan.id', '=', id)))[0] as PlanRow | undefined,

    bureauOf: async (id: number) =>
      (await db.selectFrom('plan').select('bureau_id').where('id', '=', id).executeTakeFirst())?.bureau_id,

    /** What every stroke asks for: without counting areas. */
    head: (id: number) =>
      db
        .selectFrom('plan')
        .select(['bureau_id', 'name', 'state', 'resolution'])
        .where('id', '=', id)
        .executeTakeFirst(),

    /** What intake needs of the published plans. */
    publishedHeads: (bureauId: number) =>
      db
        .selectFrom('plan')
        .select(['id', 'resolution', 'created_at'])
        .where('bureau_id', '=', bureauId)
        .where('state', '=', 'published')
        .execute(),

    published: (bureauId: number) =>
      rows(
        plans()
          .where('plan.bureau_id', '=', bureauId)
          .where('plan.state', '=', 'published')
          .orderBy(sql`lower(plan.effective)`),
      ),

    zones: (planId: number) =>
      db.selectFrom('plan_zone').selectAll().where('plan_id', '=', planId).orderBy('number').execute(),

    beats: (planId: number) =>
      db.selectFrom('plan_beat').selectAll().where('plan_id', '=', planId).orderBy('number').execute(),

    bureau: (bureauId: number) =>
      db
        .selectFrom('bureau')
        .select(['slug', 'boundary', 'atom_resolution'])
        .where('id', '=', bureauId)
        .executeTakeFirstOrThrow(),

    incidentExtent: (bureauId: number) =>
      db
        .selectFrom('incident')
        .select(({ fn }) => [fn.min('occurred_at').as('from'), fn.max('occurred_at').as('to')])
        .where('bureau_id', '=', bureauId)
        .executeTakeFirstOrThrow(),

    /** Places with a response tier. */
    keyPlaces: (bureauId: number) =>
      db
        .selectFrom('place')
        .select(['id', 'lon', 'lat'])
        .where('bureau_id', '=', bureauId)
        .where('tier', 'is not', null)
        .orderBy('id')
        .execute(),

    /** Incidents that are work, counted per cell of the resolution and priority. */
    async cellLoad(request: { bureauId: number; from: Date; to: Date; resolution: number }): Promise<CellLoad> {
      const counted = await db
        .selectFrom('incident')
        .select([
          sql<bigint | number>`h3_parent(cell, ${request.resolution}::int)`.as('parent'),
          'priority',
          sql<number>`count(*)::int`.as('count'),
        ])
        .where('bureau_id', '=', request.bureauId)
        .where('occurred_at', '>=', request.from)
        .where('occurred_at', '<', request.to)
        .where('state', 'not in', NO_WORK_STATES)
        .groupBy(['parent', 'priority'])
        .execute();
      return {
        cell: BigInt64Array.from(counted, ({ parent }) => BigInt(parent)),
        priority: Uint8Array.from(counted, ({ priority }) => priority),
        count: Uint32Array.from(counted, ({ count }) => count),
      };
    },

    /**
     * Whoever writes plans takes this first, whoever assigns beats takes `lockPlansShared`: an incident is never given the beat
     * of a plan that another transaction is just replacing. Both end with the transaction.
     */
    lockPlans: (bureauId: number) => sql`SELECT pg_advisory_xact_lock(${PLAN_LOCK}, ${bureauId})`.execute(db),
    lockPlansShared: (bureauId: number) =>
      sql`SELECT pg_advisory_xact_lock_shared(${PLAN_LOCK}, ${bureauId})`.execute(db),

    update: (id: number, values: PlanUpdate) => db.updateTable('plan').set(values).where('id', '=', id).execute(),

    publish: (
      id: number,
      period: { from: Date; to: Date | null },
      variant?: { shift: PlanShift; dutyLevel: number | null },
    ) =>
      db
        .updateTable('plan')
        .set({
          state: 'published',
          effective: range(period.from, period.to),
          ...(variant ? { shift: variant.shift, duty_level: variant.dutyLevel } : {}),
        })
        .where('id', '=', id)
        .execute(),

    /** Cells of a plan, ascending, with the number of their beat. */
    async cells(planId: number): Promise<{ cells: BigInt64Array; beatNumbers: Uint16Array }> {
      const found = await db
        .selectFrom('plan_atom')
        .select(['cell', 'beat_number'])
        .where('plan_id', '=', planId)
        .orderBy('cell')
        .execute();
      return {
        cells: BigInt64Array.from(found, ({ cell }) => cell),
        beatNumbers: Uint16Array.from(found, ({ beat_number }) => beat_number),
      };
    },

    /** Atoms of a plan with the id of their beat, for lookups. */
    async atoms(planId: number): Promise<{ cells: BigInt64Array; beatIds: Int32Array }> {
      const found = await db
        .selectFrom('plan_atom')
        .innerJoin('plan_beat', (join) =>
          join
            .onRef('plan_beat.plan_id', '=', 'plan_atom.plan_id')
            .onRef('plan_beat.number', '=', 'plan_atom.beat_number'),
        )
        .select(['plan_atom.cell', 'plan_beat.id'])
        .where('plan_atom.plan_id', '=', planId)
        .execute();
      return {
        cells: BigInt64Array.from(found, ({ cell }) => cell),
        beatIds: Int32Array.from(found, ({ id }) => id),
      };
    },
  };
}

/** Of a draft as it is edited, else as the plan has them. */
const areaCount = (list: 'beats' | 'zones', table: 'plan_beat' | 'plan_zone') => sql<number>`coalesce(
  (SELECT count(*)::int FROM plan_draft d, jsonb_array_elements(d.${sql.ref(list)}) area
    WHERE d.plan_id = plan.id AND plan.state = 'draft' AND NOT (area->>'removed')::boolean HAVING count(*) > 0),
  (SELECT count(*)::int FROM ${sql.table(table)} area WHERE area.plan_id = plan.id))`;

/** Names the advisory lock of plans among those of this database. */
const PLAN_LOCK = 7_001;
