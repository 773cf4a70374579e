import { deleteOldAlarms } from '../alarms/index.ts';
import { deleteOldCrossings } from '../geofences/index.ts';
import { audit, type BureauDirectory, type Db } from '../platform/index.ts';
import { trackPolicyRepository } from './track-policy.repository.ts';

const DAY_MS = 86_400_000;
/** The name a process acts by in the audit. */
const ACTOR = 'installation';
/** One transaction each: a lock for a moment, and a journal that does not swell. */
const BATCH_ROWS = 5000;

interface RecordDeps {
  db: Db;
  bureaus: Pick<BureauDirectory, 'ids'>;
  now: () => Date;
  /** Smaller in tests. */
  batchRows?: number;
}

export interface DeletedRecords {
  crossings: number;
  alarms: number;
}

/**
 * Deletes crossings of geofences and closed alarms that the policy no longer keeps, bureau by bureau, each batch in one transaction with its
 * entry in the audit. Open alarms stay, however old. Ends early when `signal` says to stop: the rest is found by the next run.
 */
export async function deleteOldRecords(
  { db, bureaus, now, batchRows = BATCH_ROWS }: RecordDeps,
  signal?: AbortSignal,
): Promise<DeletedRecords> {
  const policy = await trackPolicyRepository.policy(db);
  /** Complete UTC days stay, as with tracks. */
  const startOfKept = (days: number) => new Date(new Date(now().getTime() - days * DAY_MS).toISOString().slice(0, 10));
  const kinds = [
    { name: 'crossings', before: startOfKept(policy.crossingRetentionDays), remove: deleteOldCrossings },
    { name: 'alarms', before: startOfKept(policy.alarmRetentionDays), remove: deleteOldAlarms },
  ] as const;
  const isStopped = () => signal?.aborted === true;
  const deleted: DeletedRecords = { crossings: 0, alarms: 0 };
  for (const bureauId of await bureaus.ids())
    for (const { name, before, remove } of kinds)
      for (let last = batchRows; last === batchRows && !isStopped(); ) {
        last = await db.transaction().execute(async (trx) => {
          const count = await remove(trx, bureauId, before, batchRows);
          const detail = { count, before: before.toISOString() };
          if (count > 0) await audit(trx, { bureauId, actor: ACTOR, action: `${name}.deleted`, detail });
          return count;
        });
        deleted[name] += last;
      }
  return deleted;
}
