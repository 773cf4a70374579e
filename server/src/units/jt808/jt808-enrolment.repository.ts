import type { Terminal } from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db } from '../../platform/index.ts';

/** Who may register now, of the whole installation: few at any time. */
export interface OpenWindows {
  /** Devices whose terminal may fetch itself a new key. */
  devices: { deviceId: number; bureauId: number; identifier: string; terminalId: string | null }[];
  /** Bureaus that want to see who knocks. */
  bureauIds: number[];
}
/** What a terminal said of itself, and where it came from. */
export interface Knock {
  bureauId: number;
  phone: string;
  terminalId: string;
  manufacturer: string;
  model: string;
  address: string;
  atMs: number;
  times: number;
}
interface TerminalName {
  bureauId: number;
  phone: string;
  terminalId: string;
}
export type TerminalState = Terminal['state'];

/** A window keeps so many terminals; whoever knocks after them is not noted. */
const KEPT_PER_BUREAU = 200;

export type EnrolmentRepository = ReturnType<typeof enrolmentRepository>;

export function enrolmentRepository(db: Db) {
  return {
    async openWindows(now: Date): Promise<OpenWindows> {
      const devices = await db
        .selectFrom('device')
        .select(['id as deviceId', 'bureau_id as bureauId', 'identifier', 'enrol_terminal_id as terminalId'])
        .where('enrol_until', '>', now)
        .where('revoked_at', 'is', null)
        .execute();
      const windows = await db
        .selectFrom('terminal_window')
        .select('bureau_id as bureauId')
        .where('open_until', '>', now)
        .execute();
      return { devices, bureauIds: windows.map(({ bureauId }) => bureauId) };
    },

    async openDevice(deviceId: number, until: Date | null, terminalId: string | null, trx: Db): Promise<void> {
      await trx
        .updateTable('device')
        .set({ enrol_until: until, enrol_terminal_id: terminalId })
        .where('id', '=', deviceId)
        .execute();
    },

    /**
     * Gives a device another key, the earlier ones end, and closes its window; false when it was closed already: of two terminals at
     * once, on this server or another, one gets the key.
     */
    async takeWindow(deviceId: number, keyHash: Buffer, now: Date, trx: Db): Promise<boolean> {
      const { numUpdatedRows } = await trx
        .updateTable('device')
        .set({
          key_hash: keyHash,
          previous_key_hash: null,
          previous_key_until: null,
          enrol_until: null,
          enrol_terminal_id: null,
        })
        .where('id', '=', deviceId)
        .where('enrol_until', '>', now)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async windowOf(bureauId: number, now: Date): Promise<Date | null> {
      const row = await db
        .selectFrom('terminal_window')
        .select('open_until')
        .where('bureau_id', '=', bureauId)
        .where('open_until', '>', now)
        .executeTakeFirst();
      return row?.open_until ?? null;
    },

    /** Opening anew forgets who knocked before. */
    async openBureau(bureauId: number, until: Date, trx: Db): Promise<void> {
      await trx.deleteFrom('terminal_knock').where('bureau_id', '=', bureauId).execute();
      await trx
        .insertInto('terminal_window')
        .values({ bureau_id: bureauId, open_until: until })
        .onConflict((conflict) => conflict.column('bureau_id').doUpdateSet({ open_until: until }))
        .execute();
    },

    async closeBureau(bureauId: number, trx: Db): Promise<boolean> {
      const { numDeletedRows } = await trx
        .deleteFrom('terminal_window')
        .where('bureau_id', '=', bureauId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async noteKnocks(knocks: readonly Knock[]): Promise<void> {
      await kyselySql`
        INSERT INTO terminal_knock AS t (bureau_id, phone, terminal_id, manufacturer, model, address, first_at, last_at, times)
        SELECT k."bureauId", k.phone, k."terminalId", k.manufacturer, k.model, k.address, to_timestamp(k."atMs" / 1000),
          to_timestamp(k."atMs" / 1000), k.times
        FROM jsonb_to_recordset(${JSON.stringify(knocks)}::text::jsonb) AS k ("bureauId" int, phone text, "terminalId" text,
          manufacturer text, model text, address text, "atMs" float8, times int)
        WHERE (SELECT count(*) FROM terminal_knock o WHERE o.bureau_id = k."bureauId") < ${KEPT_PER_BUREAU}
          OR EXISTS (SELECT FROM terminal_knock o WHERE o.bureau_id = k."bureauId" AND o.phone = k.phone
            AND o.terminal_id = k."terminalId")
        ON CONFLICT (bureau_id, phone, terminal_id) DO UPDATE
        SET last_at = excluded.last_at, times = t.times + excluded.times, address = excluded.address,
          manufacturer = excluded.manufacturer, model = excluded.model`.execute(db);
    },

    /** In the order they came: none moves under the mouse. Terminals that another bureau has enrolled are its own business. */
    async terminals(bureauId: number): Promise<Terminal[]> {
      const { rows } = await kyselySql<Omit<Terminal, 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date }>`
        SELECT k.phone, k.terminal_id AS "terminalId", k.manufacturer, k.model, k.address, k.first_at AS "firstAt",
          k.last_at AS "lastAt", k.times, k.state, d.id AS "deviceId", u.call_sign AS "callSign"
        FROM terminal_knock k
        LEFT JOIN device d ON d.bureau_id = k.bureau_id AND d.revoked_at IS NULL AND ltrim(lower(d.identifier), '0') = k.phone
        LEFT JOIN unit u ON u.id = d.unit_id
        WHERE k.bureau_id = ${bureauId} AND NOT EXISTS (
          SELECT FROM device o WHERE o.bureau_id <> k.bureau_id AND o.revoked_at IS NULL AND ltrim(lower(o.identifier), '0') = k.phone
        )
        ORDER BY k.first_at, k.phone, k.terminal_id`.execute(db);
      return rows.map((row) => ({
        ...row,
        firstAt: row.firstAt.toISOString(),
        lastAt: row.lastAt.toISOString(),
      }));
    },

    /** False when no such terminal knocked. */
    async setState(name: TerminalName, state: TerminalState, trx: Db = db): Promise<boolean> {
      const { numUpdatedRows } = await trx
        .updateTable('terminal_knock')
        .set({ state })
        .where('bureau_id', '=', name.bureauId)
        .where('phone', '=', name.phone)
        .where('terminal_id', '=', name.terminalId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
