import type { BeatPlan } from './plan.ts';

/** Workload per beat. Every atom belongs to one. O(atoms). */
export function workloadOfBeats(
  { beatCount, beatOfAtom }: Pick<BeatPlan, 'beatCount' | 'beatOfAtom'>,
  workload: Float64Array,
): Float64Array {
  const work = new Float64Array(beatCount);
  for (const [atom, beat] of beatOfAtom.entries()) work[beat] += workload[atom];
  return work;
}
