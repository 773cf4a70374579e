import type { PlanEdit } from './apply-edit.ts';

/** The edit that takes this one back: applied after it, the assignment is as before. Shares the columns. O(1). */
export function invertEdit({ atoms, before, after }: PlanEdit): PlanEdit {
  return { atoms, before: after, after: before };
}
