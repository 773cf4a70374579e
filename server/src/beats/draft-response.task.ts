import { type AtomSet, type BeatPlan, UNASSIGNED } from '@xunfang/geo-data/beats';
import type { DraftResponse } from '@xunfang/geo-data/contract';
import type { ResponseScore } from '@xunfang/geo-data/response';
import { assumedScorer } from './assumed-scorer.ts';

type Plan = Pick<BeatPlan, 'beatOfAtom' | 'beatCount'>;

export interface DraftResponseTask {
  atoms: AtomSet;
  /** Per atom, in so many hours. */
  calls: Uint32Array;
  hours: number;
  draft: Plan;
  inForce: Plan;
}
export type DraftResponseOutcome = Pick<DraftResponse, 'mean' | 'p90' | 'overloaded' | 'method'> & {
  /** Places in the two plans. */
  worst: { beat: number; before: number; mean: DraftResponse['mean']; p90: DraftResponse['p90'] } | null;
};

/** What rounds to nothing is no rise. */
const LEAST_RISE_MINUTES = 0.005;

/** Both plans by the same model on the same calls. Exact it takes tenths of a second. */
export function run({ atoms, calls, hours, draft, inForce }: DraftResponseTask): DraftResponseOutcome {
  const scorer = assumedScorer(atoms, calls, hours);
  const before = scorer.score(inForce);
  const after = scorer.score(draft);
  const times = (score: ResponseScore['beats'] | ResponseScore['overall'], beat?: number) => {
    const at = (column: Float64Array | number) => said(typeof column === 'number' ? column : column[beat ?? 0]);
    return { mean: at(score.meanResponseMinutes), p90: at(score.p90ResponseMinutes) };
  };
  const [overallBefore, overallAfter] = [times(before.overall), times(after.overall)];
  let worst: DraftResponseOutcome['worst'] = null;
  let mostRise = LEAST_RISE_MINUTES;
  for (const [beat, predecessor] of predecessors(calls, draft, inForce).entries()) {
    if (predecessor === UNASSIGNED) continue;
    const [was, is] = [times(before.beats, predecessor), times(after.beats, beat)];
    const rise = (is.p90 ?? Number.NaN) - (was.p90 ?? Number.NaN);
    if (!(rise > mostRise)) continue;
    mostRise = rise;
    const [mean, p90] = [
      { before: was.mean, after: is.mean },
      { before: was.p90, after: is.p90 },
    ];
    worst = { beat, before: predecessor, mean, p90 };
  }
  return {
    mean: { before: overallBefore.mean, after: overallAfter.mean },
    p90: { before: overallBefore.p90, after: overallAfter.p90 },
    overloaded: { before: before.overloaded, after: after.overloaded },
    method: after.method,
    worst,
  };
}

const said = (minutes: number): number | null => (Number.isFinite(minutes) ? minutes : null);

/** Of each beat of the draft the one in force that it has most calls from. O(atoms). */
function predecessors(calls: Uint32Array, draft: Plan, inForce: Plan): Uint16Array {
  const shared = Array.from({ length: draft.beatCount }, () => new Float64Array(inForce.beatCount));
  for (const [atom, beat] of draft.beatOfAtom.entries()) {
    const before = inForce.beatOfAtom[atom];
    // A touch for the atom itself: beats without calls have predecessors, too.
    if (beat !== UNASSIGNED && before !== UNASSIGNED) shared[beat][before] += calls[atom] + 1e-6;
  }
  return Uint16Array.from(shared, (row) => {
    const most = row.reduce((best, value, before) => (value > row[best] ? before : best), 0);
    return row[most] > 0 ? most : UNASSIGNED;
  });
}
