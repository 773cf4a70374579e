import type { Sql } from './open-database.ts';

export interface HeldLock {
  release(): Promise<void>;
}

/**
 * Takes a lock of the whole installation on a connection of its own, so that one process does what only one may do. Whoever dies, or
 * loses the database, loses the lock. `wait`: until whoever has it gives it back; else null is answered at once.
 */
export async function holdLock(sql: Sql, name: string, { wait }: { wait: boolean }): Promise<HeldLock | null> {
  const connection = await sql.reserve();
  try {
    if (wait) await connection`SELECT pg_advisory_lock(hashtextextended(${name}, 0))`;
    else {
      const [row] = await connection<{ held: boolean }[]>`
        SELECT pg_try_advisory_lock(hashtextextended(${name}, 0)) AS held`;
      if (!row.held) {
        connection.release();
        return null;
      }
    }
  } catch (cause) {
    connection.release();
    throw cause;
  }
  return {
    async release() {
      // A connection that broke has given it back already.
      await connection`SELECT pg_advisory_unlock(hashtextextended(${name}, 0))`.catch(() => {});
      connection.release();
    },
  };
}

/** Does `work` under such a lock, and gives it back however that ends; undefined where another has it and nobody is to wait. */
export async function withLock<T>(
  sql: Sql,
  name: string,
  how: { wait: boolean },
  work: () => Promise<T>,
): Promise<T | undefined> {
  const held = await holdLock(sql, name, how);
  if (held === null) return undefined;
  try {
    return await work();
  } finally {
    await held.release();
  }
}
