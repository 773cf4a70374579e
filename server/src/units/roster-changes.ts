import type { Db } from '../platform/index.ts';
import { type NewUnit, unitsRepository } from './units.repository.ts';

/** Adds units to a bureau's roster. Running servers notice by the revision. */
export function addUnits(
  db: Db,
  bureauId: number,
  newUnits: readonly NewUnit[],
): Promise<{ id: number; callSign: string }[]> {
  const units = unitsRepository(db);
  return db.transaction().execute(async (trx) => {
    const made = await units.insert(bureauId, newUnits, trx);
    await units.raiseRevision(bureauId, trx);
    return made;
  });
}
