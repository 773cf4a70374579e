import { type Kysely, sql } from 'kysely';

/**
 * The outbox: every change that consoles must hear of, numbered per bureau in the transaction of the change.
 *
 * Numbers come from a counter row, not from a sequence. A sequence deals number 8 to a transaction that may commit before the one that
 * holds number 7 (a reader at 8 would never see 7), and what rolls back leaves a hole that looks like a loss. The counter's row lock
 * is held until the end of the transaction: the next number is dealt only after this one is visible or given back. So numbers have no
 * gaps and become visible in their order, and "everything after n" is a complete answer. The price: transactions of one bureau that
 * append wait for each other from the append to the commit. Append last, then that is one commit long, and nothing deadlocks.
 *
 * `pg_notify` is sent at the commit, once per transaction and bureau.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE outbox_counter (
    bureau_id integer PRIMARY KEY REFERENCES bureau,
    last_seq bigint NOT NULL
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE outbox_event (
    bureau_id integer NOT NULL REFERENCES bureau,
    seq bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    event text NOT NULL,
    payload jsonb NOT NULL,
    PRIMARY KEY (bureau_id, seq)
  )`,
  /* events: [{event, payload}], in their order. Returns the number of the last. */
  `CREATE FUNCTION append_outbox_events(of_bureau integer, events jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      added integer := jsonb_array_length(events);
      last bigint;
    BEGIN
      INSERT INTO outbox_counter AS counter VALUES (of_bureau, added)
        ON CONFLICT (bureau_id) DO UPDATE SET last_seq = counter.last_seq + added RETURNING last_seq INTO last;
      INSERT INTO outbox_event (bureau_id, seq, event, payload)
        SELECT of_bureau, last - added + place, item->>'event', item->'payload'
        FROM jsonb_array_elements(events) WITH ORDINALITY AS listed (item, place);
      PERFORM pg_notify('outbox', of_bureau::text);
      RETURN last;
    END $$`,
];
