import { audit, type Db } from '../platform/index.ts';
import { draftsRepository } from './drafts.repository.ts';
import { plansRepository } from './plans.repository.ts';

/** Sums up an author's strokes since the last such entry: each stands in the draft's own history, the audit has one line for a sitting. */
export async function auditStrokes(trx: Db, planId: number, author: string, address: string | null): Promise<void> {
  const strokes = await draftsRepository(trx).takeUnauditedStrokes(planId, author);
  if (strokes === undefined) return;
  const plan = await plansRepository(trx).byId(planId);
  await audit(trx, {
    bureauId: plan?.bureau_id ?? null,
    actor: author,
    action: 'draft.painted',
    subject: `plan:${planId}`,
    detail: strokes,
    address,
  });
}
