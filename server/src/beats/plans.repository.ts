import type { AreaFigures } from '@xunfang/geo-data/contract';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Database, Db } from '../platform/index.ts';
import type { CellLoad, DesignedArea, DesignedPlan } from './plan-design.ts';

export interface PlanBasis {
  incidentsFrom: string;
  incidentsTo: string;
  incidentCount: number;
  seed: number;
  tolerance: number;
  worstDeviation: number;
}

export interface PlanRow {
  id: number;
  bureau_id: number;
  name: string;
  version: number;
  state: 'draft' | 'published' | 'withdrawn';
  resolution: number;
  basis: PlanBasis;
  created_by: string;
  created_at: Date;
  effective_from: Date | null;
  /** null with a start: until further notice. */
  effective_to: Date | null;
  zones: number;
  beats: number;
}

export interface NewPlan {
  bureauId: number;
  name: string;
  resolution: number;
  basis: PlanBasis;
  createdBy: string;
  design: DesignedPlan;
}

/** States whose incidents are no work for a beat: merged into another, or invalid. */
const NO_WORK_STATES = [INCIDENT_STATES.indexOf('merged'), INCIDENT_STATES.indexOf('invalid')];
const ROWS_PER_INSERT = 5_000;

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
        'plan.created_by',
        'plan.created_at',
        sql<Date | null>`lower(plan.effective)`.as('effective_from'),
        sql<Date | null>`upper(plan.effective)`.as('effective_to'),
        sql<number>`(SELECT count(*)::int FROM plan_zone z WHERE z.plan_id = plan.id)`.as('zones'),
        sql<number>`(SELECT count(*)::int FROM plan_beat b WHERE b.plan_id = plan.id)`.as('beats'),
      ]);
  type Plans = SelectQueryBuilder<Database, 'plan', unknown>;
  const rows = async (query: Plans): Promise<PlanRow[]> => (await query.execute()) as PlanRow[];

  return {
    /** Newest version first. */
    ofBureau: (bureauId: number) =>
      rows(plans().where('plan.bureau_id', '=', bureauId).orderBy('plan.version', 'desc')),

    byId: async (id: number) => (await rows(plans().where('plan.id', '=', id)))[0] as PlanRow | undefined,

    inForceAt: async (bureauId: number, at: Date) =>
      (
        await rows(
          plans()
            .where('plan.bureau_id', '=', bureauId)
            .where('plan.state', '=', 'published')
            .where(sql<boolean>`plan.effective @> ${at.toISOString()}::timestamptz`),
        )
      )[0] as PlanRow | undefined,

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

    /** Writes a draft whole; call it in a transaction that holds `lockPlans`. Returns its id. */
    async insertDraft({ bureauId, name, resolution, basis, createdBy, design }: NewPlan): Promise<number> {
      const { id } = await db
        .insertInto('plan')
        .values((eb) => ({
          bureau_id: bureauId,
          name,
          version: sql<number>`${eb
            .selectFrom('plan')
            .select(sql<number>`coalesce(max(version), 0) + 1`.as('next'))
            .where('bureau_id', '=', bureauId)}`,
          resolution,
          basis: { ...basis },
          created_by: createdBy,
        }))
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('plan_zone')
        .values(design.zones.map((zone) => areaRow(id, zone)))
        .execute();
      await db
        .insertInto('plan_beat')
        .values(design.beats.map((beat) => ({ ...areaRow(id, beat), zone_number: beat.zoneNumber })))
        .execute();
      const atoms = Array.from(design.cells, (cell, row) => ({
        plan_id: id,
        cell,
        beat_number: design.beatNumbers[row],
      }));
      for (let start = 0; start < atoms.length; start += ROWS_PER_INSERT) {
        await db
          .insertInto('plan_atom')
          .values(atoms.slice(start, start + ROWS_PER_INSERT))
          .execute();
      }
      return id;
    },

    /**
     * Whoever writes plans takes this first, whoever assigns beats takes `lockPlansShared`: an incident is never given the beat
     * of a plan that another transaction is just replacing. Both end with the transaction.
     */
    lockPlans: (bureauId: number) => sql`SELECT pg_advisory_xact_lock(${PLAN_LOCK}, ${bureauId})`.execute(db),
    lockPlansShared: (bureauId: number) =>
      sql`SELECT pg_advisory_xact_lock_shared(${PLAN_LOCK}, ${bureauId})`.execute(db),

    setState: (id: number, state: PlanRow['state'], period: { from: Date; to: Date | null } | null) =>
      db
        .updateTable('plan')
        .set({
          state,
          effective:
            period === null
              ? null
              : sql<string>`tstzrange(${period.from.toISOString()}::timestamptz, ${period.to?.toISOString() ?? null}::timestamptz)`,
        })
        .where('id', '=', id)
        .execute(),

    /** Gives the incidents of a period the beats of a plan. Returns how many changed. */
    async assignIncidents(request: {
      bureauId: number;
      planId: number;
      resolution: number;
      from: Date;
      to: Date | null;
    }) {
      const { numAffectedRows } = await sql`
        UPDATE incident SET beat_id = found.beat_id
        FROM (
          SELECT i.id, b.id AS beat_id
          FROM incident i
          LEFT JOIN plan_atom a ON a.plan_id = ${request.planId} AND a.cell = h3_parent(i.cell, ${request.resolution}::int)
          LEFT JOIN plan_beat b ON b.plan_id = a.plan_id AND b.number = a.beat_number
          WHERE i.bureau_id = ${request.bureauId} AND i.occurred_at >= ${request.from.toISOString()}::timestamptz
            AND i.occurred_at < coalesce(${request.to?.toISOString() ?? null}::timestamptz, 'infinity')
        ) found
        WHERE incident.bureau_id = ${request.bureauId} AND incident.id = found.id AND incident.beat_id IS DISTINCT FROM found.beat_id`.execute(
        db,
      );
      return Number(numAffectedRows ?? 0);
    },

    /** Results that are cached by the data revision are void. */
    touchData: (bureauId: number) =>
      db
        .updateTable('bureau')
        .set((eb) => ({ data_revision: eb('data_revision', '+', 1) }))
        .where('id', '=', bureauId)
        .execute(),

    unitsWithBeat: (bureauId: number) =>
      db
        .selectFrom('unit')
        .select(['id', 'beat_number'])
        .where('bureau_id', '=', bureauId)
        .where('beat_number', 'is not', null)
        .orderBy('id')
        .execute(),

    /** Returns the roster's new revision. */
    async rosterUnits(bureauId: number, beatOfUnit: ReadonlyMap<number, number>): Promise<number> {
      const units = [...beatOfUnit.keys()];
      await sql`
        UPDATE unit SET beat_number = given.beat
        FROM unnest(${units}::int[], ${units.map((id) => beatOfUnit.get(id) ?? null)}::int[]) AS given (id, beat)
        WHERE unit.id = given.id AND unit.bureau_id = ${bureauId}`.execute(db);
      const { roster_revision } = await db
        .updateTable('bureau')
        .set((eb) => ({ roster_revision: eb('roster_revision', '+', 1) }))
        .where('id', '=', bureauId)
        .returning('roster_revision')
        .executeTakeFirstOrThrow();
      return roster_revision;
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

/** Names the advisory lock of plans among those of this database. */
const PLAN_LOCK = 7_001;

function areaRow(planId: number, area: DesignedArea) {
  return {
    plan_id: planId,
    number: area.number,
    name_zh: area.name.zh,
    name_en: area.name.en,
    colour: area.colour,
    label_lon: area.labelAt[0],
    label_lat: area.labelAt[1],
    boundary: { ...area.boundary },
    figures: { ...area.figures } satisfies AreaFigures as Record<string, number>,
  };
}
