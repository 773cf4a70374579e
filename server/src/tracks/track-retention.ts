import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TrackStorage } from '@xunfang/geo-data/contract';
import { databaseUrlOf } from '../incidents/index.ts';
import { audit, type BureauDirectory, type Db, type Sql, type Workers, withLock } from '../platform/index.ts';
import { TRACK_COLUMNS } from '../units/index.ts';
import {
  type ArchiveContent,
  ArchiveDamagedError,
  assertSameContent,
  manifestPath,
  writeManifest,
} from './archive-file.ts';
import { deleteOldRecords } from './record-retention.ts';
import { type ArchiveRow, type DayStatistics, trackArchiveRepository } from './track-archive.repository.ts';
import { trackPolicyRepository } from './track-policy.repository.ts';
import type { Damage } from './verify-archive.task.ts';

const ARCHIVE_TASK = new URL('./archive-day.task.ts', import.meta.url);
const VERIFY_TASK = new URL('./verify-archive.task.ts', import.meta.url);
const DAY_MS = 86_400_000;
/** The name a process acts by in the audit. */
const ACTOR = 'installation';
export const ARCHIVE_LOCK = 'track archive';

export type RunOutcome = NonNullable<TrackStorage['lastRun']>;

export interface RetentionDeps {
  db: Db;
  sql: Sql;
  workers: Workers;
  bureaus: Pick<BureauDirectory, 'ids'>;
  /** `track-archive` below the data directory. */
  archiveDir: string;
  now: () => Date;
  /** Every day that could not be archived: its fixes stay in the database. null: old crossings or alarms that could not be deleted. */
  onFailure: (day: string | null, cause: unknown) => void;
  /** Between writing and reading back; for tests that damage what was written. */
  afterWrite?: (path: string) => Promise<void>;
}

/**
 * Moves what is older than the policy keeps from the database into files: written, read back from the disk, held against what the database
 * says, and only then dropped; then deletes the crossings and alarms that it no longer keeps. One process of the installation at a time does it.
 */
