import type { NumberedEvent } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import type { Db } from '../database/open-database.ts';

/** A stretch of a bureau's events in the order of their numbers. */
export interface EventPage {
  /** At most so many as asked for; the first may be later than asked for, when those before were pruned. */
  events: NumberedEvent[];
  /** The bureau's newest number when this was read. */
  lastSeq: number;
}

export type OutboxRepository = ReturnType<typeof outboxRepository>;

export function outboxRepository(db: Db) {
  return {
    /** The newest number of each bureau that has any. */
    positions: (): Promise<{ bureauId: number; lastSeq: number }[]> =>
      db.selectFrom('outbox_counter').select(['bureau_id as bureauId', 'last_seq as lastSeq']).execute(),

    /** Events after a number and the newest number in one statement, so that they belong together. */
    async after(bureauId: number, seq: number, limit: number): Promise<EventPage> {
      const rows = await db
        .selectFrom('outbox_counter as counter')
        .leftJoin('outbox_event as entry', (join) =>
          join.onRef('entry.bureau_id', '=', 'counter.bureau_id').on('entry.seq', '>', seq),
        )
        .select(['counter.last_seq as lastSeq', 'entry.seq', 'entry.event', 'entry.payload'])
        .where('counter.bureau_id', '=', bureauId)
        .orderBy('entry.seq')
        .limit(limit)
        .execute();
      const events = rows.filter((row) => row.seq !== null);
      return {
        events: events.map(({ seq: number, event, payload }) => ({ seq: number, event, payload }) as NumberedEvent),
        lastSeq: rows.at(0)?.lastSeq ?? 0,
      };
    },

    /**
     * Forgets the oldest events of each bureau, whole stretches of numbers, so that what is kept has no holes even where a clock jumped.
     * One process at a time; the others leave it to that one.
     */
    prune: (keepEvents: number, before: Date): Promise<number> =>
      db.transaction().execute(async (trx) => {
        const lock = await sql<{ held: boolean }>`
          SELECT pg_try_advisory_xact_lock(hashtext('outbox prune')) AS held`.execute(trx);
        if (!lock.rows[0].held) return 0;
        const { numAffectedRows } = await sql`
          DELETE FROM outbox_event AS old USING (
            SELECT counter.bureau_id, greatest(
              counter.last_seq - ${keepEvents}::bigint,
              (SELECT max(seq) FROM outbox_event AS entry
               WHERE entry.bureau_id = counter.bureau_id AND entry.at < ${before.toISOString()}::timestamptz)
            ) AS upto FROM outbox_counter AS counter
          ) AS bound WHERE old.bureau_id = bound.bureau_id AND old.seq <= bound.upto`.execute(trx);
        return Number(numAffectedRows ?? 0);
      }),
  };
}
