import { join } from 'node:path';
import type { TrackArchive, TrackPolicy, TrackPolicyChange, TrackStorage } from '@xunfang/geo-data/contract';
import { databaseUrlOf } from '../incidents/index.ts';
import { audit, type Db, type Doer, problem, type Sql, type Workers } from '../platform/index.ts';
import { ArchiveDamagedError, assertSameContent } from './archive-file.ts';
import {
  type ArchiveRow,
  RESTORED_DAYS,
  type RestoreOrder,
  trackArchiveRepository,
} from './track-archive.repository.ts';
import { trackPolicyRepository } from './track-policy.repository.ts';
import type { TrackRetention } from './track-retention.ts';
import './messages.tracks.ts';

const RESTORE_TASK = new URL('./restore-archive.task.ts', import.meta.url);
const DAY_MS = 86_400_000;

interface StorageDeps {
  db: Db;
  sql: Sql;
  workers: Workers;
  retention: TrackRetention;
  archiveDir: string;
  now: () => Date;
}

export type TrackStorageService = ReturnType<typeof trackStorageService>;

/** How long tracks stay, what lies in the archive, and the way back. */
export function trackStorageService({ db, sql, workers, retention, archiveDir, now }: StorageDeps) {
  return {
    policy: (): Promise<TrackPolicy> => trackPolicyRepository.policy(db),

    async changePolicy(change: TrackPolicyChange, by: Doer): Promise<TrackPolicy> {
      return db.transaction().execute(async (trx) => {
        const policy = { ...(await trackPolicyRepository.policy(trx)), ...change };
        await trackPolicyRepository.setPolicy(trx, policy);
        await audit(trx, { bureauId: null, action: 'track_policy.changed', detail: { ...change }, ...by });
        return policy;
      });
    },

    async storage(): Promise<TrackStorage> {
      const days = await trackArchiveRepository.onlineDays(db);
      return {
        policy: await trackPolicyRepository.policy(db),
        online: { days: days.length, oldestDay: days[0] ?? null, ...(await trackArchiveRepository.onlineSize(db)) },
        archives: (await trackArchiveRepository.all(db)).map(viewOf),
        lastRun: await trackPolicyRepository.lastRun(db),
      };
    },

    /** Brings an archived day back into the database for two weeks. The file is read and checked as a whole before a row is written. */
    async restore(day: string, part: number, by: Doer): Promise<TrackArchive> {
      const row = await archiveRow(day, part);
      if (row.restored_until !== null) problem(409, 'TRACK_ARCHIVE_RESTORED', { day });
      const path = join(archiveDir, row.file);
      try {
        const found = await retention.readBack(path);
        // The times as the file writes them are compared as instants; all else as it stands.
        const { minFixedAt, maxFixedAt } = found;
        assertSameContent(found, {
          rows: row.rows,
          bytes: row.bytes,
          contentSha256: row.content_sha256,
          fileSha256: row.file_sha256,
          minFixedAt,
          maxFixedAt,
        });
      } catch (error) {
        if (!(error instanceof ArchiveDamagedError)) throw error;
        problem(409, 'TRACK_ARCHIVE_DAMAGED', { file: row.file, zh: error.zh, en: error.en });
      }
      const order: RestoreOrder = {
        day,
        part,
        path,
        restoredUntil: new Date(now().getTime() + RESTORED_DAYS * DAY_MS).toISOString(),
        contentSha256: row.content_sha256,
        rows: row.rows,
        ...by,
      };
      await workers.run(RESTORE_TASK, { databaseUrl: databaseUrlOf(sql), order });
      return viewOf(await archiveRow(day, part));
    },
  };

  async function archiveRow(day: string, part: number): Promise<ArchiveRow> {
    const row = (await trackArchiveRepository.ofDay(db, day)).find((candidate) => candidate.part === part);
    return row ?? problem(404, 'TRACK_ARCHIVE_UNKNOWN', { day, part });
  }
}

function viewOf(row: ArchiveRow): TrackArchive {
  return {
    day: row.day,
    part: row.part,
    file: row.file,
    rows: row.rows,
    bytes: row.bytes,
    minFixedAt: row.min_fixed_at.toISOString(),
    maxFixedAt: row.max_fixed_at.toISOString(),
    contentSha256: row.content_sha256,
    archivedAt: row.archived_at.toISOString(),
    restoredUntil: row.restored_until?.toISOString() ?? null,
  };
}
