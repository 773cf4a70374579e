import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Open to other users, as a data directory usually is: run as root, PostgreSQL is another user. */
export async function temporaryDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'xunfang-'));
  await chmod(dataDir, 0o755);
  return dataDir;
}
