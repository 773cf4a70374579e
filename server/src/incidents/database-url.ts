import type { Sql } from '../platform/index.ts';

/** The address of the database a pool speaks to, so that a worker thread can open a connection of its own. */
export function databaseUrlOf(sql: Sql): string {
  const { host, port, user, pass, database, ssl } = sql.options;
  if (typeof pass === 'function') throw new Error('A worker needs a database password that is text.');
  const url = new URL('postgres://localhost');
  const [firstHost] = [host].flat();
  const [firstPort] = [port].flat();
  url.hostname = firstHost;
  url.port = String(firstPort);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(pass ?? '');
  url.pathname = `/${encodeURIComponent(database)}`;
  if (ssl) url.searchParams.set('sslmode', typeof ssl === 'string' ? ssl : 'require');
  return url.href;
}
