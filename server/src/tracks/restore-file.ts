import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Sql, StartupError, withLock } from '../platform/index.ts';
import { ensureTrackDay, partitionOf, TRACK_COLUMNS } from '../units/index.ts';
import {
  ArchiveDamagedError,
  type ArchiveManifest,
  assertSameContent,
  readArchive,
  readManifest,
} from './archive-file.ts';
import { RESTORED_DAYS, writeTo } from './track-archive.repository.ts';
import { ARCHIVE_LOCK } from './track-retention.ts';

const DAY_MS = 86_400_000;
const ACTOR = 'restore-tracks';
const COLUMNS = TRACK_COLUMNS.join(', ');

export interface RestoredFile {
  day: string;
  part: number;
  rows: number;
  /** Those that were not in the database; 0 when the file is restored again. */
  added: number;
  /** The day is not archived anew before. */
  restoredUntil: Date;
}

interface RowFault {
  line: number;
  zh: string;
  en: string;
  fixZh: string;
  fixEn: string;
}

/**
 * Puts an archive file back into its day's partition, whatever this database knows of it: read and held against its manifest as a whole first, then
 * read into a table of its own, looked at row by row, and what is missing is added. Rows that are there already are left as they are, so that
 * a second time adds nothing. The note in `track_archive`, the audit and the rows are one transaction. Throws a `StartupError` that says in both
 * languages which file, which row and what to do; then nothing was changed. O(rows log rows).
 */
export async function restoreFile(sql: Sql, path: string, now = new Date()): Promise<RestoredFile> {
  const manifest = await verified(path);
  const restoredUntil = new Date(now.getTime() + RESTORED_DAYS * DAY_MS);
  // A transaction of its own: making a partition locks the table that the track writer writes into.
  await ensureTrackDay(sql, manifest.day);
  // Not while a server archives: it would take the day away again between rows and note.
  const added = await withLock(sql, ARCHIVE_LOCK, { wait: true }, () => addMissing(sql, path, manifest, restoredUntil));
  const { day, part, rows } = manifest;
  return { day, part, rows, added: added ?? 0, restoredUntil };
}

async function verified(path: string): Promise<ArchiveManifest> {
  try {
    const manifest = await readManifest(path);
    const found = await readArchive(path);
    assertSameContent(found, manifest);
    return manifest;
  } catch (error) {
    if (!(error instanceof ArchiveDamagedError)) throw error;
    throw new StartupError(
      `归档文件 ${path} 与归档时的记录不符（${error.zh}），未恢复任何数据。请从备份中取回该文件及其 .json 清单后重试。`,
      `The archive file ${path} is not what was archived (${error.en}); nothing was restored. Bring the file and its .json manifest back from a backup and try again.`,
      { cause: error },
    );
  }
}

function addMissing(sql: Sql, path: string, manifest: ArchiveManifest, restoredUntil: Date): Promise<number> {
  const { day, part, rows } = manifest;
  const partition = partitionOf(day);
  return sql.begin(async (transaction) => {
    await refuseOtherArchive(transaction, path, manifest);
    await transaction.unsafe(
      `CREATE TEMPORARY TABLE restored_point (line bigint GENERATED ALWAYS AS IDENTITY, LIKE track_point) ON COMMIT DROP`,
    );
    await copyIn(transaction, path, manifest);
    const fault = await rowFault(transaction, day);
    if (fault !== undefined) throw refusal(path, fault);
    // As many of each row as the file has more than the partition: a fix that a device sent twice is twice in both.
    const inserted = await transaction.unsafe(
      `INSERT INTO ${partition} (${COLUMNS})
       SELECT ${COLUMNS} FROM restored_point EXCEPT ALL SELECT ${COLUMNS} FROM ${partition}`,
    );
    const { file, bytes, contentSha256, fileSha256 } = manifest;
    await transaction`
      INSERT INTO track_archive (day, part, file, rows, bytes, min_fixed_at, max_fixed_at, content_sha256, file_sha256, restored_until)
      SELECT ${day}, ${part}, ${file}, ${rows}, ${bytes}, min(fixed_at), max(fixed_at), ${contentSha256}, ${fileSha256}, ${restoredUntil}
      FROM restored_point
      ON CONFLICT (day, part) DO UPDATE SET restored_until = excluded.restored_until`;
    const detail = { rows, added: inserted.count, restoredUntil: restoredUntil.toISOString() };
    await transaction`
      INSERT INTO audit_entry (bureau_id, actor, action, subject, detail)
      VALUES (NULL, ${ACTOR}, 'tracks.restored', ${`track_archive:${day}.${part}`}, ${transaction.json(detail)})`;
    return inserted.count;
  });
}

type Transaction = Parameters<Parameters<Sql['begin']>[1]>[0];

