import { randomUUID } from 'node:crypto';
import type { Db } from './open-database.ts';

const KEY = 'installation.id';

/** The name of this installation, made once: several may share one Redis. All processes of one database have the same. */
export async function installationId(db: Db): Promise<string> {
  await db
    .insertInto('installation')
    .values({ key: KEY, value: { id: randomUUID() } })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const { value } = await db
    .selectFrom('installation')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirstOrThrow();
  return String(value.id);
}
