import { openDatabase } from '../platform/index.ts';
import { loadIncidents } from './hotspots.repository.ts';
import type { LoadedIncidents } from './loaded-incidents.ts';

/** Reads a bureau's incidents off the event loop, on a connection of its own. */
export async function run(request: { databaseUrl: string; bureauId: number }): Promise<LoadedIncidents> {
  const database = openDatabase(request.databaseUrl, { max: 1 });
  try {
    return await loadIncidents(database.sql, request.bureauId);
  } finally {
    await database.close();
  }
}
