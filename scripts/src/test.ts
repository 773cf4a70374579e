import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * `pnpm test`: unit, integration and browser tests in one run; arguments go to vitest (`pnpm test --project unit`).
 * The last line is `N passed, N failed`, whatever happened; the exit code is 0 only when something ran and nothing failed.
 */
const root = join(import.meta.dirname, '../..');
const resultsFile = join(root, 'artifacts/test-results.json');

interface Results {
  numPassedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

await mkdir(join(root, 'artifacts'), { recursive: true });
await rm(resultsFile, { force: true });

const exitCode = await new Promise<number>((done) => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  child.on('exit', (code) => done(code ?? 1));
});

const results = await readFile(resultsFile, 'utf8').then(
  (text) => JSON.parse(text) as Results,
  () => ({ numPassedTests: 0, numPendingTests: 0, testResults: [] }),
);
const failures = results.testResults.flatMap(({ name, status, assertionResults }) => {
  const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
  // A file that cannot even be loaded fails without a test of its own.
  return failed.length === 0 && status === 'failed' ? [name] : failed;
});
for (const failure of failures) console.log(`failed: ${failure}`);
if (results.numPendingTests > 0) console.log(`${results.numPendingTests} skipped (each says above what it needs)`);

// An unhandled error outside any test, or no result at all, is a failure too.
const failed = failures.length || (exitCode === 0 && results.numPassedTests > 0 ? 0 : 1);
console.log(`${results.numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
