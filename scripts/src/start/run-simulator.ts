import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

const SIMULATOR = join(import.meta.dirname, '../simulate-units.ts');

/**
 * Starts the simulator in a process of its own, as any other device fleet would be: it speaks to the server by HTTP only. It ends with
 * this process, however that ends: the channel between them closes.
 */
export function runSimulator(baseUrl: string, configFile: string): ChildProcess {
  const child = fork(SIMULATOR, ['--config', configFile, '--base-url', baseUrl], {
    // Its lines would mix with the server's log.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = () => child.kill('SIGTERM');
  for (const event of ['SIGINT', 'SIGTERM', 'exit'] as const) process.on(event, stop);
  child.on('exit', (code, signal) => {
    for (const event of ['SIGINT', 'SIGTERM', 'exit'] as const) process.off(event, stop);
    if (code) console.error(`模拟器已退出 / The simulator has ended (${signal ?? code}).`);
  });
  return child;
}
