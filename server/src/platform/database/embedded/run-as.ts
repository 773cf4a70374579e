import { execFileSync, spawnSync } from 'node:child_process';
import { StartupError } from '../../startup-error.ts';

/** The user PostgreSQL runs as: ours, or another when we are root, because PostgreSQL refuses root. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

export function choosePostgresUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const known = idOf('postgres');
  if (known !== null) return known;
  const { status } = spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const made = status === 0 ? idOf('postgres') : null;
  if (made === null)
    throw new StartupError(
      '以 root 运行时需要用户 postgres，但无法创建；请以普通用户启动，或设置 DATABASE_URL。',
      'Run as root, a user postgres is needed and cannot be made; start as an ordinary user, or set DATABASE_URL.',
    );
  return made;
}

/** Asks the system rather than reading permission bits: parents, access lists and mounts count too. */
export function canExecute(path: string, runAs: RunAs): boolean {
  return spawnSync('test', ['-x', path], { ...runAs, cwd: '/' }).status === 0;
}

function idOf(user: string): { uid: number; gid: number } | null {
  try {
    const read = (flag: string) =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: read('-u'), gid: read('-g') };
  } catch {
    return null;
  }
}
