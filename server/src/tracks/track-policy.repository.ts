import type { TrackPolicy, TrackStorage } from '@xunfang/geo-data/contract';
import type { Db } from '../platform/index.ts';

const POLICY_KEY = 'track_policy';
const RUN_KEY = 'track_archive_run';

/** Half a year: as long as the audit log must be kept at least. */
const DEFAULT_POLICY: TrackPolicy = { retentionDays: 180, liveTrailMinutes: 30 };

/** Facts of the installation; they belong to no bureau. */
export const trackPolicyRepository = {
  async policy(db: Db): Promise<TrackPolicy> {
    return { ...DEFAULT_POLICY, ...((await read(db, POLICY_KEY)) as Partial<TrackPolicy>) };
  },
  setPolicy: (db: Db, policy: TrackPolicy) => write(db, POLICY_KEY, { ...policy }),

  async lastRun(db: Db): Promise<TrackStorage['lastRun']> {
    return ((await read(db, RUN_KEY)) ?? null) as TrackStorage['lastRun'];
  },
  setLastRun: (db: Db, run: NonNullable<TrackStorage['lastRun']>) => write(db, RUN_KEY, { ...run }),
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
