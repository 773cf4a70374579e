import type { PlanCalendar, ShiftWindow } from '@xunfang/geo-data/beats';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';

/** A stretch of time under one plan; null: none, and until further notice. */
export interface AssignmentSpell {
  planId: number | null;
  from: Date;
  to: Date | null;
}

const FOREVER = Number.POSITIVE_INFINITY;
const secondsOf = (instant: Date) => instant.getTime() / 1000;

/** When which plan is in force, and what moves when that changes. The methods take the pool or a transaction. */
export function planCalendarRepository(db: Db) {
  return {
    /** Everything that decides which plan is in force when. */
    async calendar(bureauId: number): Promise<PlanCalendar> {
      const [bureau, plans, timetables, dutyPeriods] = await Promise.all([
        db.selectFrom('bureau').select('time_zone').where('id', '=', bureauId).executeTakeFirstOrThrow(),
        db
          .selectFrom('plan')
          .select([
            'id',
            'shift',
            'duty_level',
            sql<Date>`lower(effective)`.as('from'),
            sql<Date | null>`upper(effective)`.as('to'),
          ])
          .where('bureau_id', '=', bureauId)
          .where('state', '=', 'published')
          .orderBy('id')
          .execute(),
        planCalendarRepository(db).timetables(bureauId),
        planCalendarRepository(db).dutyPeriods(bureauId),
      ]);
      return {
        timeZone: bureau.time_zone,
        plans: plans.map(({ id, shift, duty_level, from, to }) => ({
          id,
          shift,
          dutyLevel: duty_level,
          fromSeconds: secondsOf(from),
          toSeconds: to === null ? FOREVER : secondsOf(to),
        })),
        timetables: timetables.map(({ starts_at, windows }) => ({
          fromSeconds: secondsOf(starts_at),
          windows: windows as ShiftWindow[],
        })),
        dutyPeriods: dutyPeriods.map(({ level, from, to }) => ({
          level,
          fromSeconds: secondsOf(from),
          toSeconds: to === null ? FOREVER : secondsOf(to),
        })),
      };
    },

    timetables: (bureauId: number) =>
      db.selectFrom('shift_timetable').selectAll().where('bureau_id', '=', bureauId).orderBy('starts_at').execute(),

    /** A timetable for the same instant is replaced. */
    setTimetable: (bureauId: number, startsAt: Date, windows: readonly ShiftWindow[], setBy: string) =>
      db
        .insertInto('shift_timetable')
        .values({ bureau_id: bureauId, starts_at: startsAt, windows: [...windows], set_by: setBy })
        .onConflict((conflict) =>
          conflict.columns(['bureau_id', 'starts_at']).doUpdateSet({ windows: [...windows], set_by: setBy }),
        )
        .execute(),

    dutyPeriods: (bureauId: number) =>
      db
        .selectFrom('duty_period')
        .select([
          'id',
          'level',
          'set_by',
          sql<Date>`lower(period)`.as('from'),
          sql<Date | null>`upper(period)`.as('to'),
        ])
        .where('bureau_id', '=', bureauId)
        .orderBy(sql`lower(period)`)
        .execute(),

    dutyPeriod: (id: number) =>
      db
        .selectFrom('duty_period')
        .select([
          'id',
          'bureau_id',
          'level',
          sql<Date>`lower(period)`.as('from'),
          sql<Date | null>`upper(period)`.as('to'),
        ])
        .where('id', '=', id)
        .executeTakeFirst(),

    addDutyPeriod: (bureauId: number, level: number, from: Date, to: Date | null, setBy: string) =>
      db
        .insertInto('duty_period')
        .values({ bureau_id: bureauId, level, period: range(from, to), set_by: setBy })
        .returning('id')
        .executeTakeFirstOrThrow(),

    endDutyPeriod: (id: number, from: Date, to: Date) =>
      db
        .updateTable('duty_period')
        .set({ period: range(from, to) })
        .where('id', '=', id)
        .execute(),

    removeDutyPeriod: (id: number) => db.deleteFrom('duty_period').where('id', '=', id).execute(),

    bureauIds: async () => (await db.selectFrom('bureau').select('id').orderBy('id').execute()).map(({ id }) => id),

    inForceRow: (bureauId: number) =>
      db.selectFrom('plan_in_force').select(['plan_id', 'since']).where('bureau_id', '=', bureauId).executeTakeFirst(),

    setInForce: (bureauId: number, planId: number | null, since: Date) =>
      db
        .insertInto('plan_in_force')
        .values({ bureau_id: bureauId, plan_id: planId, since })
        .onConflict((conflict) => conflict.column('bureau_id').doUpdateSet({ plan_id: planId, since }))
        .execute(),

    /** Gives the incidents of each spell the beats of its plan. Returns how many changed. */
    async assignIncidents(bureauId: number, spells: readonly AssignmentSpell[]): Promise<number> {
      let changed = 0;
      for (const { planId, from, to } of spells) {
        const { numAffectedRows } = await sql`
          UPDATE incident SET beat_id = found.beat_id
          FROM (
            SELECT i.id, b.id AS beat_id
            FROM incident i
            LEFT JOIN plan p ON p.id = ${planId}::int
            LEFT JOIN plan_atom a ON a.plan_id = p.id AND a.cell = h3_parent(i.cell, p.resolution)
            LEFT JOIN plan_beat b ON b.plan_id = a.plan_id AND b.number = a.beat_number
            WHERE i.bureau_id = ${bureauId} AND i.occurred_at >= ${from.toISOString()}::timestamptz
              AND i.occurred_at < coalesce(${to?.toISOString() ?? null}::timestamptz, 'infinity')
          ) found
          WHERE incident.bureau_id = ${bureauId} AND incident.id = found.id AND incident.beat_id IS DISTINCT FROM found.beat_id`.execute(
          db,
        );
        changed += Number(numAffectedRows ?? 0);
      }
      return changed;
    },

    /** Results that are cached by the data revision are void. */
    touchData: (bureauId: number) =>
      db
        .updateTable('bureau')
        .set((eb) => ({ data_revision: eb('data_revision', '+', 1) }))
        .where('id', '=', bureauId)
        .execute(),

    /** Open incidents that have another beat number in the one plan than in the other. */
    async openIncidentsBetween(bureauId: number, before: number | null, after: number | null): Promise<number> {
      const beatIn = (planId: number | null) => sql`(SELECT a.beat_number FROM plan p JOIN plan_atom a
        ON a.plan_id = p.id AND a.cell = h3_parent(incident.cell, p.resolution) WHERE p.id = ${planId}::int)`;
      const { rows } = await sql<{ count: number }>`
        SELECT count(*)::int AS count FROM incident
        WHERE bureau_id = ${bureauId} AND (state < 8 OR state = 9)
          AND ${beatIn(before)} IS DISTINCT FROM ${beatIn(after)}`.execute(db);
      return rows[0].count;
    },

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
  };
}

/** From an instant to another, null: without end. */
export const range = (from: Date, to: Date | null) =>
  sql<string>`tstzrange(${from.toISOString()}::timestamptz, ${to?.toISOString() ?? null}::timestamptz)`;
