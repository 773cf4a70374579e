import type { Alarm } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Database, Db } from '../platform/index.ts';

type Kind = Database['alarm']['kind'];

export interface NewAlarm {
  kind: Kind;
  /** What may have one open alarm of the kind. */
  subject: string;
  unitId: number | null;
  deviceId: number | null;
  geofenceId: number | null;
  signalledAt: Date;
  raisedAt: Date;
  place: { lon: number; lat: number; at: Date } | null;
}

export interface AlarmRow {
  id: number;
  kind: Kind;
  state: Alarm['state'];
  unit_id: number | null;
  call_sign: string;
  geofence_id: number | null;
  fence_zh: string | null;
  fence_en: string | null;
  signalled_at: Date;
  raised_at: Date;
  lon: number | null;
  lat: number | null;
  place_at: Date | null;
  ended_at: Date | null;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  closed_by: string | null;
  closed_at: Date | null;
  close_reason: Alarm['closeReason'];
  close_note: string | null;
}

interface ListOptions {
  bureauId: number;
  state: 'open' | 'closed' | undefined;
  unitId: number | undefined;
  before: number | undefined;
  limit: number;
}

/** The methods take the pool or a transaction when they are made: `alarmsRepository(trx)`. */
export function alarmsRepository(db: Db) {
  const alarms = () =>
    db
      .selectFrom('alarm')
      .leftJoin('unit', 'unit.id', 'alarm.unit_id')
      .leftJoin('device', 'device.id', 'alarm.device_id')
      .leftJoin('geofence', (join) =>
        join.onRef('geofence.bureau_id', '=', 'alarm.bureau_id').onRef('geofence.id', '=', 'alarm.geofence_id'),
      )
      .select([
        'alarm.id',
        'alarm.kind',
        'alarm.state',
        'alarm.unit_id',
        sql<string>`coalesce(unit.call_sign, device.identifier, '')`.as('call_sign'),
        'alarm.geofence_id',
        'geofence.name_zh as fence_zh',
        'geofence.name_en as fence_en',
        'alarm.signalled_at',
        'alarm.raised_at',
        'alarm.lon',
        'alarm.lat',
        'alarm.place_at',
        'alarm.ended_at',
        'alarm.acknowledged_by',
        'alarm.acknowledged_at',
        'alarm.closed_by',
        'alarm.closed_at',
        'alarm.close_reason',
        'alarm.close_note',
      ]);
  const openOf = (bureauId: number, kind: Kind, subject: string) =>
    db
      .updateTable('alarm')
      .where('bureau_id', '=', bureauId)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where(sql<boolean>`state <> 'closed'`);
  const idOf = ({ id }: { id: number }) => id;

  return {
    byId: (bureauId: number, id: number): Promise<AlarmRow | undefined> =>
      alarms().where('alarm.bureau_id', '=', bureauId).where('alarm.id', '=', id).executeTakeFirst(),

    list({ bureauId, state, unitId, before, limit }: ListOptions): Promise<AlarmRow[]> {
      let query = alarms().where('alarm.bureau_id', '=', bureauId);
      // As text of the statement: the partial indexes are chosen by it.
      if (state === 'open') query = query.where(sql<boolean>`alarm.state <> 'closed'`);
      if (state === 'closed') query = query.where(sql<boolean>`alarm.state = 'closed'`);
      if (unitId !== undefined) query = query.where('alarm.unit_id', '=', unitId);
      if (before !== undefined) query = query.where('alarm.id', '<', before);
      return query.orderBy('alarm.id', 'desc').limit(limit).execute();
    },

    /** undefined: the subject has an open alarm already, or this very signal has raised one. */
    async insert(bureauId: number, alarm: NewAlarm): Promise<number | undefined> {
      const made = await db
        .insertInto('alarm')
        .values({
          bureau_id: bureauId,
          kind: alarm.kind,
          subject: alarm.subject,
          state: 'raised',
          unit_id: alarm.unitId,
          device_id: alarm.deviceId,
          geofence_id: alarm.geofenceId,
          signalled_at: alarm.signalledAt,
          raised_at: alarm.raisedAt,
          lon: alarm.place?.lon ?? null,
          lat: alarm.place?.lat ?? null,
          place_at: alarm.place?.at ?? null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return made?.id;
    },

    /** Marks the open alarm of a subject as ended; undefined when that changes nothing. */
    async end(bureauId: number, kind: Kind, subject: string, endedAt: Date): Promise<number | undefined> {
      const changed = await openOf(bureauId, kind, subject)
        .set({ ended_at: endedAt })
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return changed?.id;
    },

    /** The open alarm goes on, unless it ended after the signal, which came late; undefined when that changes nothing. */
    async reopen(bureauId: number, kind: Kind, subject: string, signalledAt: Date): Promise<number | undefined> {
      const changed = await openOf(bureauId, kind, subject)
        .set({ ended_at: null })
        .where('ended_at', '<=', signalledAt)
        .returning('id')
        .executeTakeFirst();
      return changed?.id;
    },

    /** Ends every open alarm of a fence that is removed or becomes one of another kind. */
    async endOfFence(bureauId: number, geofenceId: number, endedAt: Date): Promise<number[]> {
      const changed = await db
        .updateTable('alarm')
        .set({ ended_at: endedAt })
        .where('bureau_id', '=', bureauId)
        .where('geofence_id', '=', geofenceId)
        .where(sql<boolean>`state <> 'closed'`)
        .where('ended_at', 'is', null)
        .returning('id')
        .execute();
      return changed.map(idOf);
    },

    /** Locked until the transaction ends: two who acknowledge at once must not both be the one. */
    lockState: (bureauId: number, id: number) =>
      db
        .selectFrom('alarm')
        .select(['state', 'kind', 'acknowledged_by', 'closed_by'])
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst(),

    async acknowledge(bureauId: number, id: number, by: string, at: Date): Promise<void> {
      await db
        .updateTable('alarm')
        .set({ state: 'acknowledged', acknowledged_by: by, acknowledged_at: at })
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .execute();
    },

    /** Deletes up to `most` alarms that were closed before an instant, those closed first; an open one never. Tells how many. */
    async removeClosed(bureauId: number, before: Date, most: number): Promise<number> {
      const due = db
        .selectFrom('alarm')
        .select('id')
        .where('bureau_id', '=', bureauId)
        .where(sql<boolean>`state = 'closed'`)
        .where('closed_at', '<', before)
        .orderBy('closed_at')
        .limit(most);
      const removed = await db
        .deleteFrom('alarm')
        .where('bureau_id', '=', bureauId)
        .where('id', 'in', due)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    },

    async close(
      bureauId: number,
      id: number,
      change: { by: string; at: Date; reason: NonNullable<Alarm['closeReason']>; note: string | null },
    ): Promise<void> {
      const { by, at, reason, note } = change;
      await db
        .updateTable('alarm')
        .set({ state: 'closed', closed_by: by, closed_at: at, close_reason: reason, close_note: note })
        .where('bureau_id', '=', bureauId)
        .where('id', '=', id)
        .execute();
    },
  };
}
