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

/** Rosters units to beats (unit id → beat number), as a plan does when it comes into force; units not named stay. */
export function assignUnitsToBeats(db: Db, bureauId: number, beatOfUnit: ReadonlyMap<number, number>): Promise<void> {
  const units = unitsRepository(db);
  return db.transaction().execute(async (trx) => {
    await units.setBeats(bureauId, beatOfUnit, trx);
    await units.raiseRevision(bureauId, trx);
  });
}
