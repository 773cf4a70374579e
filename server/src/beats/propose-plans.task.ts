import {
  BeatDesignError,
  type BeatPlan,
  describeProposal,
  fairShare,
  type PlanProposal,
  proposePlans,
} from '@xunfang/geo-data/beats';
import { createPlanScorer } from '@xunfang/geo-data/response';
import type { NumberedProposal, ProposalNews, ProposalOutcome, ProposalTask } from './proposal-run.ts';

const NEWS_INTERVAL_MS = 300;

/** Runs the search to its end, or until it is told to stop. */
export function run(task: ProposalTask): ProposalOutcome {
  try {
    return search(task);
  } catch (error) {
    if (error instanceof BeatDesignError) return { refused: { code: error.code, params: { ...error.params } } };
    throw error;
  } finally {
    task.news.close();
  }
}

function search(task: ProposalTask): ProposalOutcome {
  const { atoms, order, from, workload, attempts, most, limitMs, stop, news } = task;
  const { seed, band, mostChange } = order;
  const startedAt = performance.now();
  const calls = Float64Array.from(task.calls);
  const beginning = 'plan' in from ? from.plan : null;
  const expectedMinutes = responseModel(task, beginning);
  const locks = beginning ? { mostChange, lockedAtoms: task.lockedAtoms, lockedBeats: task.lockedBeats } : {};
  const steps = proposePlans({ atoms, calls, workload, band, from, seed, expectedMinutes, attempts, most, ...locks });
  const begun = beginning && {
    ...describeProposal({
      atoms,
      calls,
      workload: fairShare(workload, beginning.beatCount, band).balanced,
      plan: beginning,
      reference: beginning.beatOfAtom,
      expectedMinutes,
    }),
  };
  const numbers = new Map<PlanProposal, number>();
  const newsOf = (done: number, proposals: readonly PlanProposal[]): ProposalNews => ({
    attempts: done,
    responseUnit: expectedMinutes ? 'minutes' : 'km',
    beginning: begun && figuresOf(begun),
    proposals: proposals
      .filter(({ response }) => Number.isFinite(response))
      .map(
        (proposal): NumberedProposal => ({
          id: numbers.get(proposal) ?? 0,
          plan: proposal.plan,
          ...figuresOf(proposal),
        }),
      ),
  });

  let toldAt = 0;
  for (let done = 0, proposals = (): PlanProposal[] => []; ; ) {
    const isStopped = Atomics.load(stop, 0) !== 0;
    if (isStopped || performance.now() - startedAt > limitMs)
      return { last: newsOf(done, proposals()), ended: isStopped ? 'stopped' : 'cut' };
    const step = steps.next();
    if (step.done) return { last: newsOf(done, step.value), ended: 'done' };
    ({ attempts: done, proposals } = step.value);
    for (const proposal of step.value.found) numbers.set(proposal, numbers.size + 1);
    if (performance.now() - toldAt < NEWS_INTERVAL_MS) continue;
    toldAt = performance.now();
    news.postMessage(newsOf(done, proposals()));
  }
}

const figuresOf = ({ response, balance, compactness, change }: PlanProposal) => ({
  response,
  balance,
  compactness,
  change,
});

/**
 * Mean response by the queueing model, always its approximation: it is asked for every plan that may be worth keeping. None where it says
 * nothing, that is without assumptions, without calls, or with more work than the units can do; then distance stands in.
 */
function responseModel(
  { atoms, order, calls, hours, from }: ProposalTask,
  beginning: BeatPlan | null,
): ((plan: BeatPlan) => number) | undefined {
  const { response } = order;
  if (!response) return undefined;
  const { sceneMinutes, detourFactor, speedKmh } = response;
  const callsPerHour = Float64Array.from(calls, (count) => count / hours);
  const scorer = createPlanScorer({
    atoms,
    callsPerHour,
    sceneMinutes: new Float64Array(atoms.count).fill(sceneMinutes),
    travel: { kind: 'straight', detourFactor, speedKmh },
    mostExactUnits: 0,
  });
  const expected = (plan: BeatPlan) => scorer.score(plan).overall.meanResponseMinutes;
  const beats = beginning ? beginning.beatCount : 'beats' in from ? from.beats : 0;
  const callsAtOnce = (callsPerHour.reduce((sum, count) => sum + count, 0) * sceneMinutes) / 60;
  const saysSomething = beginning ? Number.isFinite(expected(beginning)) : callsAtOnce > 0 && callsAtOnce < beats;
  return saysSomething ? expected : undefined;
}
