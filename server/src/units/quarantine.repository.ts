import type { FixRefusal, QuarantinedFix, UnitRefusals } from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db } from '../platform/index.ts';

export interface NewQuarantinedFix {
  bureauId: number;
  deviceId: number;
  unitId: number | null;
  reason: FixRefusal;
  receivedAt: string;
  fixedAt: string | null;
  lon: number | null;
  lat: number | null;
  speedKmh: number | null;
  headingDegrees: number | null;
  accuracyMeters: number | null;
  fitsSystem: string | null;
  protocol: string | null;
  raw: string | null;
}

/** So many of the newest are kept of each device. */
const KEPT_PER_DEVICE = 200;

export type QuarantineRepository = ReturnType<typeof quarantineRepository>;

export function quarantineRepository(db: Db) {
  return {
    /** Adds all or none of them, and lets go what is too much of the devices named. */
    async insert(fixes: readonly NewQuarantinedFix[]): Promise<void> {
      await db.transaction().execute(async (trx) => {
        for (const bureauId of new Set(fixes.map((fix) => fix.bureauId)))
          await insertOf(
            bureauId,
            fixes.filter((fix) => fix.bureauId === bureauId),
            trx,
          );
      });
    },

    /** Of the devices of a unit since then, by device and reason, the newest first. */
    async ofUnit(bureauId: number, unitId: number, since: Date): Promise<UnitRefusals['refusals']> {
      const rows = await db
        .selectFrom('quarantined_fix')
        .where('bureau_id', '=', bureauId)
        .where('unit_id', '=', unitId)
        .where('received_at', '>', since)
        .groupBy(['device_id', 'reason'])
        .select((column) => [
          'device_id as deviceId',
          'reason',
          column.fn.countAll<number>().as('count'),
          column.fn.max('received_at').as('lastAt'),
        ])
        .orderBy('lastAt', 'desc')
        .execute();
      return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
    },

    /** Newest first. */
    async ofDevice(bureauId: number, deviceId: number): Promise<QuarantinedFix[]> {
      const rows = await db
        .selectFrom('quarantined_fix')
        .selectAll()
        .where('bureau_id', '=', bureauId)
        .where('device_id', '=', deviceId)
        .orderBy('id', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        reason: row.reason,
        receivedAt: row.received_at.toISOString(),
        fixedAt: row.fixed_at?.toISOString() ?? null,
        lon: row.lon,
        lat: row.lat,
        speedKmh: row.speed_kmh,
        headingDegrees: row.heading_degrees,
        accuracyMeters: row.accuracy_meters,
        fitsSystem: row.fits_system as QuarantinedFix['fitsSystem'],
        protocol: row.protocol,
        raw: row.raw,
      }));
    },
  };
}

/** Bureau by bureau: on a cluster each of them may be another machine. */
async function insertOf(bureauId: number, fixes: readonly NewQuarantinedFix[], trx: Db): Promise<void> {
  await kyselySql`
    INSERT INTO quarantined_fix (bureau_id, device_id, unit_id, reason, received_at, fixed_at, lon, lat, speed_kmh,
      heading_degrees, accuracy_meters, fits_system, protocol, raw)
    SELECT ${bureauId}::int, "deviceId", "unitId", reason, "receivedAt", "fixedAt", lon, lat, "speedKmh",
      "headingDegrees", "accuracyMeters", "fitsSystem", protocol, raw
    FROM jsonb_to_recordset(${JSON.stringify(fixes)}::text::jsonb) AS r ("deviceId" int, "unitId" int,
      reason text, "receivedAt" timestamptz, "fixedAt" timestamptz, lon float8, lat float8, "speedKmh" real,
      "headingDegrees" real, "accuracyMeters" real, "fitsSystem" text, protocol text, raw text)`.execute(trx);
  const deviceIds = [...new Set(fixes.map(({ deviceId }) => deviceId))];
  await kyselySql`
    DELETE FROM quarantined_fix q
    USING unnest(${deviceIds}::int[]) AS d (id)
    WHERE q.bureau_id = ${bureauId} AND q.device_id = d.id AND q.id <= (
      SELECT o.id FROM quarantined_fix o WHERE o.bureau_id = ${bureauId} AND o.device_id = d.id ORDER BY o.id DESC OFFSET ${KEPT_PER_DEVICE} LIMIT 1
    )`.execute(trx);
}
