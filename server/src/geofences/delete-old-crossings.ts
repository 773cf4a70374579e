import type { Db } from '../platform/index.ts';
import { geofencesRepository } from './geofences.repository.ts';

/** In the caller's transaction: up to `most` crossings of a bureau before an instant, oldest first. Tells how many went. */
export function deleteOldCrossings(trx: Db, bureauId: number, before: Date, most: number): Promise<number> {
  return geofencesRepository(trx).removeEvents(bureauId, before, most);
}
