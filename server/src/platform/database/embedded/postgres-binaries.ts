import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartupError } from '../../startup-error.ts';
import { canExecute, type RunAs } from './run-as.ts';

export const POSTGRES_MAJOR = 18;
/** Where things go that must not lie in a home directory: only used when started as root (see embedded-postgres.ts). */
export const SHARED_ROOT = '/var/lib/xunfang';

export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
}

/**
 * PostgreSQL as the package registry ships it. Started as root the server runs as another user, who may not be let into
 * the directory of this installation (/root/…): then the programs are copied once to where that user may read them.
 */
export async function findPostgresBinaries(runAs: RunAs): Promise<PostgresBinaries> {
  const installed = installedNativeDir();
  if (canExecute(join(installed, 'bin/postgres'), runAs)) return binariesIn(installed);
  const { mtimeMs, size } = await stat(join(installed, 'bin/postgres'));
  const copy = join(
    SHARED_ROOT,
    `postgresql-${POSTGRES_MAJOR}-${size.toString(36)}${Math.floor(mtimeMs).toString(36)}`,
  );
  if (!canExecute(join(copy, 'bin/postgres'), runAs)) {
    await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
    const part = `${copy}.part-${process.pid}`;
    await cp(installed, part, { recursive: true, verbatimSymlinks: true });
    await rm(copy, { recursive: true, force: true });
    await rename(part, copy);
  }
  return binariesIn(copy);
}

function binariesIn(nativeDir: string): PostgresBinaries {
  return { initdb: join(nativeDir, 'bin/initdb'), pgCtl: join(nativeDir, 'bin/pg_ctl') };
}

/** The platform's package is a dependency of embedded-postgres, so it is looked up from there. */
function installedNativeDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(embedded).resolve(name)), '../native');
  } catch (cause) {
    throw new StartupError(
      `此平台（${platform}-${process.arch}）没有内置的 PostgreSQL，请设置 DATABASE_URL。`,
      `There is no embedded PostgreSQL for ${platform}-${process.arch}; set DATABASE_URL.`,
      { cause },
    );
  }
}
