import type { Db } from '../platform/index.ts';
import type { Boundary } from './bureau-area.ts';
import { UNCATEGORISED } from './category-dictionary.ts';

/** What an incident is held against and filed under on its way in, one by one or by a file. */
export function incidentIntakeRepository(db: Db) {
  return {
    /** The id of a source system, made on its first incident. */
    async sourceId(bureauId: number, name: string): Promise<number> {
      await db
        .insertInto('incident_source')
        .values({ bureau_id: bureauId, name })
        .onConflict((conflict) => conflict.columns(['bureau_id', 'name']).doNothing())
        .execute();
      const { id } = await db
        .selectFrom('incident_source')
        .select('id')
        .where('bureau_id', '=', bureauId)
        .where('name', '=', name)
        .executeTakeFirstOrThrow();
      return id;
    },

    /** Every bureau's dictionary gets 未分类 with its first incident. */
    ensureUncategorised: (bureauId: number) =>
      db
        .insertInto('incident_category')
        .values({
          bureau_id: bureauId,
          id: UNCATEGORISED.id,
          parent_id: null,
          name_zh: UNCATEGORISED.name.zh,
          name_en: UNCATEGORISED.name.en,
          priority: UNCATEGORISED.priority,
        })
        .onConflict((conflict) => conflict.columns(['bureau_id', 'id']).doNothing())
        .execute(),

    async categories(bureauId: number) {
      const rows = await db
        .selectFrom('incident_category')
        .selectAll()
        .where('bureau_id', '=', bureauId)
        .orderBy('id')
        .execute();
      return rows.map(({ id, parent_id, name_zh, name_en, priority }) => ({
        id,
        parentId: parent_id,
        name: { zh: name_zh, en: name_en },
        priority,
      }));
    },

    async land(bureauId: number) {
      const row = await db
        .selectFrom('bureau')
        .select(['boundary', 'ingest_margin_meters', 'time_zone', 'west', 'south', 'east', 'north'])
        .where('id', '=', bureauId)
        .executeTakeFirstOrThrow();
      return {
        boundary: row.boundary as unknown as Boundary,
        marginMeters: row.ingest_margin_meters,
        timeZone: row.time_zone,
        bounds: [row.west, row.south, row.east, row.north] as [number, number, number, number],
      };
    },
  };
}
