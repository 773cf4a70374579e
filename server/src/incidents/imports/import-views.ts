import type { ImportView } from '@xunfang/geo-data/contract';
import { type Language, messageOf } from '../../platform/index.ts';
import type { ImportRow } from './imports.repository.ts';
import type { ImportProgress } from './run-import.ts';
import './messages.imports.ts';

/** What only the process that runs an import knows of it. */
export interface LiveImport {
  progress: ImportProgress;
  startedAtMs: number;
  nowMs: number;
}

export function importView(row: ImportRow, live: LiveImport | null, language: Language): ImportView {
  const seconds = live === null ? elapsedSeconds(row) : (live.nowMs - live.startedAtMs) / 1000;
  const figures = live?.progress ?? {
    bytesRead: row.state === 'done' ? row.bytes_total : 0,
    rowsRead: row.rows_read,
    inserted: row.inserted,
    rejected: row.rejected,
    rejectedByReason: row.rejected_by_reason,
  };
  const readAll = figures.bytesRead >= row.bytes_total;
  return {
    id: row.id,
    fileName: row.file_name,
    state: row.state,
    bytesTotal: row.bytes_total,
    ...figures,
    rowsPerSecond: seconds > 0 ? Math.round(figures.rowsRead / seconds) : 0,
    secondsLeft:
      live === null || figures.bytesRead === 0
        ? null
        : Math.ceil((seconds / figures.bytesRead) * (row.bytes_total - figures.bytesRead)),
    phase:
      row.state === 'uploaded' ? 'waiting' : row.state !== 'running' ? 'finished' : readAll ? 'inserting' : 'reading',
    error: row.error === null ? null : errorText(row.error, language),
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** An error is kept as its code and, behind a colon, what the database or the file said. */
function errorText(error: string, language: Language): string {
  const [code, ...reason] = error.split(': ');
  return messageOf(code, language, { reason: reason.join(': ') }).message;
}

function elapsedSeconds(row: ImportRow): number {
  return row.finished_at === null ? 0 : (row.finished_at.getTime() - row.created_at.getTime()) / 1000;
}
