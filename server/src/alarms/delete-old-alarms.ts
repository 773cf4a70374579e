import type { Db } from '../platform/index.ts';
import { alarmsRepository } from './alarms.repository.ts';

/** In the caller's transaction: up to `most` alarms of a bureau that were closed before an instant; what is open stays. Tells how many went. */
export function deleteOldAlarms(trx: Db, bureauId: number, before: Date, most: number): Promise<number> {
  return alarmsRepository(trx).removeClosed(bureauId, before, most);
}
