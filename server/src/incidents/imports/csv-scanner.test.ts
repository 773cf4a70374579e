import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvScanner, fieldText, MAX_RECORD_BYTES, recordText } from './csv-scanner.ts';

const COMMA = 0x2c;
const LF = 0x0a;

function scan(text: string | Uint8Array, options: { chunkBytes?: number; delimiter?: number; newline?: number } = {}) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const scanner = createCsvScanner({ delimiter: options.delimiter ?? COMMA, newline: options.newline ?? LF });
  const chunkBytes = options.chunkBytes ?? bytes.length + 1;
  const records: { row: number; fields: string[]; malformed: string | null; raw: string }[] = [];
  const drain = () => {
    for (let record = scanner.next(); record !== null; record = scanner.next())
      records.push({
        row: record.row,
        fields: Array.from({ length: record.fieldCount }, (_, field) => fieldText(record, field)),
        malformed: record.malformed,
        raw: recordText(record, 200),
      });
  };
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    scanner.push(bytes.subarray(from, from + chunkBytes));
    drain();
  }
  scanner.finish();
  drain();
  return records;
}

const encodeField = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '派', ' x', '=', ';', '1'), maxLength: 8 });

describe('createCsvScanner', () => {
  it('reads what csv-parse reads, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        (rows, lineEnd, chunkBytes) => {
          const text = rows.map((row) => row.map(encodeField).join(',')).join(lineEnd);
          const expected = parse(text, {
            relax_column_count: true,
            record_delimiter: ['\n', '\r\n'],
            skip_empty_lines: true,
          }).map((row) => row.map((field) => field.trim()));
          const found = scan(text, { chunkBytes });
          expect(found.map((record) => record.fields)).toEqual(expected);
          expect(found.every((record) => record.malformed === null)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the spreadsheet row number over blank lines', () => {
    expect(scan('a,b\n\n\r\n1,2\n').map((record) => record.row)).toEqual([1, 4]);
  });

  it('loses one line to a quote that is never closed, and nothing else', () => {
    const found = scan('a,b\n1,"open\n2,3\n4,5\n');
    expect(found.map((record) => record.malformed ?? record.fields)).toEqual([
      ['a', 'b'],
      'stray_quote',
      ['2', '3'],
      ['4', '5'],
    ]);
    expect(found[1].raw).toBe('1,"open');
  });

  it('loses one line to text behind a closing quote', () => {
    const found = scan('"a"x,b\n1,2', { chunkBytes: 3 });
    expect(found.map((record) => record.malformed ?? record.fields)).toEqual(['stray_quote', ['1', '2']]);
  });

  it('refuses a record above the limit without keeping it and reads on', () => {
    const huge = 'x'.repeat(3 * MAX_RECORD_BYTES);
    for (const text of [`1,2\n${huge},1\n3,4\n`, `1,2\n"${huge}",1\n3,4\n`]) {
      const found = scan(text, { chunkBytes: 65_536 });
      expect(found.map((record) => record.malformed ?? record.fields)).toEqual([['1', '2'], 'too_long', ['3', '4']]);
    }
  });

  it('reads records that end in CR alone', () => {
    expect(scan('a;b\r1;2\r', { delimiter: 0x3b, newline: 0x0d }).map((record) => record.fields)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('drops NUL bytes and replaces broken UTF-8', () => {
    const found = scan(new Uint8Array([0x61, 0x00, 0x62, COMMA, 0xff, 0x63]));
    expect(found[0].fields).toEqual(['ab', '\ufffdc']);
  });
});
