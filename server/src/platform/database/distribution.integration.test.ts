import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { TABLE_DISTRIBUTION } from './distribution.ts';

/** What the catalogue says of the migrated schema, held against what docs/scale-out.md promises of it. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const tablesThatAre = (kind: string) =>
  Object.entries(TABLE_DISTRIBUTION)
    .filter(([, is]) => is === kind)
    .map(([table]) => table);
/** The migrator's own. */
const BOOKKEEPING = ['kysely_migration', 'kysely_migration_lock'];

it('every table is distributed, a reference or local', async () => {
  const rows = await database.sql<{ name: string }[]>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`;
  const known = [...Object.keys(TABLE_DISTRIBUTION), ...BOOKKEEPING].sort();
  expect(rows.map(({ name }) => name).sort()).toEqual(known);
});

it('every distributed table says whose each row is, and is unique in nothing that a bureau alone could not see to', async () => {
  const columns = await database.sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'bureau_id' AND is_nullable = 'NO' AND data_type = 'integer'`;
  expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(tablesThatAre('distributed')));

  const faults = await database.sql<{ index: string }[]>`
    SELECT i.indexrelid::regclass::text AS index
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY(${tablesThatAre('distributed')}) AND (i.indisunique OR i.indisexclusion) AND NOT EXISTS (
      SELECT FROM unnest(i.indkey) AS k (number)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number WHERE a.attname = 'bureau_id')`;
  expect(faults.map(({ index }) => index)).toEqual([]);
});

it('foreign keys of distributed tables go to references, or with the bureau to distributed ones; none comes from outside', async () => {
  const keys = await database.sql<{ from: string; to: string; columns: string[]; referenced: string[] }[]>`
    SELECT c.conrelid::regclass::text AS from, c.confrelid::regclass::text AS to,
      (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)) AS columns,
      (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = ANY(c.confkey)) AS referenced
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.conparentid = 0`;
  const kindOf = (table: string) => TABLE_DISTRIBUTION[table as keyof typeof TABLE_DISTRIBUTION];
  const wrong = keys.filter(({ from, to, columns, referenced }) => {
    if (kindOf(from) === 'distributed' && kindOf(to) === 'distributed')
      return !columns.includes('bureau_id') || !referenced.includes('bureau_id');
    return kindOf(from) === 'distributed' ? kindOf(to) !== 'reference' : kindOf(to) === 'distributed';
  });
  expect(wrong).toEqual([]);
  expect(keys.some(({ from, to }) => from === 'incident_event' && to === 'incident')).toBe(true);
});
