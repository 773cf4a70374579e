import type { AtomSet } from '@xunfang/geo-data/beats';
import { createPlanScorer, type PlanScorer, RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';

/** Scores plans on calls per atom in so many hours, under what the studio assumes until somebody sets it otherwise. */
export function assumedScorer(atoms: AtomSet, calls: ArrayLike<number>, hours: number): PlanScorer {
  const { detourFactor, speedKmh, sceneMinutes } = RESPONSE_ASSUMPTIONS;
  return createPlanScorer({
    atoms,
    callsPerHour: Float64Array.from(calls, (count) => count / hours),
    sceneMinutes: new Float64Array(atoms.count).fill(sceneMinutes),
    travel: { kind: 'straight', detourFactor, speedKmh },
  });
}
