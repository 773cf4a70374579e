import { join } from 'node:path';
import { loadConfig, passwordFault, StartupError, serveUntilSignal } from '@xunfang/server';
import { readSignIns, seedInstallation, simulatorFile } from '@xunfang/server/seeding';
import { assertPortFree } from './start/assert-port-free.ts';
import { buildConsole } from './start/build-console.ts';
import { printReady, printStep } from './start/progress.ts';
import { runSimulator } from './start/run-simulator.ts';
import { stopWithNpx } from './start/stop-with-npx.ts';

/** `pnpm start`: builds, starts, migrates, seeds and serves; a later start does only what is still to be done. */
const readConfig = () => loadConfig({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL || 'warn' });

const config = await checkedConfig();
console.log('巡防一张图 Xunfang');
stopWithNpx();
// Beside the database and the seeding: the two share nothing but the machine.
const consoleBuilt = buildConsole(() => printStep('console'));
consoleBuilt.catch(() => {});

const server = await serveUntilSignal(readConfig, {
  onStep: (step) => step !== 'prepare' && printStep(step),
  prepare: async (context) => {
    await seedInstallation(context, printStep);
    await consoleBuilt;
  },
});

if (server !== null) {
  const simulated = process.env.SIMULATOR !== 'off';
  if (simulated) runSimulator(server.url, simulatorFile(config.dataDir));
  printReady(server.url, await readSignIns(config.dataDir), join(config.dataDir, 'sign-in.txt'), simulated);
}

async function checkedConfig() {
  try {
    const read = readConfig();
    if (read.adminPassword !== null && passwordFault(read.adminPassword, 'admin') !== null) {
      throw new StartupError(
        'ADMIN_PASSWORD 太弱：至少 12 个字符，含三类字符（大写、小写、数字、符号），且不含账户名。',
        'ADMIN_PASSWORD is too weak: 12 characters of three kinds (upper case, lower case, digits, others), without the name.',
      );
    }
    if (read.port !== 0) await assertPortFree(read.port, read.host);
    return read;
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
