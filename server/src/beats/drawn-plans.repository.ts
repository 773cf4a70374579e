import type { AreaFigures } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';
import type { DesignedArea, DrawnPlan } from './plan-design.ts';
import type { PlanBasis, PlanRow } from './plans.repository.ts';

export interface NewPlan {
  bureauId: number;
  name: string;
  resolution: number;
  basis: PlanBasis;
  createdBy: string;
  basedOnPlan: number | null;
  design: DrawnPlan;
}

const ROWS_PER_INSERT = 5_000;

/** Writes plans whole: their zones, beats and atoms. Takes the transaction when it is made. */
export function drawnPlansRepository(db: Db) {
  /** Writes a draft whole; call it in a transaction that holds `lockPlans`. Returns its id. */
  async function insertDraft({
    bureauId,
    name,
    resolution,
    basis,
    createdBy,
    basedOnPlan,
    design,
  }: NewPlan): Promise<number> {
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
        based_on_plan: basedOnPlan,
        created_by: createdBy,
      }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertAreas(id, design);
    return id;
  }

  async function insertAreas(id: number, design: DrawnPlan): Promise<void> {
    if (design.zones.length > 0)
      await db
        .insertInto('plan_zone')
        .values(design.zones.map((zone) => areaRow(id, zone)))
        .execute();
    if (design.beats.length > 0)
      await db
        .insertInto('plan_beat')
        .values(design.beats.map((beat) => ({ ...areaRow(id, beat), zone_number: beat.zoneNumber })))
        .execute();
    const atoms = Array.from(design.cells, (cell, row) => ({
      plan_id: id,
      cell,
      beat_number: design.beatNumbers[row],
    })).filter(({ beat_number }) => beat_number > 0);
    for (let start = 0; start < atoms.length; start += ROWS_PER_INSERT) {
      await db
        .insertInto('plan_atom')
        .values(atoms.slice(start, start + ROWS_PER_INSERT))
        .execute();
    }
  }

  return {
    insertDraft,

    /** A draft with the zones, beats and atoms of another plan; call it in a transaction that holds `lockPlans`. */
    async insertClone(source: PlanRow, name: string, createdBy: string): Promise<number> {
      const { bureau_id: bureauId, resolution, basis } = source;
      const empty = { zones: [], beats: [], cells: new BigInt64Array(), beatNumbers: new Uint16Array() };
      const created = { bureauId, name, resolution, basis, createdBy, basedOnPlan: source.id };
      const id = await insertDraft({ ...created, design: empty });
      const area = sql`number, name_zh, name_en, colour, label_lon, label_lat, boundary, figures`;
      await sql`INSERT INTO plan_zone (plan_id, ${area}) SELECT ${id}::int, ${area} FROM plan_zone WHERE plan_id = ${source.id}`.execute(
        db,
      );
      await sql`INSERT INTO plan_beat (plan_id, zone_number, ${area})
        SELECT ${id}::int, zone_number, ${area} FROM plan_beat WHERE plan_id = ${source.id} ORDER BY number`.execute(
        db,
      );
      await sql`INSERT INTO plan_atom (plan_id, cell, beat_number)
        SELECT ${id}::int, cell, beat_number FROM plan_atom WHERE plan_id = ${source.id}`.execute(db);
      return id;
    },

    /** Puts zones, beats and atoms in the stead of those the plan has; only while it is a draft, nothing refers to its beats then. */
    async redraw(id: number, drawn: DrawnPlan): Promise<void> {
      await db.deleteFrom('plan_atom').where('plan_id', '=', id).execute();
      await db.deleteFrom('plan_beat').where('plan_id', '=', id).execute();
      await db.deleteFrom('plan_zone').where('plan_id', '=', id).execute();
      await insertAreas(id, drawn);
    },
  };
}

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
