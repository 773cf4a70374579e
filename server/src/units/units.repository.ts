import type { PositionSettingsChange, Unit } from '@xunfang/geo-data/contract';
import type { ForceLayer, UnitKind } from '@xunfang/geo-data/units';
import { sql as kyselySql } from 'kysely';
import type { Boundary } from '../incidents/index.ts';
import { appendEvents, type Db } from '../platform/index.ts';

/** A roster as it stands in the database; the units' slots are their places in the list. */
export interface StoredRoster {
  bureauId: number;
  revision: number;
  west: number;
  south: number;
  east: number;
  north: number;
  marginMeters: number;
  boundary: Boundary;
  /** What the bureau has changed of the defaults. */
  positionSettings: PositionSettingsChange;
  units: Omit<Unit, 'slot'>[];
}

export interface NewUnit {
  callSign: string;
  kind: UnitKind;
  forceLayer: ForceLayer;
  crew: number;
  beatNumber?: number | null;
  simulated?: boolean;
}

export type UnitsRepository = ReturnType<typeof unitsRepository>;

export function unitsRepository(db: Db) {
  return {
    async revisions(): Promise<{ bureauId: number; revision: number }[]> {
      return db.selectFrom('bureau').select(['id as bureauId', 'roster_revision as revision']).execute();
    },

    /** Revision and units in one statement, so that they belong together. Slots follow the ids: units that join come last. */
    async rosters(): Promise<StoredRoster[]> {
      const { rows } = await kyselySql<StoredRoster>`
        SELECT b.id AS "bureauId", b.roster_revision AS revision, b.west, b.south, b.east, b.north,
          b.ingest_margin_meters AS "marginMeters",
          b.boundary, b.position_settings AS "positionSettings",
          coalesce(
            jsonb_agg(
              jsonb_build_object('id', u.id, 'callSign', u.call_sign, 'kind', u.kind, 'forceLayer', u.force_layer,
                'crew', u.crew, 'beatNumber', u.beat_number, 'simulated', u.simulated)
              ORDER BY u.id
            ) FILTER (WHERE u.id IS NOT NULL),
            '[]'
          ) AS units
        FROM bureau b LEFT JOIN unit u ON u.bureau_id = b.id AND u.active
        GROUP BY b.id`.execute(db);
      return rows;
    },

    bureauOfUnit(unitId: number): Promise<{ bureauId: number; callSign: string } | undefined> {
      return db
        .selectFrom('unit')
        .select(['bureau_id as bureauId', 'call_sign as callSign'])
        .where('id', '=', unitId)
        .executeTakeFirst();
    },

    /** Locked until the transaction ends: two changes at once must not lose one of them. */
    async positionSettings(bureauId: number, trx: Db): Promise<PositionSettingsChange> {
      const row = await trx
        .selectFrom('bureau')
        .select('position_settings')
        .where('id', '=', bureauId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      return row.position_settings;
    },

    async setPositionSettings(bureauId: number, settings: PositionSettingsChange, trx: Db): Promise<void> {
      await trx.updateTable('bureau').set({ position_settings: settings }).where('id', '=', bureauId).execute();
    },

    async insert(
      bureauId: number,
      units: readonly NewUnit[],
      trx: Db = db,
    ): Promise<{ id: number; callSign: string }[]> {
      if (units.length === 0) return [];
      return trx
        .insertInto('unit')
        .values(
          units.map(({ callSign, kind, forceLayer, crew, beatNumber, simulated }) => ({
            bureau_id: bureauId,
            call_sign: callSign,
            kind,
            force_layer: forceLayer,
            crew,
            beat_number: beatNumber ?? null,
            simulated: simulated ?? false,
          })),
        )
        .returning(['id', 'call_sign as callSign'])
        .execute();
    },

    /** Every change of the roster ends with this, in its transaction: servers and consoles hear of it. */
    async raiseRevision(bureauId: number, trx: Db): Promise<void> {
      const { revision } = await trx
        .updateTable('bureau')
        .set((change) => ({ roster_revision: change('roster_revision', '+', 1) }))
        .where('id', '=', bureauId)
        .returning('roster_revision as revision')
        .executeTakeFirstOrThrow();
      await appendEvents(trx, bureauId, [{ event: 'roster:changed', payload: { revision } }]);
    },
  };
}
