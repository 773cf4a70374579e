import type { ReliableEvent } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Db } from '../database/open-database.ts';

/**
 * Tells the consoles of the bureau, when and only when the transaction commits. Make it the last statement that locks anything: from
 * here to the commit no other transaction can append for this bureau (migration 0003 says why). Returns the number of the last event.
 */
export async function appendEvents(trx: Db, bureauId: number, events: readonly ReliableEvent[]): Promise<number> {
  if (events.length === 0) throw new Error('Appended 0 events when expected at least 1.');
  const list = JSON.stringify(events);
  const { rows } = await sql<{ seq: number }>`
    SELECT append_outbox_events(${bureauId}, ${list}::text::jsonb) AS seq`.execute(trx);
  return rows[0].seq;
}
