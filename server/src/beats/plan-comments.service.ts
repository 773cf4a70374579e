import type { PlanComment } from '@xunfang/geo-data/contract';
import type { Static } from 'typebox';
import type { NewCommentSchema } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Doer, problem } from '../platform/index.ts';
import { draftsRepository } from './drafts.repository.ts';
import { plansRepository } from './plans.repository.ts';
import type { PlansDeps } from './plans.service.ts';

/** What reviewers say about a plan, at a beat, at a place or as a whole. */
export function planCommentsService({ db, now }: PlansDeps) {
  return {
    ofPlan: (planId: number): Promise<PlanComment[]> => draftsRepository(db).comments(planId),

    async planOf(commentId: number): Promise<number> {
      return (await draftsRepository(db).comment(commentId))?.planId ?? problem(404, 'NOT_FOUND');
    },

    add: (planId: number, { text, anchor }: Static<typeof NewCommentSchema>, doer: Doer): Promise<PlanComment> =>
      db.transaction().execute(async (trx) => {
        const drafts = draftsRepository(trx);
        const plan = (await plansRepository(trx).byId(planId)) ?? problem(404, 'NOT_FOUND');
        const draft = await drafts.byId(planId);
        const beats = draft?.plan.beats.length ?? plan.beats;
        if (anchor.kind === 'beat' && anchor.beat >= beats)
          problem(422, 'COMMENT_BEAT_UNKNOWN', { beat: anchor.beat }, { field: 'anchor' });
        const revision = draft?.revision ?? 0;
        const comment = await drafts.addComment({ planId, author: doer.actor, text, anchor, revision });
        const bureauId = plan.bureau_id;
        const detail = { comment: comment.id, anchor };
        await audit(trx, { bureauId, ...doer, action: 'plan.commented', subject: `plan:${planId}`, detail });
        await appendEvents(trx, bureauId, [{ event: 'plan:commented', payload: comment }]);
        return comment;
      }),

    resolve: (commentId: number, doer: Doer): Promise<PlanComment> =>
      db.transaction().execute(async (trx) => {
        const drafts = draftsRepository(trx);
        const found = (await drafts.comment(commentId)) ?? problem(404, 'NOT_FOUND');
        if (found.resolvedBy !== null) return found;
        const comment = await drafts.resolveComment(commentId, doer.actor, now());
        const { bureau_id: bureauId } = (await plansRepository(trx).byId(comment.planId)) ?? problem(404, 'NOT_FOUND');
        const subject = `plan:${comment.planId}`;
        await audit(trx, {
          bureauId,
          ...doer,
          action: 'plan.comment-resolved',
          subject,
          detail: { comment: commentId },
        });
        await appendEvents(trx, bureauId, [{ event: 'plan:commented', payload: comment }]);
        return comment;
      }),
  };
}
