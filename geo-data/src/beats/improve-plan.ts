import type { SeededRandom } from '../numeric/index.ts';
import type { AtomGraph } from './atom-set.ts';
import type { LinkRows } from './link-rows.ts';
import { createPieceFinder } from './piece-finder.ts';
import type { BeatPlan } from './plan.ts';
import { createPlanScore } from './plan-score.ts';

/** Attempts per atom, most of which fall on pairs inside one beat and cost next to nothing. */
const ATTEMPTS_PER_ATOM = 500;
const START_TEMPERATURE = 0.12;
const END_TEMPERATURE = 0.002;
/** The last share of the attempts only accepts improvements. */
const DESCENT_SHARE = 0.15;

/**
 * Improves a plan in place by moving atoms across borders between beats: simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983)
 * on `createPlanScore`, a fixed number of attempts, so that the same random stream gives the same plan on every machine.
 * An atom whose leaving would tear its beat apart takes the smaller pieces with it. Every step keeps beats and zones
 * contiguous and no beat empty. Answers the final score (lower is better).
 */
export function improvePlan(
  atoms: AtomGraph,
  links: LinkRows,
  workload: Float64Array,
  meanWorkload: number,
  tolerance: number,
  plan: BeatPlan,
  random: SeededRandom,
): number {
  const { beatOfAtom, zoneOfBeat } = plan;
  const zoneOfAtom = beatOfAtom.map((beat) => zoneOfBeat[beat]);
  const score = createPlanScore(atoms, workload, meanWorkload, tolerance, plan);
  const pieces = createPieceFinder(links);
  const entries = links.target.length;
  if (entries === 0 || plan.beatCount === 1) return score.total();
  const sourceOf = new Uint32Array(entries);
  for (let atom = 0; atom < links.count; atom++) sourceOf.fill(atom, links.offset[atom], links.offset[atom + 1]);

  const attempts = ATTEMPTS_PER_ATOM * atoms.count;
  const annealed = attempts * (1 - DESCENT_SHARE);
  const cooling = Math.log(END_TEMPERATURE / START_TEMPERATURE) / annealed;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const entry = random.int(entries);
    const atom = sourceOf[entry];
    const from = beatOfAtom[atom];
    const to = beatOfAtom[links.target[entry]];
    if (from === to) continue;
    const moved = pieces.takeFrom(beatOfAtom, from, atom);
    if (moved === undefined) continue;
    const change = score.change(moved, from, to);
    const temperature = attempt < annealed ? START_TEMPERATURE * Math.exp(cooling * attempt) : 0;
    if (change > 0 && (temperature === 0 || random.uniform() >= Math.exp(-change / temperature))) continue;
    const crossesZones = zoneOfBeat[from] !== zoneOfBeat[to];
    if (crossesZones && !pieces.staysWhole(zoneOfAtom, zoneOfBeat[from], moved)) continue;
    score.apply(moved, from, to);
    for (const member of moved) {
      beatOfAtom[member] = to;
      zoneOfAtom[member] = zoneOfBeat[to];
    }
  }
  return score.total();
}
