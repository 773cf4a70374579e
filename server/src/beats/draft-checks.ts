import {
  type AtomSet,
  compactPlan,
  type DraftPlan,
  type DraftProblem as KernelProblem,
  planFigures,
} from '@xunfang/geo-data/beats';
import type { DraftChecks, DraftProblem } from '@xunfang/geo-data/contract';

/** Below this a beat is long drawn out: a square has 0.79, two side by side 0.70. */
const LEAST_COMPACTNESS = 0.25;

/** Problems with the place to show: the middle of the first wrong atom, else of the first atom of the area. */
export function checksOf(atoms: AtomSet, problems: readonly KernelProblem[], draft?: DraftPlan): DraftProblem[] {
  return problems.map((problem) => ({ ...problem, at: placeOf(atoms, problem, draft) }));
}

function placeOf(atoms: AtomSet, problem: KernelProblem, draft: DraftPlan | undefined): [number, number] | null {
  const atom = problem.atoms[0] ?? draft?.beatOfAtom.findIndex((key) => isOf(draft, problem, key)) ?? -1;
  return atom < 0 ? null : [atoms.lon[atom], atoms.lat[atom]];
}

const isOf = ({ beats }: DraftPlan, problem: KernelProblem, key: number) =>
  problem.beats.includes(key) || (beats[key] !== undefined && problem.zones.includes(beats[key].zone));

/** What is reported and never in the way: beats out of balance, beats long drawn out. By key. */
export function draftWarnings(
  atoms: AtomSet,
  draft: DraftPlan,
  workload: Float64Array,
  tolerance: number,
): DraftChecks['warnings'] {
  const { plan, beatKeys } = compactPlan(draft);
  const { beats } = planFigures({ atoms, plan, workload });
  return Array.from(beatKeys).flatMap((beat, place): DraftChecks['warnings'] => {
    if (beats.atoms[place] === 0) return [];
    const [deviation, compactness] = [beats.deviation[place], beats.compactness[place]];
    return [
      ...(Math.abs(deviation) > tolerance
        ? [{ code: 'UNBALANCED' as const, beat, value: deviation, limit: tolerance }]
        : []),
      ...(compactness < LEAST_COMPACTNESS
        ? [{ code: 'NOT_COMPACT' as const, beat, value: compactness, limit: LEAST_COMPACTNESS }]
        : []),
    ];
  });
}
