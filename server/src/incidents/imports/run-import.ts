import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Category, ImportMapping, RejectionReason } from '@xunfang/geo-data/contract';
import type { BeatAssigner } from '../../beats/index.ts';
import { createBureauArea } from '../bureau-area.ts';
import { createCategoryDictionary } from '../category-dictionary.ts';
import { converterOf } from '../converter-of.ts';
import { createContentKeys } from './content-keys.ts';
import { type CsvRecord, createCsvScanner, fieldText, recordText } from './csv-scanner.ts';
import { addToBatch, clearBatch, createImportBatch, type ImportBatch, locateBatch, rawRow } from './import-batch.ts';
import type { ImportTargetRepository } from './import-target.repository.ts';
import { createInstantReader } from './instant-reader.ts';
import { openSpool } from './open-spool.ts';
import { isPersonalColumn } from './personal-columns.ts';
import type { ImportBureau } from './preview.task.ts';
import { columnNames } from './row-columns.ts';
import { createRowReader, type RowField, type RowReader } from './row-reader.ts';
import { newlineOfFile } from './sniff-file.ts';

export interface ImportRequest {
  path: string;
  mapping: ImportMapping;
  bureau: ImportBureau;
  categories: Category[];
  nowSeconds: number;
}

export interface ImportProgress {
  bytesRead: number;
  rowsRead: number;
  inserted: number;
  rejected: number;
  rejectedByReason: Record<string, number>;
}

export class ImportCancelled extends Error {}

const BATCH_ROWS = 20_000;
/** Between turns of the event loop: what PostgreSQL answers is heard while rows are parsed. */
const ROWS_PER_TURN = 2_000;
const REJECTION_FLUSH_BYTES = 4 << 20;

/**
 * The whole path of a file but for the transaction's beginning and end. Two batches alternate: while PostgreSQL inserts one, the next
 * is parsed, converted and placed. Memory does not grow with the file, but for 40 bytes a row where ids are derived.
 */
export async function runImport(
  request: ImportRequest,
  target: ImportTargetRepository,
  beats: BeatAssigner,
  report: (progress: ImportProgress) => void,
  isCancelled: () => boolean,
): Promise<ImportProgress> {
  const { mapping } = request;
  const spool = await openSpool(request.path, mapping.encoding);
  const newline = await newlineOfFile(request.path, mapping.encoding);
  const scanner = createCsvScanner({ delimiter: mapping.delimiter.charCodeAt(0), newline });
  const categories = createCategoryDictionary(request.categories);
  const makeRowReader = {
    mapping,
    convert: await converterOf(mapping.coordinateSystem),
    readInstant: createInstantReader(mapping.dateFormat, mapping.timeZone),
    area: createBureauArea(request.bureau.boundary, request.bureau.marginMeters),
    categories,
    nowSeconds: request.nowSeconds,
  };
  const contentKeys = createContentKeys();
  const progress: ImportProgress = { bytesRead: 0, rowsRead: 0, inserted: 0, rejected: 0, rejectedByReason: {} };
  let rows: RowReader | null = null;
  let personalFields: number[] = [];
  let filling = createImportBatch(BATCH_ROWS);
  let other = createImportBatch(BATCH_ROWS);
  let writing: Promise<void> = Promise.resolve();

  function reject(row: number, reason: RejectionReason, field: RowField, raw: string): void {
    target.reject(row, reason, field, raw);
    progress.rejected++;
    progress.rejectedByReason[reason] = (progress.rejectedByReason[reason] ?? 0) + 1;
  }

  /** What is kept of a row for the person who mends it: never the columns about persons. */
  function rawOf(record: CsvRecord): string {
    if (personalFields.length === 0) return recordText(record);
    if (record.malformed !== null) return '';
    const fields = Array.from({ length: record.fieldCount }, (_, field) =>
      personalFields.includes(field) ? '' : quoted(fieldText(record, field), mapping.delimiter),
    );
    return fields.join(mapping.delimiter);
  }

  /** The same of a row of a batch; it is only taken apart again where there is something to leave out. */
  function rawAgain(batch: ImportBatch, at: number): string {
    const raw = rawRow(batch, at);
    if (personalFields.length === 0) return raw.toString('utf8').replaceAll('\0', '');
    const again = createCsvScanner({ delimiter: mapping.delimiter.charCodeAt(0), newline });
    again.push(raw);
    again.finish();
    const record = again.next();
    return record === null ? '' : rawOf(record);
  }

  async function write(batch: ImportBatch): Promise<void> {
    const cells = locateBatch(batch);
    beats.beatIds(
      cells.hi,
      cells.lo,
      batch.occurredAtSeconds.subarray(0, batch.count),
      batch.beatIds.subarray(0, batch.count),
    );
    const duplicates = await target.insert(batch);
    let at = 0;
    for (const row of duplicates) {
      while (batch.row[at] !== row) at++;
      reject(row, 'duplicate', 'sourceId', rawAgain(batch, at));
    }
    progress.inserted += batch.count - duplicates.length;
    await target.writeRejections();
  }

  async function flush(): Promise<void> {
    await writing;
    if (isCancelled()) throw new ImportCancelled();
    const batch = filling;
    filling = other;
    other = batch;
    clearBatch(filling);
    writing = write(batch);
    // Its failure is heard at the next flush.
    writing.catch(() => {});
    progress.bytesRead = spool.bytesRead();
    report(progress);
  }

  function take(record: CsvRecord): void {
    if (rows === null) {
      if (record.malformed !== null && mapping.hasHeader) return;
      const first = Array.from({ length: record.fieldCount }, (_, field) => fieldText(record, field));
      const names = columnNames(first, mapping.hasHeader);
      personalFields = mapping.hasHeader ? names.flatMap((name, index) => (isPersonalColumn(name) ? [index] : [])) : [];
      rows = createRowReader({ ...makeRowReader, names });
      if (mapping.hasHeader) return;
    }
    progress.rowsRead++;
    const refused = rows.read(record);
    if (refused !== null) {
      reject(record.row, refused.reason, refused.field, rawOf(record));
      return;
    }
    const { values } = rows;
    const key = values.sourceId || contentKeys.keyOf(record.bytes, record.start, record.end);
    if (values.sourceId !== '' && filling.keys.has(key)) reject(record.row, 'duplicate', 'sourceId', rawOf(record));
    else addToBatch(filling, values, values.priority || categories.priorityOf(values.category), key, record);
  }

  async function drain(): Promise<void> {
    for (let record = scanner.next(); record !== null; record = scanner.next()) {
      take(record);
      if (filling.count === filling.capacity || target.pendingRejectionBytes() > REJECTION_FLUSH_BYTES) await flush();
      else if (progress.rowsRead % ROWS_PER_TURN === 0) await nextTurn();
    }
  }

  try {
    for await (const chunk of spool.chunks) {
      scanner.push(chunk);
      await drain();
      if (isCancelled()) throw new ImportCancelled();
    }
    scanner.finish();
    await drain();
    await flush();
    await writing;
    progress.bytesRead = spool.bytesRead();
    return progress;
  } catch (error) {
    // The connection is free for the rollback only when the batch on its way has arrived.
    await writing.catch(() => {});
    throw error;
  } finally {
    spool.close();
  }
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
