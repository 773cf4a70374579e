import { openDatabase } from '../platform/index.ts';
import { type RestoreOrder, restoreDay } from './track-archive.repository.ts';

/** Off the event loop, on a connection of its own. */
export async function run({ databaseUrl, order }: { databaseUrl: string; order: RestoreOrder }): Promise<void> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    await restoreDay(database.sql, order);
  } finally {
    await database.close();
  }
}
