import type { Db } from '../database/open-database.ts';

/** What every request about a bureau needs to know of it. */
export interface BureauContext {
  id: number;
  slug: string;
  timeZone: string;
  demonstration: boolean;
}

const CONTEXT_COLUMNS = ['id', 'slug', 'time_zone as timeZone', 'demonstration'] as const;

export function bureauDirectory(db: Db) {
  return {
    bySlug: (slug: string): Promise<BureauContext | undefined> =>
      db.selectFrom('bureau').select(CONTEXT_COLUMNS).where('slug', '=', slug).executeTakeFirst(),
    ids: async (): Promise<number[]> => {
      const rows = await db.selectFrom('bureau').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id);
    },
    byId: (id: number): Promise<BureauContext | undefined> =>
      db.selectFrom('bureau').select(CONTEXT_COLUMNS).where('id', '=', id).executeTakeFirst(),
  };
}
export type BureauDirectory = ReturnType<typeof bureauDirectory>;
