import type { BeatPlan } from '@xunfang/geo-data/beats';
import { createPlanScorer, type PlanScorer, RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';
import { callsPerAtom, type DraftGround } from '../draft/draft-columns.ts';
import type { Place } from '@xunfang/geo-data/contract';
import { atomsOfPlaces } from './factors.ts';

/** What the hypercube model expects of one beat, or of all. NaN where it says nothing. */
export interface ResponseFigures {
  meanMinutes: number;
  p90Minutes: number;
  utilisation: number;
  crossBeatShare: number;
}

export interface OverallResponse extends ResponseFigures {
  overloaded: boolean;
  method: 'exact' | 'approximate';
  /** Of each tier: key places, and how many of them the own unit reaches in time. */
  tiers: { minutes: number; places: number; reached: number }[];
}

export interface ResponseOfPlan {
  beats: ResponseFigures[];
  overall: OverallResponse;
}

export interface ResponseScorer {
  score(plan: BeatPlan): ResponseOfPlan;
}

const HOURS_PER_DAY = 24;

/** One unit per beat, standing ready at the centre of the beat's calls. `sceneMinutes`: work at the scene of a call. */
export function createResponseScorer(
  ground: DraftGround,
  places: readonly Place[],
  sceneMinutes: number,
): ResponseScorer {
  const { atoms, meta } = ground;
  const hours = Math.max(1e-9, meta.basisDays * HOURS_PER_DAY);
  const callsPerHour = Float64Array.from(callsPerAtom(ground), (calls) => calls / hours);
  const tiered = places.filter(
    ({ tier }) => tier !== null && tier >= 1 && tier <= RESPONSE_ASSUMPTIONS.tierMinutes.length,
  );
  const atomOfPlace = atomsOfPlaces(atoms, tiered);
  const inside = tiered.flatMap((place, i) => (atomOfPlace[i] < atoms.count ? [{ place, atom: atomOfPlace[i] }] : []));
  const scorer: PlanScorer = createPlanScorer({
    atoms,
    callsPerHour,
    sceneMinutes: new Float64Array(atoms.count).fill(sceneMinutes),
    travel: {
      kind: 'straight',
      detourFactor: RESPONSE_ASSUMPTIONS.detourFactor,
      speedKmh: RESPONSE_ASSUMPTIONS.speedKmh,
    },
    keyPlaces: {
      atom: Uint32Array.from(inside, ({ atom }) => atom),
      tier: Uint8Array.from(inside, ({ place }) => place.tier ?? 0),
    },
    tierMinutes: [...RESPONSE_ASSUMPTIONS.tierMinutes],
  });
  return {
    score(plan) {
      const { beats, overall, overloaded, method, keyPlaces } = scorer.score(plan);
      return {
        beats: Array.from({ length: plan.beatCount }, (_, beat) => ({
          meanMinutes: beats.meanResponseMinutes[beat],
          p90Minutes: beats.p90ResponseMinutes[beat],
          utilisation: beats.utilisation[beat],
          crossBeatShare: beats.crossBeatShare[beat],
        })),
        overall: {
          meanMinutes: overall.meanResponseMinutes,
          p90Minutes: overall.p90ResponseMinutes,
          utilisation: overall.utilisation,
          crossBeatShare: overall.crossBeatShare,
          overloaded,
          method,
          tiers: (keyPlaces?.tiers ?? []).map(({ minutes, places: count, byOwnUnit }) => ({
            minutes,
            places: count,
            reached: byOwnUnit,
          })),
        },
      };
    },
  };
}
