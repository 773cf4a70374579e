import { assumedScorer } from '../assumed-scorer.ts';
import { workloadOfLoad } from '../workload-of-load.ts';
import type { ResponseGround } from './book-order.ts';

export interface ResponseMinutes {
  mean: number;
  p90: number;
}

export interface ExpectedResponse {
  overall: ResponseMinutes;
  /** By the number of the beat. */
  beats: Map<number, ResponseMinutes>;
}

/** By the queueing model, one unit per beat. null where it says nothing: no calls, or more work than the units can do. */
export function expectedResponse({ atoms, plan, numbers, load, hours }: ResponseGround): ExpectedResponse | null {
  const { incidents } = workloadOfLoad(atoms, load);
  const { overall, beats } = assumedScorer(atoms, incidents, hours).score(plan);
  if (!Number.isFinite(overall.meanResponseMinutes)) return null;
  const minutes = numbers.map((number, beat): [number, ResponseMinutes] => [
    number,
    { mean: beats.meanResponseMinutes[beat], p90: beats.p90ResponseMinutes[beat] },
  ]);
  return {
    overall: { mean: overall.meanResponseMinutes, p90: overall.p90ResponseMinutes },
    // A beat without calls has no response time.
    beats: new Map(minutes.filter(([, { mean }]) => Number.isFinite(mean))),
  };
}
