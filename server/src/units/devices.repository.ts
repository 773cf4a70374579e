import type {
  Device,
  DeviceChange,
  DeviceCoordinateSystem,
  DeviceList,
  DeviceListQuery,
  DeviceProtocol,
} from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db } from '../platform/index.ts';
import type { DeviceSettings } from './registered-device.ts';

export interface ActiveDevice extends DeviceSettings {
  keyHash: Buffer;
  previousKeyHash: Buffer | null;
  previousKeyUntil: Date | null;
  mqttUser: string | null;
}
export interface DeviceCounts {
  id: number;
  messages: number;
  accepted: number;
  refused: number;
  refusedByReason: Record<string, number>;
  lastSeenMs: number;
  suspectedSystem: DeviceCoordinateSystem | null;
  lastProtocol: string | null;
  lastMessage: string | null;
}
export interface NewDevice {
  bureauId: number;
  identifier: string;
  unitId: number | null;
  keyHash: Buffer;
  protocol?: DeviceProtocol | null | undefined;
  coordinateSystem?: DeviceCoordinateSystem | undefined;
  checksSpeed?: boolean | undefined;
  mqttUser?: string | null | undefined;
  messagesPerMinute?: number | null | undefined;
}
export interface StoredDevice {
  bureauId: number;
  device: Device;
  lastMessage: { protocol: string; text: string } | null;
}

export type DevicesRepository = ReturnType<typeof devicesRepository>;

/** What a device starts with again when its identifier is given out anew. */
const NOTHING_HEARD = {
  previous_key_hash: null,
  previous_key_until: null,
  revoked_at: null,
  suspected_system: null,
  messages: 0,
  accepted: 0,
  refused: 0,
  refused_by_reason: {},
  last_seen_at: null,
  last_protocol: null,
  last_message: null,
  enrol_until: null,
  enrol_terminal_id: null,
};

