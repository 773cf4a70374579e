import type { TrackPolicy, TrackStorage } from '@xunfang/geo-data/contract';
import type { Db } from '../platform/index.ts';

const POLICY_KEY = 'track_policy';
const RUN_KEY = 'track_archive_run';

/** Half a year, as long as the audit log must be kept at least; alarms three years, for who is asked about one is asked late. */
const DEFAULT_POLICY: TrackPolicy = {
  retentionDays: 180,
  liveTrailMinutes: 30,
  crossingRetentionDays: 180,
  alarmRetentionDays: 1095,
};

type LastRun = NonNullable<TrackStorage['lastRun']>;
/** What a run by an earlier version says nothing of. */
const EARLIER_RUN = { deletedCrossings: 0, deletedAlarms: 0, recordFailure: null };

/** Facts of the installation; they belong to no bureau. */
export const trackPolicyRepository = {
  async policy(db: Db): Promise<TrackPolicy> {
    return { ...DEFAULT_POLICY, ...((await read(db, POLICY_KEY)) as Partial<TrackPolicy>) };
  },
  setPolicy: (db: Db, policy: TrackPolicy) => write(db, POLICY_KEY, { ...policy }),

  async lastRun(db: Db): Promise<TrackStorage['lastRun']> {
    const run = await read(db, RUN_KEY);
    return run === undefined ? null : { ...EARLIER_RUN, ...(run as Omit<LastRun, keyof typeof EARLIER_RUN>) };
  },
  setLastRun: (db: Db, run: LastRun) => write(db, RUN_KEY, { ...run }),
};

async function read(db: Db, key: string): Promise<Record<string, unknown> | undefined> {
  return (await db.selectFrom('installation').select('value').where('key', '=', key).executeTakeFirst())?.value;
}

async function write(db: Db, key: string, value: Record<string, unknown>): Promise<void> {
  await db
    .insertInto('installation')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, changed_at: new Date() }))
    .execute();
}
