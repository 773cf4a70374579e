import { randomBytes } from 'node:crypto';
import { type OpenDatabase, openDatabase } from '../database/open-database.ts';
import { urlOfDatabase } from './test-postgres.ts';

export interface TestDatabase extends OpenDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated database of its own for one test file: a copy of the run's template, made in about 0.1 s. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = setting('XUNFANG_TEST_ADMIN_URL');
  const template = setting('XUNFANG_TEST_TEMPLATE');
  const name = `xunfang_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = urlOfDatabase(adminUrl, name);
  const database = openDatabase(url, { max: 8 });
  return {
    ...database,
    url,
    drop: async () => {
      await database.close();
      await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = openDatabase(url, { max: 1 });
  try {
    await admin.sql.unsafe(statement);
  } finally {
    await admin.close();
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run this test in the vitest project "integration" (global-setup.ts).`);
  return value;
}
