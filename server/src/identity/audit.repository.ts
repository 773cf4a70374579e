import type { Db } from '../platform/index.ts';

export interface AuditFilter {
  bureauId: number;
  /** Also what belongs to no bureau. */
  installation: boolean;
  /** Only entries older than this id. */
  before: number | null;
  limit: number;
}

export const auditRepository = {
  /** Newest first. */
  page: (db: Db, filter: AuditFilter) =>
    db
      .selectFrom('audit_entry')
      .leftJoin('bureau', 'bureau.id', 'audit_entry.bureau_id')
      .select([
        'audit_entry.id',
        'audit_entry.at',
        'audit_entry.actor',
        'audit_entry.action',
        'audit_entry.subject',
        'audit_entry.detail',
        'audit_entry.address',
        'bureau.slug as bureau',
      ])
      .where((where) =>
        where.or([
          where('audit_entry.bureau_id', '=', filter.bureauId),
          ...(filter.installation ? [where('audit_entry.bureau_id', 'is', null)] : []),
        ]),
      )
      .$if(filter.before !== null, (query) => query.where('audit_entry.id', '<', Number(filter.before)))
      .orderBy('audit_entry.id', 'desc')
      .limit(filter.limit)
      .execute(),
};
