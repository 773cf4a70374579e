import type { AuditEntry } from '@xunfang/geo-data/contract';
import type { Db } from '../platform/index.ts';
import { type AuditFilter, auditRepository } from './audit.repository.ts';

export function auditService(db: Db) {
  return {
    async page(filter: AuditFilter): Promise<AuditEntry[]> {
      const rows = await auditRepository.page(db, filter);
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
  };
}
export type AuditService = ReturnType<typeof auditService>;
