import { compactPlan, type DraftPlan, UNASSIGNED } from '@xunfang/geo-data/beats';
import type { DraftResponse } from '@xunfang/geo-data/contract';
import type { Workers } from '../platform/index.ts';
import type { BureauAtoms } from './atom-sets.ts';
import type { DraftResponseOutcome, DraftResponseTask } from './draft-response.task.ts';

/** The plan in force, by the numbers of its beats per atom. */
interface PlanBefore {
  id: number;
  name: string;
  numbers: Uint16Array;
}

/** By how much the expected response changes against the plan in force; null where the model says nothing: without calls, or on other atoms. */
export async function draftResponse(
  workers: Workers,
  request: { bureauAtoms: BureauAtoms; plan: DraftPlan; before: PlanBefore; calls: Uint32Array; hours: number },
): Promise<DraftResponse | null> {
  const { bureauAtoms, before, calls, hours } = request;
  const numbers = [...new Set(before.numbers)].filter((number) => number !== UNASSIGNED).sort((a, b) => a - b);
  const { plan, beatKeys } = compactPlan(request.plan);
  if (numbers.length === 0 || plan.beatCount === 0 || !calls.some((count) => count > 0)) return null;
  const placeOf = new Map(numbers.map((number, place) => [number, place]));
  const { worst, ...overall } = await workers.run<DraftResponseOutcome>(
    new URL('./draft-response.task.ts', import.meta.url),
    {
      atoms: bureauAtoms.atoms,
      calls,
      hours,
      draft: plan,
      inForce: {
        beatCount: numbers.length,
        beatOfAtom: before.numbers.map((number) => placeOf.get(number) ?? UNASSIGNED),
      },
    } satisfies DraftResponseTask,
  );
  return {
    planInForce: before.id,
    planName: before.name,
    ...overall,
    worstBeat: worst && {
      beat: beatKeys[worst.beat],
      numberBefore: numbers[worst.before],
      mean: worst.mean,
      p90: worst.p90,
    },
  };
}
