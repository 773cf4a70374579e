import type { FenceArea, FenceWindow, GeofenceEventQuery, GeofenceKind } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';

export interface FenceFields {
  name: { zh: string; en: string };
  kind: GeofenceKind;
  area: FenceArea;
  unitKinds: string[];
  unitIds: number[];
  windows: FenceWindow[];
  marginMeters: number;
  confirmSeconds: number;
}
export interface FenceRow {
  id: number;
  bureau_id: number;
  revision: number;
  name_zh: string;
  name_en: string;
  kind: GeofenceKind;
  area: FenceArea;
  unit_kinds: string[];
  unit_ids: number[];
  windows: FenceWindow[];
  margin_meters: number;
  confirm_seconds: number;
  changed_by: string;
  changed_at: Date;
}
export interface PresenceRow {
  geofence_id: number;
  unit_id: number;
  call_sign: string;
  since: Date;
}
export interface EventRow {
  id: number;
  geofence_id: number;
  name_zh: string;
  name_en: string;
  kind: GeofenceKind;
  crossing: 'enter' | 'exit';
  unit_id: number;
  call_sign: string;
  at: Date;
  lon: number;
  lat: number;
}
export interface Crossing {
  unitId: number;
  fenceId: number;
  at: Date;
  lon: number;
  lat: number;
}
export type GeofencesRepository = ReturnType<typeof geofencesRepository>;

const FENCE_COLUMNS = [
  'id',
  'bureau_id',
  'revision',
  'name_zh',
  'name_en',
  'kind',
  'area',
  'unit_kinds',
  'unit_ids',
  'windows',
  'margin_meters',
  'confirm_seconds',
  'changed_by',
  'changed_at',
] as const;

const columnsOf = ({ name, kind, area, ...fields }: FenceFields) => ({
  name_zh: name.zh,
  name_en: name.en,
  kind,
  area,
  unit_kinds: fields.unitKinds,
  unit_ids: fields.unitIds,
  windows: fields.windows,
  margin_meters: fields.marginMeters,
  confirm_seconds: fields.confirmSeconds,
});

