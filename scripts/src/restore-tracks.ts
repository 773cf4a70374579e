import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Config,
  checkDatabase,
  loadConfig,
  type OpenDatabase,
  openDatabase,
  StartupError,
  startEmbeddedPostgres,
} from '@xunfang/server';
import { restoreFile } from '@xunfang/server/tracks';

const USAGE = `把轨迹归档文件核对后放回数据库；重复执行不会重复添加。
Puts archive files of tracks back into the database, after checking them; doing it again adds nothing.

  npx pnpm@12 restore-tracks FILE.csv.gz [FILE.csv.gz ...]

每个文件旁须有它的清单（.json）。数据库取自 DATABASE_URL；否则是 DATA_DIR 中内置的数据库，须先停止服务器。
Beside each file lies its manifest (.json). The database is that of DATABASE_URL, else the embedded one of DATA_DIR: stop its server first.`;

interface Opened {
  database: OpenDatabase;
  close: () => Promise<void>;
}

/** The database of an installation that exists; makes none. */
async function openInstallation({ databaseUrl, dataDir }: Config): Promise<Opened> {
  const embedded = databaseUrl === null ? await startEmbedded(dataDir) : null;
  const database = openDatabase(databaseUrl ?? embedded?.url ?? '', { max: 2 });
  const close = async () => {
    await database.close();
    await embedded?.stop();
  };
  try {
    await checkDatabase(database);
    const [{ found }] = await database.sql`SELECT to_regclass('track_archive') IS NOT NULL AS found`;
    if (!found)
      throw new StartupError(
        '数据库还不是本系统的数据库：请先启动一次服务器。',
        'The database is not one of this product yet: start the server once.',
      );
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startEmbedded(dataDir: string) {
  await access(join(dataDir, 'postgres-password')).catch(() => {
    throw new StartupError(
      `${dataDir} 中没有数据库。请用 DATA_DIR 指明数据目录，或用 DATABASE_URL 指明数据库。`,
      `There is no database in ${dataDir}. Name the data directory by DATA_DIR, or the database by DATABASE_URL.`,
    );
  });
  return startEmbeddedPostgres(dataDir);
}

/** Restores one file after the other, up to the first that is refused by a `StartupError`. */
export async function restoreTracks(config: Config, paths: readonly string[]): Promise<void> {
  const { database, close } = await openInstallation(config);
  try {
    for (const path of paths) {
      const { day, part, rows, added, restoredUntil } = await restoreFile(database.sql, path);
      const until = restoredUntil.toISOString().slice(0, 10);
      console.log(
        `${path}：${day} 第 ${part} 部分核对无误，共 ${rows} 行，新增 ${added} 行，至少保留到 ${until}。` +
          ` / ${day}, part ${part} is whole: ${rows} rows, ${added} added, kept until ${until} at least.`,
      );
    }
  } finally {
    await close();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help || positionals.length === 0) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  await restoreTracks(loadConfig(process.env), positionals);
}

if (import.meta.main)
  await main().catch((error: unknown) => {
    console.error(error instanceof StartupError ? error.message : error);
    process.exitCode = 1;
  });
