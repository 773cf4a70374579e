import { createSeededRandom } from '../numeric/index.ts';
import type { AtomGraph } from './atom-set.ts';
import { checkPlan } from './check-plan.ts';
import { designBeats } from './design-beats.ts';
import { fairShare } from './fair-share.ts';
import { createParetoArchive } from './pareto-archive.ts';
import type { BeatPlan } from './plan.ts';
import type { PlanObjective } from './plan-energy.ts';
import { createPlanSearch } from './plan-search.ts';
import { describeProposal, lossOf, type PlanProposal, type ProposalObjective } from './proposal-figures.ts';
import { spreadWeights } from './spread-weights.ts';

export interface ProposalRequest {
  atoms: AtomGraph;
  /** Calls per atom, 0 or more: the weight of its distance. */
  calls: Float64Array;
  /** Workload per atom, 0 or more: what is balanced. */
  workload: Float64Array;
  /** A beat may deviate from the mean workload by this share. */
  band: number;
  /** From scratch with so many beats and zones, or from a plan, whose zones keep their beats. */
  from: { beats: number; zones: number } | { plan: BeatPlan };
  seed: number;
  /** What the proposals weigh against each other; from a plan all four, from scratch all but change. */
  objectives?: readonly ProposalObjective[];
  /** Minutes until a unit arrives, from a queueing model; by default distance to the beat's centre stands in. Asked some hundred times. */
  expectedMinutes?: (plan: BeatPlan) => number;
  /** Share of all workload that may go to another beat; 1 by default. */
  mostChange?: number;
  /** 1 where an atom must stay with its beat. From a plan only, as are the other locks. */
  lockedAtoms?: Uint8Array;
  /** Beats that no atom may leave or join. */
  lockedBeats?: readonly number[];
  /** Zones all of whose beats are locked. */
  lockedZones?: readonly number[];
  /** Moves to try in all, about 2 million a second; by default four times through all weightings. */
  attempts?: number;
  /** Proposals at the end, 24 by default. */
  most?: number;
}

/** Where the search stands after a slice of work. */
export interface ProposalStep {
  attempts: number;
  attemptsPlanned: number;
  /** Plans found in this slice that nothing found before is at least as good as in every respect. */
  found: PlanProposal[];
  /** The set as it would be returned now. */
  proposals: () => PlanProposal[];
}

/** Moves between two looks up: about 20 ms. */
const SLICE_ATTEMPTS = 40_000;
/** A way of cooling: shares of the round's attempts, temperatures, and how strictly the band is kept. */
const COOLING = [
  { share: 0.69, to: 0.1, strictness: 2 },
  { share: 0.28, from: 0.3, to: 0.03, strictness: 20 },
  { share: 0.03, from: 0, to: 0, strictness: 20 },
];
/** Hot enough to forget the plan to begin from. */
const FORGETTING_TEMPERATURE = 4;
const REHEATING = { least: 0.25, most: 1.5 };
/** Attempts of a round: so many per atom, and no more than a second's worth. */
const FORGETTING = { perAtom: 9000, most: 2_900_000 };
const ROUND = { perAtom: 2800, most: 900_000 };
const TRADED = { perAtom: 750, most: 250_000 };
/** Times through all weightings, each time from better plans. */
const PASSES = 4;
/** How finely weights are spread where several objectives are traded: 21 weightings of three, 35 of four. */
const WEIGHT_PARTS = [0, 1, 20, 5, 4];
/** Good plans that a search for one objective goes on from. */
const ELITE = 6;

/**
 * The machine's proposals: plans none of which is better than another in all objectives (a Pareto set), each contiguous, nested
 * and within the band, respecting locks and the limit of change. A generator: every step reports what was found; who has seen
 * enough stops asking. Work is counted in moves, so a seed gives the same proposals on every machine.
 *
 * Weighted sums of the objectives, spread over the simplex, are searched one after another by annealing (`createPlanSearch`), each
 * from the best found so far under its weights. With a single objective, beginnings that forget everything alternate with
 * reheatings of the best few. Empty when no plan within the band was found: atoms may be too coarse, or locks too many.
 *
 * Throws a BeatDesignError from scratch where `designBeats` does, and a RangeError for a plan with findings of `checkPlan`, columns
 * that don't fit the atoms, locks without a plan, and no objectives.
 */