/** Another file under the same day and part is another installation's, whose units have other numbers. */
async function refuseOtherArchive(transaction: Transaction, path: string, manifest: ArchiveManifest): Promise<void> {
  const { day, part, contentSha256 } = manifest;
  const [known] = await transaction<{ file: string; sha: string }[]>`
    SELECT file, content_sha256 AS sha FROM track_archive WHERE day = ${day} AND part = ${part}`;
  if (known === undefined || known.sha === contentSha256) return;
  throw new StartupError(
    `归档文件 ${path} 不是本系统 ${day} 第 ${part} 部分的归档（本系统的是 ${known.file}，内容校验和 ${known.sha}），未恢复任何数据。请改用该文件。`,
    `The archive file ${path} is not this installation's archive of ${day}, part ${part} (that is ${known.file} with the content checksum ${known.sha}); nothing was restored. Use that file.`,
  );
}

async function copyIn(transaction: Transaction, path: string, manifest: ArchiveManifest): Promise<void> {
  const copy = await transaction
    .unsafe(`COPY restored_point (${COLUMNS}) FROM STDIN (FORMAT csv, HEADER true)`)
    .writable();
  const stored = finished(copy);
  // Whoever waits for it below hears of it; until then it is nobody's.
  stored.catch(() => {});
  try {
    const read = await readArchive(path, (csv) => writeTo(copy, csv));
    assertSameContent(read, manifest);
  } catch (cause) {
    // In the middle of a COPY the connection could not even roll back.
    if (!copy.destroyed) copy.destroy(cause as Error);
    throw rowRefusal(path, cause);
  }
  copy.end();
  await stored.catch((cause: unknown) => {
    throw rowRefusal(path, cause);
  });
}

/** PostgreSQL names the line (the head line is its first) and the column of what it could not read. */
function rowRefusal(path: string, cause: unknown): unknown {
  const { where, column_name: columnName } = cause as { where?: string; column_name?: string };
  const named = /COPY restored_point, line (\d+)(?:, column (\w+)(?:: "(.*)")?)?/s.exec(where ?? '');
  if (named === null) return cause;
  const [, line, column = columnName ?? '?', value = ''] = named;
  return refusal(path, {
    line: Number(line),
    zh: `字段 ${column} 的值“${value}”不可读`,
    en: `field ${column} has the value "${value}", which cannot be read`,
    fixZh: '请从备份中取回该文件',
    fixEn: 'Bring the file back from a backup',
  });
}

/** The first row that does not belong here. */
async function rowFault(transaction: Transaction, day: string): Promise<RowFault | undefined> {
  const start = `${day} 00:00:00+00`;
  const [other] = await transaction<{ line: number; at: string }[]>`
    SELECT line + 1 AS line, fixed_at::text AS at FROM restored_point
    WHERE fixed_at < ${start}::timestamptz OR fixed_at >= ${start}::timestamptz + interval '1 day' ORDER BY line LIMIT 1`;
  if (other !== undefined)
    return {
      line: other.line,
      zh: `字段 fixed_at 为 ${other.at}，不在 ${day}（UTC）`,
      en: `field fixed_at is ${other.at}, which is not of ${day} (UTC)`,
      fixZh: '请从备份中取回该文件及其清单',
      fixEn: 'Bring the file and its manifest back from a backup',
    };
  const [stranger] = await transaction<{ line: number; bureauId: number; unitId: number; bureau: boolean }[]>`
    SELECT line + 1 AS line, r.bureau_id AS "bureauId", r.unit_id AS "unitId", b.id IS NOT NULL AS bureau
    FROM restored_point r LEFT JOIN bureau b ON b.id = r.bureau_id LEFT JOIN unit u ON u.id = r.unit_id
    WHERE b.id IS NULL OR u.id IS NULL ORDER BY line LIMIT 1`;
  if (stranger === undefined) return undefined;
  const [field, value] = stranger.bureau ? ['unit_id', stranger.unitId] : ['bureau_id', stranger.bureauId];
  return {
    line: stranger.line,
    zh: `字段 ${field} 为 ${value}，本数据库中没有`,
    en: `field ${field} is ${value}, which this database does not have`,
    fixZh: '该文件属于另一套系统，或数据库早于它：请先恢复与它同期的数据库备份',
    fixEn:
      'The file is of another installation, or the database is older than it: restore the database backup of its time first',
  };
}

function refusal(path: string, { line, zh, en, fixZh, fixEn }: RowFault): StartupError {
  return new StartupError(
    `归档文件 ${basename(path)} 第 ${line} 行：${zh}，未恢复任何数据。${fixZh}。`,
    `Archive file ${basename(path)}, line ${line}: ${en}; nothing was restored. ${fixEn}.`,
  );
}
