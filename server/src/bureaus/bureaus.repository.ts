import type { Db } from '../platform/index.ts';

export interface IncidentExtent {
  from: Date | null;
  to: Date | null;
  count: number;
}

export function bureausRepository(db: Db) {
  return {
    byId: (bureauId: number) =>
      db.selectFrom('bureau').selectAll().where('id', '=', bureauId).executeTakeFirstOrThrow(),

    categories: (bureauId: number) =>
      db.selectFrom('incident_category').selectAll().where('bureau_id', '=', bureauId).orderBy('id').execute(),

    places: (bureauId: number) =>
      db.selectFrom('place').selectAll().where('bureau_id', '=', bureauId).orderBy('kind').orderBy('id').execute(),

    /** Without the features, which may be megabytes. */
    referenceAreaSets: (bureauId: number) =>
      db
        .selectFrom('reference_area_set')
        .select(['id', 'name_zh', 'name_en', 'attribution', 'feature_count'])
        .where('bureau_id', '=', bureauId)
        .orderBy('id')
        .execute(),

    referenceAreaOwner: (setId: number) =>
      db.selectFrom('reference_area_set').select('bureau_id').where('id', '=', setId).executeTakeFirst(),

    referenceAreas: (setId: number) =>
      db.selectFrom('reference_area_set').select('features').where('id', '=', setId).executeTakeFirstOrThrow(),

    incidentExtent: (bureauId: number): Promise<IncidentExtent> =>
      db
        .selectFrom('incident')
        .select(({ fn }) => [
          fn.min('occurred_at').as('from'),
          fn.max('occurred_at').as('to'),
          fn.countAll<number>().as('count'),
        ])
        .where('bureau_id', '=', bureauId)
        .executeTakeFirstOrThrow(),
  };
}