export function* proposePlans(request: ProposalRequest): Generator<ProposalStep, PlanProposal[], void> {
  assertRequest(request);
  const { atoms, calls, band, from, seed, mostChange, lockedAtoms, expectedMinutes, most = 24 } = request;
  const beginning = beginningOf(request);
  const reference = 'plan' in from ? beginning.beatOfAtom.slice() : undefined;
  const workload = fairShare(request.workload, beginning.beatCount, band).balanced;
  const lockedBeats = lockedBeatsOf(request, beginning);
  const objectives = request.objectives ?? objectivesOf(from);
  const single = objectives.length === 1;
  const weightings = spreadWeights(objectives.length, WEIGHT_PARTS[objectives.length]);
  const attemptsOf = (round: typeof ROUND): number => Math.min(round.most, round.perAtom * atoms.count);
  const attemptsPlanned = request.attempts ?? PASSES * weightings.length * attemptsOf(single ? FORGETTING : TRADED);
  const random = createSeededRandom(seed);
  const archive = createParetoArchive<PlanProposal>((proposal) => objectives.map((name) => lossOf(proposal, name)));
  let elite: PlanProposal[] = [];
  let attempts = 0;

  /** Looks at a plan as it stands: within the band it may join the proposals. */
  function judge(plan: BeatPlan, excess: number): PlanProposal[] {
    if (excess > 0) return [];
    const copy = { ...plan, beatOfAtom: plan.beatOfAtom.slice(), zoneOfBeat: plan.zoneOfBeat.slice() };
    const proposal = describeProposal({ atoms, calls, workload, plan: copy, reference, expectedMinutes });
    const isNew = !elite.some((other) => lossOf(other, objectives[0]) === lossOf(proposal, objectives[0]));
    if (single && isNew) {
      elite = [...elite, proposal].sort((a, b) => lossOf(a, objectives[0]) - lossOf(b, objectives[0])).slice(0, ELITE);
    }
    return archive.add(proposal) ? [proposal] : [];
  }

  /** What a round goes on from; undefined: from the beginning. */
  function sourceOf(weights: readonly number[]): PlanProposal | undefined {
    if (!single) return bestUnder(archive.items(), objectives, weights);
    return elite.length > 0 ? random.pick(elite) : undefined;
  }

  const step = (found: PlanProposal[]): ProposalStep => ({
    attempts,
    attemptsPlanned,
    found,
    proposals: () => archive.thinned(most),
  });

  for (let round = 0; round === 0 || attempts < attemptsPlanned; round++) {
    const weights = weightings[round % weightings.length];
    const forgets = !('plan' in from) && (single ? round % 4 === 0 : round < weightings.length && weights.includes(1));
    const start = sourceOf(weights)?.plan ?? beginning;
    const plan: BeatPlan = { ...start, beatOfAtom: start.beatOfAtom.slice() };
    const search = createPlanSearch({
      atoms,
      calls,
      workload,
      plan,
      band,
      objective: energyWeights(objectives, weights, atoms.count / plan.beatCount),
      reference,
      mostChange: reference && mostChange,
      lockedAtoms,
      lockedBeats,
      random,
    });
    if (round === 0) yield step(judge(plan, search.excess()));
    const reheated = REHEATING.least * (REHEATING.most / REHEATING.least) ** random.uniform();
    const roundAttempts = attemptsOf(single ? (forgets ? FORGETTING : ROUND) : TRADED);
    for (const [phase, { share, from: given, to, strictness }] of COOLING.entries()) {
      const first = given ?? (forgets ? FORGETTING_TEMPERATURE : reheated);
      const slices = Math.ceil((share * roundAttempts) / SLICE_ATTEMPTS);
      const sliceAttempts = Math.round((share * roundAttempts) / slices);
      for (let slice = 0; slice < slices; slice++) {
        if (attempts >= attemptsPlanned) break;
        const cooled = (done: number): number => (first > 0 ? first * (to / first) ** (done / slices) : 0);
        const now = Math.min(sliceAttempts, attemptsPlanned - attempts);
        search.run(now, cooled(slice), cooled(slice + 1), strictness);
        attempts += now;
        // On the way only what was cooled is worth a look; at the end of all work, everything.
        const worthALook = phase > 0 || attempts >= attemptsPlanned;
        yield step(worthALook ? judge(plan, search.excess()) : []);
      }
    }
  }
  return archive.thinned(most);
}

