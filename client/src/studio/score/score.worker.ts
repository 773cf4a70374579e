import {
  type AtomOutlines,
  atomOutlines,
  atomShapes,
  type BeatPlan,
  checkDraft,
  compactPlan,
  type DraftPlan,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import type { Place } from '@xunfang/geo-data/contract';
import type { DraftGround } from '../draft/draft-columns.ts';
import { type FactorColumns, type FactorWeights, workloadOfFactors } from './factors.ts';
import { scorePlan } from './score-plan.ts';
import type { FromScorer, ScoreRequest, StudioScore, ToScorer } from './score-protocol.ts';
import { createResponseScorer, type ResponseScorer } from './score-response.ts';

/** Shapes once, figures and checks at every stroke: none of it holds up the hand on the map. */
let ground: DraftGround | null = null;
let places: readonly Place[] = [];
let columns: FactorColumns | null = null;
let outlines: AtomOutlines | undefined;
/** What holds as long as the weights do. */
let basis: Basis | null = null;

interface Basis {
  weights: FactorWeights;
  workload: Float64Array;
  scorer: ResponseScorer;
  base: StudioScore['base'];
}

const answer = (message: FromScorer) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToScorer>) => {
  try {
    if (data.kind === 'ground') {
      ({ ground, places, columns } = data);
      answer({ kind: 'shapes', shapes: atomShapes(data.ground.atoms) });
      // After the answer: the map can be drawn meanwhile.
      outlines = atomOutlines(data.ground.atoms);
    } else if (ground && columns) answer({ kind: 'score', score: score(ground, columns, data.request) });
  } catch (error) {
    console.error(error);
    answer({ kind: 'failed', message: String(error) });
  }
};

function score(on: DraftGround, factors: FactorColumns, request: ScoreRequest): StudioScore {
  const startedAt = performance.now();
  const { tag, beatOfAtom, beats, zones, weights } = request;
  const { workload, scorer, base } = basisOf(on, factors, weights);
  const draft: DraftPlan = { beatOfAtom, beats, zones, lockedAtoms: new Uint8Array(on.atoms.count) };
  const { plan, beatKeys, zoneKeys } = compactPlan(draft);
  const { keyPlaces, cameras } = factors;
  const scored = scorePlan({ ground: on, plan, beatKeys, zoneKeys, workload, keyPlaces, cameras, outlines });
  const response = scorer.score(plan);
  for (const [beat, figures] of response.beats.entries()) scored.beats[beat].response = figures;
  const problems = checkDraft({ atoms: on.atoms, draft });
  return { tag, ...scored, response: response.overall, problems, base, tookMs: performance.now() - startedAt };
}

function basisOf(on: DraftGround, factors: FactorColumns, weights: FactorWeights): Basis {
  if (basis !== null && JSON.stringify(basis.weights) === JSON.stringify(weights)) return basis;
  const workload = workloadOfFactors(factors, weights);
  const responseScorer = () => createResponseScorer(on, places, Math.max(1, weights.incidents));
  basis = { weights, workload, scorer: responseScorer(), base: scoreOfBase(on, factors, workload, responseScorer()) };
  return basis;
}

/** The plan in force knows its beats by number; its zones are not compared. */
function scoreOfBase(
  on: DraftGround,
  factors: FactorColumns,
  workload: Float64Array,
  scorer: ResponseScorer,
): StudioScore['base'] {
  const numbers = [...new Set(on.baseBeatOfAtom)].filter((number) => number !== UNASSIGNED).sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  const placeOf = new Map(numbers.map((number, place) => [number, place]));
  const plan: BeatPlan = {
    beatCount: numbers.length,
    zoneCount: 1,
    beatOfAtom: on.baseBeatOfAtom.map((number) => placeOf.get(number) ?? UNASSIGNED),
    zoneOfBeat: new Uint16Array(numbers.length),
  };
  const { keyPlaces, cameras } = factors;
  const keys = { beatKeys: numbers, zoneKeys: [0] };
  const { overall } = scorePlan({ ground: on, plan, ...keys, workload, keyPlaces, cameras, outlines });
  return { overall, response: scorer.score(plan).overall };
}
