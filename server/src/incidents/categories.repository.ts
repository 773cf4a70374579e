import { sql } from 'kysely';
import type { Db } from '../platform/index.ts';

/** The ids with all that lie below them in the bureau's dictionary. */
export async function categoriesWithDescendants(db: Db, bureauId: number, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    WITH RECURSIVE picked AS (
      SELECT id FROM incident_category WHERE bureau_id = ${bureauId} AND id IN (${sql.join(ids)})
      UNION
      SELECT child.id FROM incident_category child JOIN picked ON child.parent_id = picked.id
      WHERE child.bureau_id = ${bureauId}
    )
    SELECT id FROM picked ORDER BY id`.execute(db);
  return rows.map(({ id }) => id);
}
