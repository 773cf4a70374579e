import { parse } from 'csv-parse';
import { type Bench, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { createCsvScanner } from '../src/incidents/imports/csv-scanner.ts';

const ROWS = 300_000;
const CHUNK_BYTES = 65_536;

/** Splitting a CSV file into fields: byte offsets against a library that makes a string of every field. */
export const bench: Bench = {
  name: 'csv-scanner',
  async run() {
    const file = callsFile();
    const ours = await measure(() => expectRows(scan(file)), 3);
    const peer = await measure(async () => expectRows(await viaCsvParse(file)), 3);
    return [
      {
        what: `${ROWS.toLocaleString('en')} rows of 6 fields split (${(file.length / 1e6).toFixed(0)} MB)`,
        ours: formatMs(ours),
        peer: `csv-parse ${formatMs(peer)}`,
        ratio: `${(peer.medianMs / ours.medianMs).toFixed(0)}×`,
      },
    ];
  },
};

function scan(file: Buffer): number {
  const scanner = createCsvScanner({ delimiter: 0x2c, newline: 0x0a });
  let rows = 0;
  for (let at = 0; at < file.length; at += CHUNK_BYTES) {
    scanner.push(file.subarray(at, at + CHUNK_BYTES));
    while (scanner.next()) rows++;
  }
  scanner.finish();
  while (scanner.next()) rows++;
  return rows;
}

async function viaCsvParse(file: Buffer): Promise<number> {
  const parser = parse({ raw: true, relax_column_count: true });
  let rows = 0;
  parser.on('data', () => rows++);
  const ended = new Promise((resolve) => parser.on('end', resolve));
  for (let at = 0; at < file.length; at += CHUNK_BYTES)
    if (!parser.write(file.subarray(at, at + CHUNK_BYTES)))
      await new Promise((resolve) => parser.once('drain', resolve));
  parser.end();
  await ended;
  return rows;
}

function callsFile(): Buffer {
  const lines: string[] = [];
  for (let row = 0; row < ROWS; row++)
    lines.push(
      `C${row},2026-01-0${1 + (row % 9)} 12:${10 + (row % 50)},104.0${row % 10_000},30.6${row % 7919},盗窃,人民南路${row % 300}号`,
    );
  return Buffer.from(`${lines.join('\n')}\n`);
}

function expectRows(rows: number): void {
  if (rows !== ROWS) throw new Error(`${rows} rows when expected ${ROWS}.`);
}