export function devicesRepository(db: Db) {
  return {
    async active(): Promise<ActiveDevice[]> {
      const rows = await db
        .selectFrom('device')
        .select([
          'id',
          'bureau_id as bureauId',
          'identifier',
          'unit_id as unitId',
          'key_hash as keyHash',
          'previous_key_hash as previousKeyHash',
          'previous_key_until as previousKeyUntil',
          'coordinate_system',
          'suspected_system',
          'checks_speed as checksSpeed',
          'mqtt_user as mqttUser',
          'messages_per_minute as messagesPerMinute',
        ])
        .where('revoked_at', 'is', null)
        .execute();
      return rows.map(({ coordinate_system, suspected_system, ...row }) => ({
        ...row,
        coordinateSystem: coordinate_system as DeviceCoordinateSystem,
        suspectedSystem: suspected_system as DeviceCoordinateSystem | null,
      }));
    },

    /**
     * A page of the bureau's devices. The index by bureau and identifier finds them; they are sorted in memory: an index of when they were
     * last heard would have to be written again with every count that is stored.
     */
    async page(bureauId: number, query: DeviceListQuery, silentSince: Date): Promise<DeviceList> {
      const { orderBy = 'identifier', descending = false, limit = 100, offset = 0 } = query;
      const found = matching(selectViews(db), bureauId, query, silentSince);
      const { total } = await found
        .clearSelect()
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const direction = descending ? 'desc' : 'asc';
      const rows = await found
        .orderBy(ORDER_COLUMNS[orderBy], (order) => order[direction]().nullsLast())
        .orderBy('device.id')
        .limit(limit)
        .offset(offset)
        .execute();
      return { devices: rows.map(toDevice), total };
    },

    async byId(id: number): Promise<StoredDevice | undefined> {
      const row = await selectViews(db).where('device.id', '=', id).executeTakeFirst();
      if (row === undefined) return undefined;
      const { last_protocol: protocol, last_message: text } = row;
      const lastMessage = protocol === null || text === null ? null : { protocol, text };
      return { bureauId: row.bureau_id, device: toDevice(row), lastMessage };
    },

    /** A revoked device may be registered again: a lost phone is replaced under its identifier. Undefined when it is in use. */
    async register({ bureauId, identifier, ...settings }: NewDevice, trx: Db = db): Promise<number | undefined> {
      const columns = {
        unit_id: settings.unitId,
        protocol: settings.protocol ?? null,
        key_hash: settings.keyHash,
        coordinate_system: settings.coordinateSystem ?? 'WGS84',
        checks_speed: settings.checksSpeed ?? true,
        mqtt_user: settings.mqttUser ?? null,
        messages_per_minute: settings.messagesPerMinute ?? null,
      };
      const row = await trx
        .insertInto('device')
        .values({ bureau_id: bureauId, identifier, ...columns })
        .onConflict((conflict) =>
          conflict
            .columns(['bureau_id', 'identifier'])
            .doUpdateSet({ ...columns, ...NOTHING_HEARD })
            .where('device.revoked_at', 'is not', null),
        )
        .returning('id')
        .executeTakeFirst();
      return row?.id;
    },

    async change(id: number, change: DeviceChange, trx: Db = db): Promise<void> {
      const columns = {
        unit_id: change.unitId,
        protocol: change.protocol,
        coordinate_system: change.coordinateSystem,
        checks_speed: change.checksSpeed,
        mqtt_user: change.mqttUser,
        messages_per_minute: change.messagesPerMinute,
        // What was suspected of the system before says nothing of the new one.
        suspected_system: change.coordinateSystem === undefined ? undefined : null,
      };
      await trx.updateTable('device').set(columns).where('id', '=', id).execute();
    },

    /** The key in use becomes the previous one, if it shall work on for a while. */
    async rotateKey(id: number, keyHash: Buffer, previousKeyUntil: Date | null, trx: Db = db): Promise<void> {
      await trx
        .updateTable('device')
        .set((column) => ({
          previous_key_hash: previousKeyUntil === null ? null : column.ref('key_hash'),
          previous_key_until: previousKeyUntil,
          key_hash: keyHash,
        }))
        .where('id', '=', id)
        .execute();
    },

    /** One of the two keys works on alone; false when there is no second one. */
    async endOverlap(id: number, keep: 'new' | 'old', now: Date, trx: Db = db): Promise<boolean> {
      const { numUpdatedRows } = await trx
        .updateTable('device')
        .set((column) => ({
          key_hash: keep === 'old' ? column.ref('previous_key_hash').$notNull() : column.ref('key_hash'),
          previous_key_hash: null,
          previous_key_until: null,
        }))
        .where('id', '=', id)
        .where('previous_key_hash', 'is not', null)
        .where('previous_key_until', '>', now)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async revoke(id: number, trx: Db = db): Promise<boolean> {
      const { numUpdatedRows } = await trx
        .updateTable('device')
        .set({ revoked_at: new Date() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Whether another device in use carries this topic. */
    async topicIsTaken(mqttUser: string, identifier: string, exceptId: number, trx: Db = db): Promise<boolean> {
      const row = await trx
        .selectFrom('device')
        .select('id')
        .where('mqtt_user', '=', mqttUser)
        .where('identifier', '=', identifier)
        .where('revoked_at', 'is', null)
        .where('id', '!=', exceptId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async addCounts(counts: readonly DeviceCounts[], trx: Db = db): Promise<void> {
      await kyselySql`
        UPDATE device
        SET messages = device.messages + c.messages, accepted = device.accepted + c.accepted, refused = device.refused + c.refused,
          refused_by_reason = CASE WHEN c.refused = 0 THEN device.refused_by_reason ELSE (
            SELECT jsonb_object_agg(reason, times) FROM (
              SELECT reason, sum(times::bigint) AS times FROM (
                SELECT * FROM jsonb_each_text(device.refused_by_reason) UNION ALL SELECT * FROM jsonb_each_text(c."refusedByReason")
              ) AS both_of_them (reason, times) GROUP BY reason
            ) AS summed
          ) END,
          suspected_system = c."suspectedSystem",
          last_protocol = coalesce(c."lastProtocol", device.last_protocol),
          last_message = coalesce(c."lastMessage", device.last_message),
          last_seen_at = greatest(device.last_seen_at, to_timestamp(c."lastSeenMs" / 1000))
        FROM jsonb_to_recordset(${JSON.stringify(counts)}::text::jsonb) AS c (id int, messages int, accepted int, refused int,
          "refusedByReason" jsonb, "suspectedSystem" text, "lastProtocol" text, "lastMessage" text, "lastSeenMs" float8)
        WHERE device.id = c.id`.execute(trx);
    },
  };
}

function selectViews(db: Db) {
  return db
    .selectFrom('device')
    .leftJoin('unit', 'unit.id', 'device.unit_id')
    .selectAll('device')
    .select(['unit.call_sign as callSign', 'unit.kind as unitKind']);
}

const ORDER_COLUMNS = {
  identifier: 'device.identifier',
  callSign: 'unit.call_sign',
  protocol: 'device.last_protocol',
  lastSeenAt: 'device.last_seen_at',
  messages: 'device.messages',
  accepted: 'device.accepted',
  refused: 'device.refused',
} as const;

function matching(
  views: ReturnType<typeof selectViews>,
  bureauId: number,
  { search = '', state = 'all' }: DeviceListQuery,
  silentSince: Date,
) {
  let found = views.where('device.bureau_id', '=', bureauId);
  const text = search.trim();
  if (text !== '') {
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    found = found.where((where) =>
      where.or([where('device.identifier', 'ilike', pattern), where('unit.call_sign', 'ilike', pattern)]),
    );
  }
  if (state === 'all') return found;
  if (state === 'revoked') return found.where('device.revoked_at', 'is not', null);
  found = found.where('device.revoked_at', 'is', null);
  if (state === 'refusing') return found.where('device.refused', '>', 0);
  if (state === 'unassigned') return found.where('device.unit_id', 'is', null);
  if (state === 'silent')
    return found.where((where) =>
      where.or([where('device.last_seen_at', 'is', null), where('device.last_seen_at', '<', silentSince)]),
    );
  return found;
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof selectViews>['execute']>>[number];

function toDevice(row: DeviceRow): Device {
  return {
    id: row.id,
    identifier: row.identifier,
    unitId: row.unit_id,
    callSign: row.callSign,
    unitKind: row.unitKind as Device['unitKind'],
    protocol: row.protocol as Device['protocol'],
    lastProtocol: row.last_protocol,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    messages: row.messages,
    accepted: row.accepted,
    refused: row.refused,
    refusedByReason: row.refused_by_reason,
    coordinateSystem: row.coordinate_system as DeviceCoordinateSystem,
    suspectedSystem: row.suspected_system as DeviceCoordinateSystem | null,
    checksSpeed: row.checks_speed,
    mqttUser: row.mqtt_user,
    messagesPerMinute: row.messages_per_minute,
    previousKeyUntil: row.previous_key_until?.toISOString() ?? null,
    enrolUntil: row.enrol_until?.toISOString() ?? null,
    revoked: row.revoked_at !== null,
  };
}
