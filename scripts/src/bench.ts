import { fork } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';

/**
 * `pnpm bench [part of a name …]`: runs every `bench/*.bench.ts`, each in a process of its own so that one's heap and
 * compiled code do not colour another's figures, and prints one table.
 */
interface BenchRow {
  what: string;
  ours: string;
  peer?: string;
  ratio?: string;
  goal?: string;
  met?: boolean;
  note?: string;
}

const root = join(import.meta.dirname, '../..');

if (process.send) await runOne(process.argv[2]);
else await runAll(process.argv.slice(2));

async function runOne(file: string): Promise<void> {
  const { bench } = (await import(file)) as { bench: { name: string; run(): Promise<BenchRow[]> } };
  const rows = await bench.run();
  process.send?.({ name: bench.name, rows }, () => process.exit(0));
}

async function runAll(wanted: string[]): Promise<void> {
  const files: string[] = [];
  for await (const file of glob('{geo-data,server,client,scripts}/bench/*.bench.ts', { cwd: root })) files.push(file);
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part))).sort();
  const table: string[][] = [['bench', 'what', 'ours', 'peer', 'ratio', 'goal', 'met', 'note']];
  let crashed = 0;
  for (const file of chosen) {
    process.stderr.write(`… ${basename(file)}\n`);
    const result = await runInChild(join(root, file));
    if (!result) crashed++;
    for (const row of result?.rows ?? [{ what: 'did not finish', ours: '—', met: false }])
      table.push(tableRow(result?.name ?? file, row));
  }
  const cores = cpus();
  console.log(
    `${cores.length} × ${cores[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; minimum–maximum in parentheses`,
  );
  printTable(table);
  process.exit(crashed > 0 ? 1 : 0);
}

function runInChild(file: string): Promise<{ name: string; rows: BenchRow[] } | null> {
  return new Promise((done) => {
    const child = fork(import.meta.filename, [file], { cwd: root, execArgv: ['--expose-gc'] });
    let result: { name: string; rows: BenchRow[] } | null = null;
    child.on('message', (message) => {
      result = message as { name: string; rows: BenchRow[] };
    });
    child.on('exit', () => done(result));
  });
}

function tableRow(name: string, row: BenchRow): string[] {
  const met = row.met === undefined ? '' : row.met ? 'yes' : 'NO';
  return [name, row.what, row.ours, row.peer ?? '', row.ratio ?? '', row.goal ?? '', met, row.note ?? ''];
}

function printTable(rows: string[][]): void {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const [index, row] of rows.entries()) {
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
    if (index === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  }
}
