import type { Place } from '@xunfang/geo-data/contract';
import type { Db } from '../../platform/index.ts';

/** Steps after which a plan's book says something else. */
const STEPS = ['plan.renamed', 'plan.submitted', 'plan.sent-back', 'plan.approved', 'plan.published', 'plan.withdrawn'];

/** What a plan book says beside the plan itself. */
export function planBookRepository(db: Db) {
  return {
    bureau: (bureauId: number) =>
      db
        .selectFrom('bureau')
        .select(['slug', 'name_zh', 'name_en', 'time_zone', 'attribution', 'demonstration', 'boundary'])
        .where('id', '=', bureauId)
        .executeTakeFirstOrThrow(),

    places: async (bureauId: number): Promise<Omit<Place, 'id'>[]> =>
      (
        await db
          .selectFrom('place')
          .select(['kind', 'name_zh', 'name_en', 'lon', 'lat', 'tier'])
          .where('bureau_id', '=', bureauId)
          .orderBy('id')
          .execute()
      ).map(({ kind, name_zh, name_en, ...rest }) => ({
        kind: kind as Place['kind'],
        name: { zh: name_zh, en: name_en },
        ...rest,
      })),

    /** By the audit log, which keeps the steps of a plan's life. */
    lastSteps: async (
      bureauId: number,
      planId: number,
    ): Promise<{ revisedAt: Date | null; approvedAt: Date | null }> => {
      const steps = await db
        .selectFrom('audit_entry')
        .select(({ fn }) => ['action', fn.max('at').as('at')])
        .where('bureau_id', '=', bureauId)
        .where('subject', '=', `plan:${planId}`)
        .where('action', 'in', STEPS)
        .groupBy('action')
        .execute();
      return {
        revisedAt: steps.map(({ at }) => at).sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
        approvedAt: steps.find(({ action }) => action === 'plan.approved')?.at ?? null,
      };
    },

    lastEdit: async (planId: number): Promise<Date | null> =>
      (
        await db
          .selectFrom('draft_edit')
          .select(({ fn }) => fn.max('at').as('at'))
          .where('plan_id', '=', planId)
          .executeTakeFirstOrThrow()
      ).at,
  };
}
