import { startTestPostgres } from './test-postgres.ts';

/** Vitest runs this once before the integration tests, and what it returns after them. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres(process.env.TEST_DATABASE_URL);
  process.env.XUNFANG_TEST_ADMIN_URL = server.adminUrl;
  process.env.XUNFANG_TEST_TEMPLATE = server.template;
  return () => server.stop();
}
