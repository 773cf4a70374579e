import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTcpProxy, type TcpProxy } from '../../testing/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { cutConnections, endConnections, type OpenDatabase, openDatabase, type Sql } from './open-database.ts';

const SOON = { timeout: 15_000, interval: 20 };

/** What the driver owes whoever waits when a connection breaks: docs/decisions/0011. */
let database: TestDatabase;
let network: TcpProxy;
/** One place only: whoever is lost leaves nothing for the next. */
let pool: OpenDatabase;
let sql: Sql;

beforeEach(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  const { port } = url;
  network = await createTcpProxy(() => [Number(port)]);
  url.port = String(network.port);
  pool = openDatabase(url.href, { max: 1 });
  ({ sql } = pool);
});
afterEach(async () => {
  await endConnections(sql);
  await network.close();
  await database.drop();
});

const answers = async () => (await sql`SELECT 1 AS one`)[0].one;

it('a statement made while its connection breaks is refused, and its place serves others', async () => {
  const connection = await sql.reserve();
  // As a transaction does: the broken statement is followed by a ROLLBACK in the same turn.
  const asked = connection`SELECT pg_sleep(60)`.catch(() => connection`ROLLBACK`);
  cutConnections(sql);
  await expect(asked).rejects.toThrow();
  connection.release();
  expect(await answers()).toBe(1);
});

it('statements that wait behind one that breaks are refused with it', async () => {
  const connection = await sql.reserve();
  // A parameter holds up what comes after until the statement is described.
  const asked = [connection`SELECT pg_sleep(${60})`, connection`SELECT ${2}::int`, connection`SELECT ${3}::int`];
  const ended = Promise.allSettled(asked);
  cutConnections(sql);
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);

  let inside: string[] = [];
  const transaction = sql.begin(async (trx) => {
    const both = Promise.allSettled([trx`SELECT pg_sleep(${60})`, trx`SELECT ${2}::int`]);
    cutConnections(sql);
    inside = (await both).map(({ status }) => status);
  });
  await expect(transaction).rejects.toThrow();
  await expect.poll(() => inside, SOON).toEqual(['rejected', 'rejected']);
  expect(await answers()).toBe(1);
});

it('a connection that broke neither speaks on the one that came after it nor gives that away', async () => {
  const stale = await sql.reserve();
  cutConnections(sql);
  await expect(stale`SELECT 1`).rejects.toThrow();
  const fresh = await sql.reserve();
  await expect(stale`SELECT 1`).rejects.toThrow();
  stale.release();
  let given = false;
  const next = sql.reserve().then((connection) => {
    given = true;
    return connection;
  });
  await fresh`SELECT 1`;
  expect(given).toBe(false);
  fresh.release();
  (await next).release();
});

it('who waits for a connection gets one when the broken one is back', async () => {
  const connection = await sql.reserve();
  const waiting = sql.reserve();
  cutConnections(sql);
  const next = await waiting;
  connection.release();
  expect((await next`SELECT 1 AS one`)[0].one).toBe(1);
  next.release();
});

it('who was refused a connection is not given the next one', async () => {
  network.swallow();
  const asked = Promise.allSettled([sql.reserve()]);
  await expect.poll(() => network.connections(), SOON).toBe(1);
  cutConnections(sql);
  expect(await asked).toMatchObject([{ status: 'rejected', reason: { message: expect.stringContaining('cut') } }]);
  network.pass();
  const connection = await sql.reserve();
  connection.release();
  expect(await answers()).toBe(1);
});

it('a pool that is ended refuses all that waits for a silent database, and all that comes later', async () => {
  const connection = await sql.reserve();
  network.swallow();
  const asked = Promise.allSettled([
    connection`SELECT ${1}::int`,
    connection`SELECT ${2}::int`,
    sql.reserve(),
    sql`SELECT 1`,
  ]);
  await endConnections(sql);
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  await expect(connection`SELECT 1`).rejects.toThrow();
  await expect(sql.reserve()).rejects.toThrow('CONNECTION_ENDED');
  await expect(pool.db.selectFrom('bureau').select('id').execute()).rejects.toThrow('CONNECTION_ENDED');
});
