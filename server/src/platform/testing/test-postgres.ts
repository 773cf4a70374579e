import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import { migrateToLatest } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { temporaryDataDir } from './temporary-data-dir.ts';

/** Where the tests of one run find their server and the migrated database to copy. */
export interface TestPostgres {
  adminUrl: string;
  template: string;
  stop(): Promise<void>;
}

/** A server of its own below a temporary folder, or the outside one named by TEST_DATABASE_URL. */
export async function startTestPostgres(outsideUrl: string | undefined): Promise<TestPostgres> {
  const server = outsideUrl ? { adminUrl: outsideUrl, stop: async () => {} } : await temporaryServer();
  const template = `xunfang_template_${randomBytes(4).toString('hex')}`;
  const admin = openDatabase(server.adminUrl, { max: 1 });
  await admin.sql.unsafe(`CREATE DATABASE ${template}`);
  const database = openDatabase(urlOfDatabase(server.adminUrl, template), { max: 1 });
  await migrateToLatest(database.db);
  await database.close();
  return {
    adminUrl: server.adminUrl,
    template,
    stop: async () => {
      await admin.sql.unsafe(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
      await admin.close();
      await server.stop();
    },
  };
}

export function urlOfDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function temporaryServer() {
  const dataDir = await temporaryDataDir();
  const server = await startEmbeddedPostgres(dataDir, { unsafe: true });
  return {
    adminUrl: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
