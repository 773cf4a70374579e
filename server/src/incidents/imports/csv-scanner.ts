/** A record longer than this is refused: no row of incidents comes near, and an unclosed quote must not swallow a file. */
export const MAX_RECORD_BYTES = 1 << 20;
/** Columns beyond this many are not looked at. */
const MAX_FIELDS = 1024;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export interface CsvOptions {
  /** Byte of the delimiter. */
  delimiter: number;
  /** Byte that ends a record: LF (a CR before it is dropped), or CR for files of old systems. */
  newline: number;
}

export type Malformation = 'stray_quote' | 'too_long';

/** One record as offsets into `bytes`. Valid until the next call of the scanner, which uses both again. */
export interface CsvRecord {
  bytes: Buffer;
  /** Ordinal of the row as a spreadsheet shows it: from 1, header and blank lines included. */
  row: number;
  /** The raw record, without its line end. */
  start: number;
  end: number;
  fieldCount: number;
  /** Without the quotes around a field. */
  fieldStart: Int32Array;
  fieldEnd: Int32Array;
  /** 1 where the field holds doubled quotes that stand for one. */
  fieldEscaped: Uint8Array;
  malformed: Malformation | null;
}

export interface CsvScanner {
  /** Gives the next bytes (UTF-8, or any encoding in which ASCII bytes stand for themselves only). */
  push(chunk: Uint8Array): void;
  /** No more bytes will come: what is left is the last record. */
  finish(): void;
  /** The next whole record, or null until more bytes are pushed. */
  next(): CsvRecord | null;
}

/**
 * CSV by RFC 4180, over bytes: no string is made of a column nobody reads. Quoted fields may hold delimiters, line ends and
 * doubled quotes; a quote inside an unquoted field is itself; blank lines are skipped. Where a quoted field is followed
 * by anything but a delimiter, or is never closed, only its first line is malformed and reading goes on after that line.
 * O(bytes).
 */
export function createCsvScanner({ delimiter, newline }: CsvOptions): CsvScanner {
  let buffer = Buffer.allocUnsafeSlow(0);
  let bytes = buffer.subarray(0, 0);
  let length = 0;
  let position = 0;
  let finished = false;
  /** Within a line that was refused as too long: skip to its end. */
  let skipping = false;
  let row = 0;
  const record: CsvRecord = {
    bytes,
    row: 0,
    start: 0,
    end: 0,
    fieldCount: 0,
    fieldStart: new Int32Array(MAX_FIELDS),
    fieldEnd: new Int32Array(MAX_FIELDS),
    fieldEscaped: new Uint8Array(MAX_FIELDS),
    malformed: null,
  };

  function push(chunk: Uint8Array): void {
    const kept = length - position;
    if (kept + chunk.length > buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * buffer.length, kept + chunk.length));
      buffer.copy(larger, 0, position, length);
      buffer = larger;
    } else buffer.copyWithin(0, position, length);
    buffer.set(chunk, kept);
    length = kept + chunk.length;
    // Searches must not find what an earlier chunk left behind the end.
    bytes = buffer.subarray(0, length);
    position = 0;
  }

  /** Hands out [position, lineEnd) as a record nobody can read, and goes on behind it. */
  function refuse(reason: Malformation, lineEnd: number, after: number): CsvRecord {
    record.bytes = bytes;
    record.row = ++row;
    record.start = position;
    record.end = lineEnd > position && newline === LF && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    record.fieldCount = 0;
    record.malformed = reason;
    position = after;
    return record;
  }

  function refuseLine(reason: Malformation): CsvRecord | null {
    const lineEnd = bytes.indexOf(newline, position);
    if (lineEnd >= 0 && lineEnd < length) return refuse(reason, lineEnd, lineEnd + 1);
    if (finished) return refuse(reason, length, length);
    if (length - position < MAX_RECORD_BYTES) return null;
    skipping = true;
    return refuse(reason, length, length);
  }

  function skipRest(): boolean {
    const lineEnd = bytes.indexOf(newline, position);
    if (lineEnd < 0) {
      position = length;
      return false;
    }
    position = lineEnd + 1;
    skipping = false;
    return true;
  }

  function skipBlankLines(): void {
    while (position < length) {
      const byte = bytes[position];
      if (byte === newline) {
        position++;
        row++;
      } else if (byte === CR && newline === LF && position + 1 < length && bytes[position + 1] === LF) {
        position += 2;
        row++;
      } else return;
    }
  }

  /** What is there is no whole record: wait for more, unless it is too long already. */
  function wait(): CsvRecord | null {
    return length - position > MAX_RECORD_BYTES ? refuseLine('too_long') : null;
  }

  function next(): CsvRecord | null {
    if (skipping && !skipRest()) return null;
    skipBlankLines();
    if (position >= length) return null;
    const { fieldStart, fieldEnd, fieldEscaped } = record;
    let at = position;
    let field = 0;
    for (;;) {
      let start = at;
      let end: number;
      let escaped = 0;
      if (at < length && bytes[at] === QUOTE) {
        start = ++at;
        for (;;) {
          const quote = bytes.indexOf(QUOTE, at);
          if (quote < 0) return finished ? refuseLine('stray_quote') : wait();
          if (quote + 1 < length && bytes[quote + 1] === QUOTE) {
            escaped = 1;
            at = quote + 2;
            continue;
          }
          if (quote + 1 >= length && !finished) return wait();
          end = quote;
          at = quote + 1;
          break;
        }
        if (newline === LF && at < length && bytes[at] === CR) {
          if (at + 1 >= length && !finished) return wait();
          if (at + 1 >= length || bytes[at + 1] === LF) at++;
        }
        if (at < length && bytes[at] !== delimiter && bytes[at] !== newline) return refuseLine('stray_quote');
      } else {
        while (at < length) {
          const byte = bytes[at];
          if (byte === delimiter || byte === newline) break;
          at++;
        }
        if (at >= length && !finished) return wait();
        end = at;
        if (newline === LF && end > start && bytes[end - 1] === CR && (at >= length || bytes[at] === LF)) end--;
      }
      if (field < MAX_FIELDS) {
        fieldStart[field] = start;
        fieldEnd[field] = end;
        fieldEscaped[field] = escaped;
        field++;
      }
      if (at < length && bytes[at] === delimiter) {
        at++;
        continue;
      }
      break;
    }
    if (at - position > MAX_RECORD_BYTES) return refuseLine('too_long');
    record.bytes = bytes;
    record.row = ++row;
    record.start = position;
    record.end = newline === LF && at > position && bytes[at - 1] === CR ? at - 1 : at;
    record.fieldCount = field;
    record.malformed = null;
    position = at < length ? at + 1 : at;
    return record;
  }

  return {
    push,
    finish: () => {
      finished = true;
    },
    next,
  };
}

/** A field as text: doubled quotes halved, NUL (which PostgreSQL refuses) dropped, white space around it trimmed. */
export function fieldText(record: CsvRecord, field: number): string {
  if (field < 0 || field >= record.fieldCount) return '';
  let text = record.bytes.toString('utf8', record.fieldStart[field], record.fieldEnd[field]);
  if (record.fieldEscaped[field] === 1) text = text.replaceAll('""', '"');
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  return text.trim();
}

export function recordText(record: CsvRecord, maxBytes = 16_384): string {
  return record.bytes
    .toString('utf8', record.start, Math.min(record.end, record.start + maxBytes))
    .replaceAll('\0', '');
}
