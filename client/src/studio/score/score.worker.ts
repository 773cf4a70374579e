import { atomShapes, type BeatPlan, checkDraft, compactPlan, type DraftPlan, UNASSIGNED } from '@xunfang/geo-data/beats';
import type { DraftGround } from '../draft/draft-columns.ts';
import { type FactorColumns, type FactorWeights, factorColumns, workloadOfFactors } from './factors.ts';
import { type OverallScore, scorePlan } from './score-plan.ts';
import type { FromScorer, ScoreRequest, StudioScore, ToScorer } from './score-protocol.ts';

/** Shapes once, figures and checks at every stroke: none of it holds up the hand on the map. */
let ground: DraftGround | null = null;
let columns: FactorColumns | null = null;
let base: { weights: FactorWeights; overall: OverallScore | null } | null = null;

const answer = (message: FromScorer) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToScorer>) => {
  try {
    if (data.kind === 'ground') {
      ground = data.ground;
      columns = factorColumns(data.ground, data.places);
      base = null;
      answer({ kind: 'shapes', shapes: atomShapes(data.ground.atoms) });
    } else if (ground && columns) answer({ kind: 'score', score: score(ground, columns, data.request) });
  } catch (error) {
    console.error(error);
    answer({ kind: 'failed', message: String(error) });
  }
};

function score(on: DraftGround, factors: FactorColumns, request: ScoreRequest): StudioScore {
  const startedAt = performance.now();
  const { tag, beatOfAtom, beats, zones, weights } = request;
  const draft: DraftPlan = { beatOfAtom, beats, zones, lockedAtoms: new Uint8Array(on.atoms.count) };
  const workload = workloadOfFactors(factors, weights);
  const { plan, beatKeys, zoneKeys } = compactPlan(draft);
  const scored = scorePlan({
    ground: on,
    plan,
    beatKeys,
    zoneKeys,
    workload,
    keyPlaces: factors.keyPlaces,
    cameras: factors.cameras,
  });
  if (base === null || JSON.stringify(base.weights) !== JSON.stringify(weights))
    base = { weights, overall: overallOfBase(on, factors, workload) };
  const problems = checkDraft({ atoms: on.atoms, draft });
  return { tag, ...scored, problems, base: base.overall, tookMs: performance.now() - startedAt };
}

/** The plan in force knows its beats by number; its zones are not compared. */
function overallOfBase(on: DraftGround, factors: FactorColumns, workload: Float64Array): OverallScore | null {
  const numbers = [...new Set(on.baseBeatOfAtom)].filter((number) => number !== UNASSIGNED).sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  const placeOf = new Map(numbers.map((number, place) => [number, place]));
  const plan: BeatPlan = {
    beatCount: numbers.length,
    zoneCount: 1,
    beatOfAtom: on.baseBeatOfAtom.map((number) => placeOf.get(number) ?? UNASSIGNED),
    zoneOfBeat: new Uint16Array(numbers.length),
  };
  const request = { ground: on, plan, beatKeys: numbers, zoneKeys: [0], workload };
  return scorePlan({ ...request, keyPlaces: factors.keyPlaces, cameras: factors.cameras }).overall;
}
