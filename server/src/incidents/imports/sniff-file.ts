import { DELIMITERS, type ImportMapping } from '@xunfang/geo-data/contract';
import { createCsvScanner, fieldText } from './csv-scanner.ts';
import { openBytes, openSpool } from './open-spool.ts';

/** How much of the unpacked file is looked at to find its encoding and shape. */
const SNIFF_BYTES = 4 << 20;
const SNIFF_ROWS = 100;

export type FileShape = Pick<ImportMapping, 'encoding' | 'delimiter' | 'hasHeader'>;
export type SniffRefusal = 'empty' | 'utf16' | 'binary' | 'broken_gzip';

/** Why a file cannot be read as a table at all. */
export class SniffError extends Error {
  readonly reason: SniffRefusal;
  constructor(reason: SniffRefusal) {
    super(`The file cannot be read as a table: ${reason}.`);
    this.reason = reason;
  }
}

export interface SniffedFile {
  shape: FileShape;
  newline: number;
  /** The first rows as text; the header first when there is one. */
  rows: string[][];
}

/** Finds compression, encoding, line ends, delimiter and header of a spooled file. @throws SniffError */
export async function sniffFile(path: string): Promise<SniffedFile> {
  const head = await readHead(path);
  if (head.length === 0) throw new SniffError('empty');
  const encoding = encodingOf(head);
  const text = encoding === 'utf-8' ? head : Buffer.from(new TextDecoder('gb18030').decode(head));
  const unmarked = text.subarray(text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0);
  const newline = newlineOf(unmarked);
  let best: { delimiter: FileShape['delimiter']; rows: string[][]; score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const rows = firstRows(unmarked, delimiter, newline);
    const score = tableScore(rows);
    if (best === null || score > best.score) best = { delimiter, rows, score };
  }
  const { delimiter, rows } = best as NonNullable<typeof best>;
  if (rows.length === 0) throw new SniffError('empty');
  return { shape: { encoding, delimiter, hasHeader: looksLikeHeader(rows) }, newline, rows };
}

/** What one reading of a file needs to know beyond its mapping. */
export async function newlineOfFile(path: string, encoding: FileShape['encoding']): Promise<number> {
  const reader = await openSpool(path, encoding);
  try {
    for await (const chunk of reader.chunks) if (chunk.length > 0) return newlineOf(chunk);
    return LF;
  } finally {
    reader.close();
  }
}

const LF = 0x0a;
const CR = 0x0d;
const newlineOf = (text: Buffer) => (text.indexOf(LF) < 0 && text.indexOf(CR) >= 0 ? CR : LF);

async function readHead(path: string): Promise<Buffer> {
  const reader = await openBytes(path);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of reader.chunks) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= SNIFF_BYTES) break;
    }
  } catch (cause) {
    // A gzip file that ends in the middle still shows what it holds.
    if (bytes === 0) throw Object.assign(new SniffError('broken_gzip'), { cause });
  } finally {
    reader.close();
  }
  return Buffer.concat(chunks).subarray(0, SNIFF_BYTES);
}

function encodingOf(head: Buffer): FileShape['encoding'] {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw new SniffError('utf16');
  // "PK": a spreadsheet in its own format; zero bytes: no text at all.
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] < 9) throw new SniffError('binary');
  const zeros = head.subarray(0, 4096).filter((byte) => byte === 0).length;
  if (zeros > Math.min(head.length, 4096) * 0.1) throw new SniffError('binary');
  try {
    // `stream` forgives the character that the cut goes through.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return fewBrokenBytes(head) ? 'utf-8' : 'gb18030';
  }
}

/** A UTF-8 file with a stray byte stays UTF-8: bytes of GB18030 hardly ever form valid UTF-8 sequences. */
function fewBrokenBytes(head: Buffer): boolean {
  const decoded = new TextDecoder('utf-8').decode(head, { stream: true });
  let broken = 0;
  let foreign = 0;
  for (const character of decoded) {
    if (character === '\ufffd') broken++;
    else if (character > '\u007f') foreign++;
  }
  return broken * 20 < foreign;
}

function firstRows(text: Buffer, delimiter: string, newline: number): string[][] {
  const scanner = createCsvScanner({ delimiter: delimiter.charCodeAt(0), newline });
  scanner.push(text);
  if (text.length < SNIFF_BYTES) scanner.finish();
  const rows: string[][] = [];
  while (rows.length < SNIFF_ROWS) {
    const record = scanner.next();
    if (record === null) break;
    if (record.malformed === null)
      rows.push(Array.from({ length: record.fieldCount }, (_, field) => fieldText(record, field)));
  }
  return rows;
}

/** Share of rows with the commonest number of fields, times a little for more fields; a table of one column is none. */
function tableScore(rows: readonly string[][]): number {
  if (rows.length === 0) return -1;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0];
  return width < 2 ? 0 : times / rows.length + Math.min(width, 20) / 1000;
}

const NUMBER_OR_DATE = /^[+-]?\d+([.,]\d+)?$|^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}/;

/** A heading names a column: no numbers, no dates, no blanks to speak of, while the rows below hold some. */
function looksLikeHeader(rows: readonly string[][]): boolean {
  const [first, ...rest] = rows;
  const filled = first.filter((text) => text !== '');
  if (filled.length < first.length / 2 || filled.some((text) => NUMBER_OR_DATE.test(text))) return false;
  if (rest.length === 0) return true;
  return rest.slice(0, 20).some((row) => row.some((text) => NUMBER_OR_DATE.test(text)));
}
