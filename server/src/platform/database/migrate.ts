import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StartupError } from '../startup-error.ts';
import * as foundation from './migrations/0001-foundation.ts';
import * as plausibility from './migrations/0002-plausibility.ts';
import * as outbox from './migrations/0003-outbox.ts';
import * as scaleOut from './migrations/0004-scale-out.ts';
import * as tracks from './migrations/0005-tracks.ts';
import * as geofencesAlarms from './migrations/0006-geofences-alarms.ts';
import * as devicePages from './migrations/0007-device-pages.ts';
import * as planStudio from './migrations/0008-plan-studio.ts';
import type { Db } from './open-database.ts';

/** In order; a migration that was released is never changed. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-plausibility': plausibility,
  '0003-outbox': outbox,
  '0004-scale-out': scaleOut,
  '0005-tracks': tracks,
  '0006-geofences-alarms': geofencesAlarms,
  '0007-device-pages': devicePages,
  '0008-plan-studio': planStudio,
};

/** Brings the database to this version. Refuses one that a newer version has migrated; changes nothing then. */
export async function migrateToLatest(db: Db): Promise<{ applied: string[] }> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0)
    throw new StartupError(
      `数据库属于更新的版本（${unknown.join('、')}），请使用该版本的程序。`,
      `The database belongs to a newer version (${unknown.join(', ')}); start that version instead.`,
    );
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('A migration failed.', { cause: error });
  return { applied: (results ?? []).map((result) => result.migrationName) };
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const table = await sql<{ found: string | null }>`SELECT to_regclass('kysely_migration')::text AS found`.execute(db);
  if (table.rows[0].found === null) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  return rows.map((row) => row.name);
}
