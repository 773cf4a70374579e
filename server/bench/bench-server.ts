import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app.ts';
import { apiKeysService } from '../src/identity/index.ts';
import {
  createWorkers,
  loadConfig,
  migrateToLatest,
  openDatabase,
  startEmbeddedPostgres,
} from '../src/platform/index.ts';
import { createTestBureau } from '../src/testing/test-bureau.ts';

/**
 * The whole server over an embedded PostgreSQL with the settings of an installation, and a bureau to measure in. `observe` sees the
 * bare instance before anything is registered.
 */
export async function startBenchServer(observe?: Parameters<typeof buildApp>[1]) {
  const dataDir = await mkdtemp(join(tmpdir(), 'xunfang-bench-'));
  const postgres = await startEmbeddedPostgres(dataDir);
  const database = openDatabase(postgres.url, { max: 8 });
  await migrateToLatest(database.db);
  const bureauId = await createTestBureau(database.db, { slug: 'bench' });
  const workers = createWorkers(2);
  const config = loadConfig({
    DATA_DIR: dataDir,
    REQUESTS_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
    JT808_PORT: 'off',
  });
  const app = await buildApp({ config, db: database.db, sql: database.sql, workers }, observe);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const keys = apiKeysService({ db: database.db, now: () => new Date() });
  const { key } = await keys.create(
    { bureauId, name: 'bench', scopes: ['incidents:write', 'incidents:read'] },
    { accountId: null, actor: 'bench', address: null },
  );
  return {
    baseUrl: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    headers: { authorization: `Bearer ${key}` },
    database,
    dataDir,
    bureauId,
    close: async () => {
      await app.close();
      await workers.close();
      await database.close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;
