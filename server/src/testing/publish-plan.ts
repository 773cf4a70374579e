import type { Draft } from '@xunfang/geo-data/contract';
import type { TestSession } from './test-app.ts';

interface Publication {
  effectiveFrom: string | null;
  shift?: 'all' | 'day' | 'night';
  dutyLevel?: 1 | 2 | 3 | null;
}

/** Submits a draft, has somebody else approve it, and answers what its publication answers. */
export async function publishPlan(
  { author, approver }: { author: TestSession; approver: TestSession },
  id: number,
  publication: Publication,
) {
  const draft = await author.inject({ method: 'GET', url: `/api/drafts/${id}` });
  const { revision } = draft.json<Draft>();
  const steps = [
    { by: author, step: 'submission', payload: { revision } },
    { by: approver, step: 'review', payload: { decision: 'approve' } },
  ];
  for (const { by, step, payload } of steps) {
    const answer = await by.inject({ method: 'POST', url: `/api/plans/${id}/${step}`, payload });
    if (answer.statusCode !== 200) throw new Error(`The ${step} answered ${answer.statusCode}: ${answer.body}`);
  }
  return author.inject({ method: 'POST', url: `/api/plans/${id}/publication`, payload: publication });
}
