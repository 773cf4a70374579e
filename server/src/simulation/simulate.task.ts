import { UNASSIGNED } from '@xunfang/geo-data/beats';
import { SIMULATION_TIER_SECONDS } from '@xunfang/geo-data/contract';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { placeHomes } from '@xunfang/geo-data/response';
import {
  type CallColumns,
  compareReplays,
  HISTOGRAM_SECONDS,
  type ReplayOutcome,
  type ReplayRequest,
  replayCalls,
  summariseReplay,
} from '@xunfang/geo-data/simulation';
import type { PlanOnAtoms, SimulationFigures, SimulationJob } from './simulation-job.ts';
import { travelBetween } from './travel-between.ts';

interface PlanRun {
  request: ReplayRequest;
  outcome: ReplayOutcome;
  beatCount: number;
}

/**
 * Both plans on the same calls with the same times at the scene, one unit a beat, always on duty, own beat first. Whoever gives it up ends
 * the thread.
 */
export async function run(job: SimulationJob): Promise<SimulationFigures> {
  const { atoms, plans, progress } = job;
  const homes = plans.map((plan) => homesOf(job, plan));
  const places = Uint32Array.from(new Set([...job.atomOfCall, ...homes.flatMap((home) => [...home])])).sort();
  const placeOfAtom = new Uint32Array(atoms.count);
  for (const [place, atom] of places.entries()) placeOfAtom[atom] = place;
  const { seconds, travel } = await travelBetween(atoms, places, job.roadsFile);
  const calls = callsOf(job, placeOfAtom);
  const runs: PlanRun[] = [];
  for (const [i, { beatOfAtom, beatCount }] of plans.entries()) {
    const request: ReplayRequest = {
      calls,
      fleet: {
        unitCount: beatCount,
        beatOfUnit: Uint16Array.from({ length: beatCount }, (_, beat) => beat),
        homeOfUnit: Uint32Array.from(homes[i], (atom) => placeOfAtom[atom]),
      },
      placeCount: places.length,
      travelSeconds: seconds,
      beatOfPlace: Uint16Array.from(places, (atom) => beatOfAtom[atom]),
      rule: 'own_beat_first',
      fromSeconds: job.fromSeconds,
      toSeconds: job.toSeconds,
    };
    const outcome = await replayCalls(request, {
      pieceCalls: 2_000,
      onProgress: (done) => Atomics.store(progress, 0, i * calls.count + done),
    });
    runs.push({ request, outcome, beatCount });
  }
  return figuresOf(job, calls, runs[0], runs[1], travel);
}

function figuresOf(
  { seed, fromSeconds }: SimulationJob,
  calls: CallColumns,
  a: PlanRun,
  b: PlanRun,
  travel: SimulationFigures['travel'],
): SimulationFigures {
  const [first, second] = [perCallOf(a, calls), perCallOf(b, calls)];
  const { mean, p50, p90, tiers, means, blocks } = compareReplays(calls, a.outcome, b.outcome, {
    seed,
    blocksFromSeconds: fromSeconds,
    tierSeconds: SIMULATION_TIER_SECONDS,
    perCall: first.map((values, i) => ({ first: values, second: second[i] })),
  });
  const [utilisation, crossBeatShare, meanWaitSeconds] = means;
  return {
    a: planFigures(a),
    b: planFigures(b),
    difference: {
      meanSeconds: mean,
      p50Seconds: p50,
      p90Seconds: p90,
      tierShares: tiers,
      utilisation,
      crossBeatShare,
      meanWaitSeconds,
    },
    days: blocks,
    travel,
    histogramSeconds: HISTOGRAM_SECONDS,
  };
}

function planFigures({ request, outcome, beatCount }: PlanRun): SimulationFigures['a'] {
  const summary = summariseReplay(request, outcome, {
    beatCount,
    tierSeconds: SIMULATION_TIER_SECONDS,
    tierClock: 'receipt',
  });
  const { utilisation } = summary;
  return {
    units: beatCount,
    meanSeconds: summary.response.mean,
    p50Seconds: summary.response.p50,
    p90Seconds: summary.response.p90,
    tierShares: summary.tiers.map(({ calls, met }) => met / calls),
    utilisation: utilisation.reduce((sum, share) => sum + share, 0) / utilisation.length,
    crossBeatShare: summary.crossBeatShare,
    meanWaitSeconds: summary.meanWaitSeconds,
    waitShare: summary.waitShare,
    longestQueue: summary.longestQueue,
    histogram: [...summary.histogram],
  };
}

/** Work over what all units have (its mean over calls is the utilisation), answered by another beat, wait: one value per call. */
function perCallOf({ request, outcome }: PlanRun, calls: CallColumns): Float64Array[] {
  const { fleet, beatOfPlace } = request;
  const duty = outcome.dutySeconds.reduce((sum, seconds) => sum + seconds, 0);
  const work = calls.serviceSeconds.map(
    (service, call) => ((service + outcome.travelSeconds[call]) * calls.count) / duty,
  );
  const cross = Float64Array.from(outcome.unitOfCall, (unit, call) =>
    Number(fleet.beatOfUnit[unit] !== beatOfPlace[calls.place[call]]),
  );
  return [work, cross, outcome.waitSeconds];
}

/** Where units wait: at the middle of what is called for in their beat. */
function homesOf({ atoms, atomOfCall }: SimulationJob, { beatOfAtom, beatCount }: PlanOnAtoms): Int32Array {
  const callsPerHour = new Float64Array(atoms.count);
  for (const atom of atomOfCall) if (beatOfAtom[atom] !== UNASSIGNED) callsPerHour[atom]++;
  return placeHomes({ atoms, beatOfAtom, beatCount, callsPerHour });
}

/** Times at the scene are drawn once, exponential around their mean: what makes a call long does so under both plans. */
function callsOf(job: SimulationJob, placeOfAtom: Uint32Array): CallColumns {
  const random = createSeededRandom(job.seed);
  const { atSeconds, atomOfCall, priority, sceneMinutes } = job;
  return {
    count: atSeconds.length,
    atSeconds,
    place: atomOfCall.map((atom) => placeOfAtom[atom]),
    priority,
    serviceSeconds: atSeconds.map(() => -Math.log(1 - random.uniform()) * sceneMinutes * 60),
  };
}