export function createTrackRetention(deps: RetentionDeps) {
  const { db, sql, workers, bureaus, archiveDir, now, onFailure, afterWrite } = deps;

  /** Reads a file and tells what is in it; throws an `ArchiveDamagedError`. */
  async function readBack(path: string, signal?: AbortSignal): Promise<ArchiveContent> {
    const answer = await workers.run<{ content: ArchiveContent } | { damage: Damage }>(
      VERIFY_TASK,
      path,
      until(signal),
    );
    if ('damage' in answer) throw new ArchiveDamagedError(answer.damage.zh, answer.damage.en);
    return answer.content;
  }

  async function archiveDay(day: string, signal?: AbortSignal): Promise<void> {
    const earlier = await trackArchiveRepository.ofDay(db, day);
    // What was brought back into the database goes into the new file with the rest of its day.
    const replaced = earlier.filter(({ restored_until }) => restored_until !== null);
    const { part, file } = await freePart(day, Math.max(0, ...earlier.map((row) => row.part)) + 1);
    const path = join(archiveDir, file);
    const partial = `${path}.partial`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const order = { databaseUrl: databaseUrlOf(sql), day, path: partial };
    const statistics = await workers.run<DayStatistics>(ARCHIVE_TASK, order, until(signal));
    if (statistics.rows === 0 && replaced.length === 0) {
      await rm(partial, { force: true });
      await db.transaction().execute((trx) => trackArchiveRepository.dropEmptyDay(trx, day));
      return;
    }
    await afterWrite?.(partial);
    const content = await readBack(partial, signal);
    assertSameContent(content, { ...content, ...statistics });
    await rename(partial, path);
    await writeManifest(path, {
      format: 'xunfang-track-archive',
      version: 1,
      day,
      part,
      file,
      columns: [...TRACK_COLUMNS],
      ...content,
    });
    await syncFolder(dirname(path));
    const noted = db.transaction().execute(async (trx) => {
      await trackArchiveRepository.remove(
        trx,
        day,
        replaced.map((row) => row.part),
      );
      await trackArchiveRepository.add(trx, rowOf(day, part, file, content));
      const detail = { rows: content.rows, file, contentSha256: content.contentSha256 };
      const subject = `track_archive:${day}.${part}`;
      await audit(trx, { bureauId: null, actor: ACTOR, action: 'tracks.archived', subject, detail });
      if (await trackArchiveRepository.dropArchivedDay(trx, day, statistics)) return;
      throw new Error(`fixes of ${day} came in while it was archived`);
    });
    // The day is still in the database: a file that nothing knows of would only be in the way.
    await noted.catch(async (cause: unknown) => {
      await removeFiles(path);
      throw cause;
    });
    await Promise.all(replaced.map((row) => removeFiles(join(archiveDir, row.file))));
  }

  /** The first part, from `part` on, whose file is not there: a database that was set up anew does not know all files, and must overwrite none. */
  async function freePart(day: string, part: number): Promise<{ part: number; file: string }> {
    const file = `${day.slice(0, 4)}/tracks-${day}.${part}.csv.gz`;
    const isThere = await access(join(archiveDir, file)).then(
      () => true,
      () => false,
    );
    return isThere ? freePart(day, part + 1) : { part, file };
  }

  /** Days that the policy no longer keeps; restored ones until their time is up. */
  async function dueDays(): Promise<string[]> {
    const { retentionDays } = await trackPolicyRepository.policy(db);
    const oldestKept = new Date(now().getTime() - retentionDays * DAY_MS).toISOString().slice(0, 10);
    const due = (await trackArchiveRepository.onlineDays(db)).filter((day) => day < oldestKept);
    const heldBack = new Set(
      (await trackArchiveRepository.all(db)).filter((row) => isHeldBack(row, now())).map(({ day }) => day),
    );
    return due.filter((day) => !heldBack.has(day));
  }

  return {
    readBack,

    /**
     * Archives what is due, oldest first, until `signal` says to stop: that gives up the file being written. Undefined: another process is
     * at it. A day that fails stays in the database and holds up none of the others.
     */
    run(signal?: AbortSignal): Promise<RunOutcome | undefined> {
      return withLock(sql, ARCHIVE_LOCK, { wait: false }, async () => {
        const outcome: RunOutcome = {
          at: now().toISOString(),
          archivedDays: 0,
          failures: [],
          deletedCrossings: 0,
          deletedAlarms: 0,
          recordFailure: null,
        };
        for (const day of await dueDays()) {
          if (signal?.aborted) break;
          try {
            await archiveDay(day, signal);
            outcome.archivedDays++;
          } catch (cause) {
            // Given up, not failed: the next run begins the day anew.
            if (signal?.aborted) break;
            outcome.failures.push({ day, reason: reasonOf(cause) });
            onFailure(day, cause);
          }
        }
        try {
          const { crossings, alarms } = await deleteOldRecords({ db, bureaus, now }, signal);
          outcome.deletedCrossings = crossings;
          outcome.deletedAlarms = alarms;
        } catch (cause) {
          outcome.recordFailure = reasonOf(cause);
          onFailure(null, cause);
        }
        await trackPolicyRepository.setLastRun(db, outcome);
        return outcome;
      });
    },
  };
}
export type TrackRetention = ReturnType<typeof createTrackRetention>;

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

const until = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

function isHeldBack({ restored_until }: ArchiveRow, now: Date): boolean {
  return restored_until !== null && restored_until > now;
}

function rowOf(day: string, part: number, file: string, content: ArchiveContent) {
  return {
    day,
    part,
    file,
    rows: content.rows,
    bytes: content.bytes,
    min_fixed_at: new Date(content.minFixedAt),
    max_fixed_at: new Date(content.maxFixedAt),
    content_sha256: content.contentSha256,
    file_sha256: content.fileSha256,
  };
}

async function removeFiles(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(manifestPath(path), { force: true });
}

/** A new name is on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
