import { openDatabase } from '../platform/index.ts';
import { moveResult } from '../worker/index.ts';
import { simulationRepository } from './simulation.repository.ts';
import type { CallsOrder, PeriodCalls } from './simulation-job.ts';

/** Reads the calls of a period off the event loop, on a connection of its own. */
export async function run({ databaseUrl, ...order }: CallsOrder): Promise<PeriodCalls> {
  const database = openDatabase(databaseUrl, { max: 1 });
  try {
    const calls = await simulationRepository(database.db).calls(order);
    return moveResult(
      calls,
      [calls.atSeconds, calls.cell, calls.priority].map((column) => column.buffer as ArrayBuffer),
    );
  } finally {
    await database.close();
  }
}
