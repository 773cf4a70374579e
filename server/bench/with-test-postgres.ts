import { startTestPostgres } from '../src/platform/testing/test-postgres.ts';

/** Where `createTestDatabase` and `createTestApp` find what they need, until the work is done. */
export async function withTestPostgres<Result>(work: () => Promise<Result>): Promise<Result> {
  const postgres = await startTestPostgres(process.env.TEST_DATABASE_URL);
  process.env.XUNFANG_TEST_ADMIN_URL = postgres.adminUrl;
  process.env.XUNFANG_TEST_TEMPLATE = postgres.template;
  try {
    return await work();
  } finally {
    await postgres.stop();
  }
}