/** The methods take the pool or a transaction when they are made: `geofencesRepository(trx)`. */
export function geofencesRepository(db: Db) {
  const events = () =>
    db
      .selectFrom('geofence_event as event')
      .innerJoin('geofence', (join) =>
        join.onRef('geofence.bureau_id', '=', 'event.bureau_id').onRef('geofence.id', '=', 'event.geofence_id'),
      )
      .leftJoin('unit', 'unit.id', 'event.unit_id')
      .select([
        'event.id',
        'event.geofence_id',
        'geofence.name_zh',
        'geofence.name_en',
        'geofence.kind',
        'event.crossing',
        'event.unit_id',
        sql<string>`coalesce(unit.call_sign, '')`.as('call_sign'),
        'event.at',
        'event.lon',
        'event.lat',
      ]);

  return {
    bureaus: () =>
      db
        .selectFrom('bureau')
        .select(['id', 'time_zone as timeZone', 'centre_lon as lon', 'centre_lat as lat'])
        .execute(),

    bureau: (bureauId: number) =>
      db
        .selectFrom('bureau')
        .select(['time_zone as timeZone', 'west', 'south', 'east', 'north'])
        .where('id', '=', bureauId)
        .executeTakeFirstOrThrow(),

    unitsOf: (bureauId: number) =>
      db.selectFrom('unit').select(['id', 'kind']).where('bureau_id', '=', bureauId).execute(),

    list: (bureauId: number): Promise<FenceRow[]> =>
      db
        .selectFrom('geofence')
        .select(FENCE_COLUMNS)
        .where('bureau_id', '=', bureauId)
        .where('removed_at', 'is', null)
        .orderBy('id')
        .execute() as Promise<FenceRow[]>,

    /** Locked until the transaction ends: two changes at once must not lose one of them. */
    lock: (bureauId: number, id: number): Promise<FenceRow | undefined> =>
      db
        .selectFrom('geofence')
        .select(FENCE_COLUMNS)
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .forUpdate()
        .executeTakeFirst() as Promise<FenceRow | undefined>,

    async insert(bureauId: number, fields: FenceFields, by: string, at: Date): Promise<FenceRow> {
      const row = await db
        .insertInto('geofence')
        .values({ bureau_id: bureauId, ...columnsOf(fields), changed_by: by, changed_at: at })
        .returning(FENCE_COLUMNS)
        .executeTakeFirstOrThrow();
      return row as FenceRow;
    },

    async update(bureauId: number, id: number, fields: FenceFields, by: string, at: Date): Promise<FenceRow> {
      const row = await db
        .updateTable('geofence')
        .set((change) => ({
          ...columnsOf(fields),
          revision: change('revision', '+', 1),
          changed_by: by,
          changed_at: at,
        }))
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .returning(FENCE_COLUMNS)
        .executeTakeFirstOrThrow();
      return row as FenceRow;
    },

    /** Its events keep their fence; nobody is inside it any more. */
    async remove(bureauId: number, id: number, by: string, at: Date): Promise<void> {
      await db
        .deleteFrom('geofence_presence')
        .where('bureau_id', '=', bureauId)
        .where('geofence_id', '=', id)
        .execute();
      await db
        .updateTable('geofence')
        .set((change) => ({ removed_at: at, revision: change('revision', '+', 1), changed_by: by, changed_at: at }))
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .execute();
    },

    presence: (bureauId: number): Promise<PresenceRow[]> =>
      db
        .selectFrom('geofence_presence as presence')
        .leftJoin('unit', 'unit.id', 'presence.unit_id')
        .select([
          'presence.geofence_id',
          'presence.unit_id',
          sql<string>`coalesce(unit.call_sign, '')`.as('call_sign'),
          'presence.since',
        ])
        .where('presence.bureau_id', '=', bureauId)
        .orderBy('presence.since')
        .execute(),

    /** False: another process has noted it, or the fence is gone. */
    async addPresence(bureauId: number, { fenceId, unitId, at }: Crossing): Promise<boolean> {
      const added = await sql`
        INSERT INTO geofence_presence (bureau_id, geofence_id, unit_id, since)
        SELECT bureau_id, id, ${unitId}, ${at.toISOString()}::timestamptz FROM geofence
        WHERE bureau_id = ${bureauId} AND id = ${fenceId} AND removed_at IS NULL
        ON CONFLICT DO NOTHING`.execute(db);
      return (added.numAffectedRows ?? 0n) > 0n;
    },

    async removePresence(bureauId: number, { fenceId, unitId }: Crossing): Promise<boolean> {
      const removed = await db
        .deleteFrom('geofence_presence')
        .where('bureau_id', '=', bureauId)
        .where('geofence_id', '=', fenceId)
        .where('unit_id', '=', unitId)
        .executeTakeFirst();
      return removed.numDeletedRows > 0n;
    },

    /** When the unit last crossed the fence, as far as it is stored. */
    async lastCrossedAt(bureauId: number, { fenceId, unitId }: Crossing): Promise<Date | undefined> {
      const { at } = await db
        .selectFrom('geofence_event')
        .select(({ fn }) => fn.max('at').as('at'))
        .where('bureau_id', '=', bureauId)
        .where('geofence_id', '=', fenceId)
        .where('unit_id', '=', unitId)
        .executeTakeFirstOrThrow();
      return at ?? undefined;
    },

    /** undefined: this very crossing is there already. */
    async addEvent(
      bureauId: number,
      { fenceId, unitId, at, lon, lat }: Crossing,
      crossing: 'enter' | 'exit',
    ): Promise<EventRow | undefined> {
      const added = await db
        .insertInto('geofence_event')
        .values({ bureau_id: bureauId, geofence_id: fenceId, unit_id: unitId, crossing, at, lon, lat })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (added === undefined) return undefined;
      return events().where('event.bureau_id', '=', bureauId).where('event.id', '=', added.id).executeTakeFirst();
    },

    /** Deletes up to `most` crossings before an instant, oldest first; tells how many. Who is inside stays inside. */
    async removeEvents(bureauId: number, before: Date, most: number): Promise<number> {
      const due = db
        .selectFrom('geofence_event')
        .select('id')
        .where('bureau_id', '=', bureauId)
        .where('at', '<', before)
        .orderBy('at')
        .limit(most);
      const removed = await db
        .deleteFrom('geofence_event')
        .where('bureau_id', '=', bureauId)
        .where('id', 'in', due)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    },

    events(bureauId: number, filter: GeofenceEventQuery, limit: number): Promise<EventRow[]> {
      let query = events().where('event.bureau_id', '=', bureauId);
      if (filter.geofenceId !== undefined) query = query.where('event.geofence_id', '=', filter.geofenceId);
      if (filter.unitId !== undefined) query = query.where('event.unit_id', '=', filter.unitId);
      if (filter.crossing !== undefined) query = query.where('event.crossing', '=', filter.crossing);
      if (filter.from !== undefined) query = query.where('event.at', '>=', new Date(filter.from));
      if (filter.to !== undefined) query = query.where('event.at', '<', new Date(filter.to));
      if (filter.before !== undefined) query = query.where('event.id', '<', filter.before);
      return query.orderBy('event.id', 'desc').limit(limit).execute();
    },
  };
}
