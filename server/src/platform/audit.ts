import type { Db } from './database/open-database.ts';

export interface AuditRecord {
  /** null: concerns the installation, not one bureau. */
  bureauId: number | null;
  /** `actorOf(request.caller)`, or the name of a process. */
  actor: string;
  /** Dotted verb: `session.started`, `plan.published`. */
  action: string;
  subject?: string;
  /** Never secrets, never positions. */
  detail?: Record<string, unknown>;
  address?: string | null;
}

/** Adds to the audit; pass the transaction of the change so that neither exists without the other. The table refuses changes. */
export async function audit(db: Db, record: AuditRecord): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      bureau_id: record.bureauId,
      actor: record.actor,
      action: record.action,
      subject: record.subject ?? '',
      detail: record.detail ?? {},
      address: record.address ?? null,
    })
    .execute();
}