function beginningOf({ atoms, workload, band, from, seed }: ProposalRequest): BeatPlan {
  if (!('plan' in from)) {
    return designBeats({ atoms, workload, beats: from.beats, zones: from.zones, seed, tolerance: band }).plan;
  }
  const findings = checkPlan({ atoms, plan: from.plan });
  if (findings.length === 0) return from.plan;
  throw new RangeError(
    `Expected a plan without findings to begin from, got ${findings.map(({ code }) => code).join(', ')}.`,
  );
}

function objectivesOf(from: ProposalRequest['from']): ProposalObjective[] {
  return 'plan' in from ? ['response', 'balance', 'compactness', 'change'] : ['response', 'balance', 'compactness'];
}

/** What needs no look at a plan; before anything that takes time. */
function assertRequest(request: ProposalRequest): void {
  const { atoms, calls, workload, from, objectives, lockedAtoms, lockedBeats = [], lockedZones = [] } = request;
  for (const [name, column] of Object.entries({ calls, workload, lockedAtoms })) {
    if (column !== undefined && column.length !== atoms.count) {
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${atoms.count}.`);
    }
  }
  if (objectives?.length === 0) throw new RangeError('There are 0 objectives, expected at least 1.');
  const hasLocks = lockedAtoms !== undefined || lockedBeats.length > 0 || lockedZones.length > 0;
  if (hasLocks && !('plan' in from)) {
    throw new RangeError('Locks hold what a plan has: expected a plan to begin from, got numbers of beats and zones.');
  }
}

function lockedBeatsOf(request: ProposalRequest, plan: BeatPlan): Uint8Array {
  const { lockedBeats = [], lockedZones = [] } = request;
  return Uint8Array.from(plan.zoneOfBeat, (zone, beat) =>
    Number(lockedBeats.includes(beat) || lockedZones.includes(zone)),
  );
}

/** The search's weights: a little of distance and border always, so that what one does not care about is still sensible. */
function energyWeights(
  objectives: readonly ProposalObjective[],
  weights: readonly number[],
  atomsPerBeat: number,
): PlanObjective {
  const weightOf = (name: ProposalObjective): number => 3 * (weights[objectives.indexOf(name)] ?? 0);
  const traded = Number(objectives.length > 1);
  return {
    travel: objectives.length === 1 ? Math.sign(weightOf('response')) : weightOf('response') + 0.1,
    border: weightOf('compactness') + 0.03 * traded,
    // One beat at the edge of the band is as bad as all its atoms in the wrong place.
    balance: weightOf('balance') * atomsPerBeat,
    change: weightOf('change'),
  };
}

/** The plan with the least weighted sum of figures, each scaled to its span over the plans. */
function bestUnder(
  items: readonly PlanProposal[],
  objectives: readonly ProposalObjective[],
  weights: readonly number[],
): PlanProposal | undefined {
  const scales = objectives.map((name) => {
    const losses = items.map((item) => lossOf(item, name));
    return Math.max(...losses) - Math.min(...losses) || 1;
  });
  const score = (item: PlanProposal): number =>
    objectives.reduce((sum, name, i) => sum + (weights[i] * lossOf(item, name)) / scales[i], 0);
  return items.reduce<PlanProposal | undefined>(
    (best, item) => (best === undefined || score(item) < score(best) ? item : best),
    undefined,
  );
}
