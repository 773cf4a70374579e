import type { Db } from '../platform/index.ts';

/** Grows with every change of what figures are computed from. */
export async function dataRevision(db: Db, bureauId: number): Promise<number> {
  const { data_revision } = await db
    .selectFrom('bureau')
    .select('data_revision')
    .where('id', '=', bureauId)
    .executeTakeFirstOrThrow();
  return data_revision;
}
