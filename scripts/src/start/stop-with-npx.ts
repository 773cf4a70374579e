import { readFileSync } from 'node:fs';

const CHECK_INTERVAL_MS = 500;
/** start ← pnpm ← shell ← npm; more only if somebody wraps them. */
const FARTHEST_ANCESTOR = 6;

/**
 * A SIGTERM to `npx pnpm start` ends npm and the shell it made, and neither tells pnpm: the server would run on, an orphan. So whoever was
 * started by npx stops, as by SIGTERM, when that npm is gone. Does nothing elsewhere, nor where there is no /proc.
 */
export function stopWithNpx(): void {
  const npm = npmAncestor();
  if (npm === null) return;
  const timer = setInterval(() => {
    if (titleOf(npm)?.startsWith('npm exec')) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_INTERVAL_MS);
  timer.unref();
}

function npmAncestor(): number | null {
  let pid = process.ppid;
  for (let distance = 0; distance < FARTHEST_ANCESTOR && pid > 1; distance++) {
    if (titleOf(pid)?.startsWith('npm exec')) return pid;
    const parent = parentOf(pid);
    if (parent === null) return null;
    pid = parent;
  }
  return null;
}

const titleOf = (pid: number) => readProc(pid, 'cmdline');

function parentOf(pid: number): number | null {
  const line = /^PPid:\s*(\d+)$/m.exec(readProc(pid, 'status') ?? '');
  return line ? Number(line[1]) : null;
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
