import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../main.ts');

/** The product in a process of its own, as it is deployed. */
export interface ServerProcess {
  port: number;
  origin: string;
  /** Lines of its log. */
  said(): string;
  /** SIGKILL: no goodbye to anybody. */
  kill(): Promise<void>;
}

export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', JT808_PORT: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const port = await new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /Server listening at http:\/\/[\d.]+:(\d+)/.exec(text);
        if (found) resolve(Number(found[1]));
      });
    child.once('exit', () => reject(new Error(`The server left before it listened: ${text}`)));
  });
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    said: () => text,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
