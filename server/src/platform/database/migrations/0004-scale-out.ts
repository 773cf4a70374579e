import { type Kysely, sql } from 'kysely';

/**
 * Ready to be spread over machines by bureau: what is unique in a table that grows with the city is unique within its bureau, so that
 * each machine can see to it alone. docs/scale-out.md says which tables these are and how to spread them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `ALTER TABLE incident_event DROP CONSTRAINT incident_event_incident_id_fkey, DROP CONSTRAINT incident_event_pkey`,
  `ALTER TABLE incident DROP CONSTRAINT incident_pkey`,
  `ALTER TABLE incident ADD PRIMARY KEY (bureau_id, id)`,
  `DROP INDEX incident_once`,
  `CREATE UNIQUE INDEX incident_once ON incident (bureau_id, source_id, source_key)`,
  `ALTER TABLE incident_event ADD PRIMARY KEY (bureau_id, id)`,
  `ALTER TABLE incident_event ADD FOREIGN KEY (bureau_id, incident_id) REFERENCES incident (bureau_id, id)`,
  `DROP INDEX incident_event_of_incident`,
  `CREATE INDEX incident_event_of_incident ON incident_event (bureau_id, incident_id, id)`,
  `ALTER TABLE import_rejection ADD COLUMN bureau_id integer`,
  `UPDATE import_rejection SET bureau_id = import.bureau_id FROM import WHERE import.id = import_rejection.import_id`,
  `ALTER TABLE import_rejection ALTER COLUMN bureau_id SET NOT NULL`,
  `DROP INDEX import_rejection_of_import`,
  `CREATE INDEX import_rejection_of_import ON import_rejection (bureau_id, import_id, row_number)`,
];
