import { setTimeout as delay } from 'node:timers/promises';
import { compactPlan, createAtomLookup, UNASSIGNED } from '@xunfang/geo-data/beats';
import type { SimulatedPlan, Simulation, SimulationOrder } from '@xunfang/geo-data/contract';
import { bigIntsToCells } from '@xunfang/geo-data/geometry';
import { FEWEST_BLOCKS } from '@xunfang/geo-data/simulation';
import { draftsService, planInForceAt, plansService, roadsFileOf, summaryOf } from '../beats/index.ts';
import { categoriesWithDescendants, databaseUrlOf } from '../incidents/index.ts';
import { type Db, problem, type Sql, type Workers } from '../platform/index.ts';
import type { CallsOrder, PeriodCalls, PlanOnAtoms, SimulationFigures, SimulationJob } from './simulation-job.ts';
import { simulationRepository } from './simulation.repository.ts';
import './messages.simulation.ts';

export interface SimulationDeps {
  db: Db;
  sql: Sql;
  workers: Workers;
  now: () => Date;
}

/** A run whose order is sound; nothing is replayed before `start`. */
export interface PreparedSimulation {
  start(signal: AbortSignal): AsyncGenerator<{ done: number; count: number }, Simulation>;
}

const CALLS_TASK = new URL('./load-calls.task.ts', import.meta.url);
const SIMULATE_TASK = new URL('./simulate.task.ts', import.meta.url);
/** Ten times the year of a large bureau; a few seconds. */
const MOST_CALLS = 1_000_000;
/** Travel times are kept for every pair: 144 MB. */
const MOST_ATOMS = 6_000;
const DAY_SECONDS = 86_400;
const DEFAULT_SCENE_MINUTES = 30;
const DEFAULT_SEED = 1;
const MS_BETWEEN_PROGRESS = 200;

/** Proof of one plan against another: what would the same calls have met? */
export function simulationService(deps: SimulationDeps) {
  const { db, sql, workers, now } = deps;
  const repository = simulationRepository(db);
  const drafts = draftsService(deps);
  const plans = plansService(deps);

  async function planOf(bureauId: number, id: number, field: string) {
    // Opening may write, and refuses with the name of the plan: another bureau's is not opened at all.
    if ((await plans.ownerOf(id)) !== bureauId) problem(404, 'NOT_FOUND');
    const opened = await drafts.open(id);
    const { plan } = compactPlan(opened.draft.plan);
    const { name } = opened.row;
    const unassigned = plan.beatOfAtom.reduce((count, beat) => count + Number(beat === UNASSIGNED), 0);
    const empty = plan.beatCount - new Set(plan.beatOfAtom.filter((beat) => beat !== UNASSIGNED)).size;
    if (unassigned > 0 || empty > 0 || plan.beatCount === 0)
      problem(409, 'SIMULATION_PLAN_INCOMPLETE', { name, atoms: unassigned, beats: empty }, { field });
    return { ...opened, plan: { beatOfAtom: plan.beatOfAtom, beatCount: plan.beatCount } satisfies PlanOnAtoms };
  }

  async function callsOf(bureauId: number, order: SimulationOrder, resolution: number, signal: AbortSignal) {
    const { from, to } = order;
    const asked = order.categories ?? [];
    const period: Omit<CallsOrder, 'databaseUrl'> = {
      bureauId,
      from: new Date(from),
      to: new Date(to),
      // An unknown category selects nothing, not everything.
      categories: asked.length === 0 ? null : [-1, ...(await categoriesWithDescendants(db, bureauId, asked))],
      includeSelfInitiated: order.includeSelfInitiated ?? false,
      resolution,
    };
    const count = await repository.countCalls(period);
    if (count === 0) problem(422, 'SIMULATION_NO_CALLS', { from, to }, { field: 'from' });
    if (count > MOST_CALLS) problem(413, 'SIMULATION_TOO_MANY_CALLS', { count, most: MOST_CALLS }, { field: 'to' });
    const data: CallsOrder = { databaseUrl: databaseUrlOf(sql), ...period };
    return workers.run<PeriodCalls>(CALLS_TASK, data, { signal });
  }

  return {
    /** Refuses what cannot be compared, in words, before anything is replayed. */
    async prepare(bureauId: number, order: SimulationOrder, signal: AbortSignal): Promise<PreparedSimulation> {
      const { from, to, sceneMinutes = DEFAULT_SCENE_MINUTES, seed = DEFAULT_SEED } = order;
      if (!(Date.parse(from) < Date.parse(to))) problem(400, 'SIMULATION_PERIOD_EMPTY', { from, to }, { field: 'to' });
      if (order.planA === order.planB) problem(422, 'SIMULATION_SAME_PLAN', {}, { field: 'planB' });
      const a = await planOf(bureauId, order.planA, 'planA');
      const b = await planOf(bureauId, order.planB, 'planB');
      if (a.row.resolution !== b.row.resolution)
        problem(409, 'PLANS_OF_OTHER_ATOMS', { from: a.row.resolution, to: b.row.resolution });
      const { atoms } = b.bureauAtoms;
      if (atoms.count > MOST_ATOMS)
        problem(422, 'SIMULATION_TOO_MANY_ATOMS', { atoms: atoms.count, most: MOST_ATOMS }, { field: 'planB' });
      const calls = await callsOf(bureauId, order, b.row.resolution, signal);
      const inside = insideOf(calls, createAtomLookup(atoms).atomsOfCells(bigIntsToCells(calls.cell)), atoms.count);
      if (inside.atomOfCall.length === 0) problem(422, 'SIMULATION_NO_CALLS', { from, to }, { field: 'from' });
      const [fromSeconds, toSeconds] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
      const days = daysOf(inside.atSeconds, fromSeconds);
      if (days < FEWEST_BLOCKS)
        problem(422, 'SIMULATION_PERIOD_SHORT', { days, fewest: FEWEST_BLOCKS }, { field: 'to' });

      const { count, lon, lat, xMeters, yMeters, areaKm2 } = atoms;
      const job: SimulationJob = {
        atoms: { count, lon, lat, xMeters, yMeters, areaKm2 },
        roadsFile: await roadsFileOf((await repository.bureau(bureauId)).slug),
        ...inside,
        fromSeconds,
        toSeconds,
        plans: [a.plan, b.plan],
        sceneMinutes,
        seed,
        progress: new Int32Array(new SharedArrayBuffer(4)),
      };
      const inForce = await planInForceAt(db, bureauId, now());
      const labelOf = ({ row, draft }: typeof a): Pick<SimulatedPlan, 'plan' | 'revision'> => ({
        plan: summaryOf(row, inForce),
        revision: draft.revision,
      });
      return {
        async *start(started) {
          const startedAt = performance.now();
          const figures = yield* following(
            workers.run<SimulationFigures>(SIMULATE_TASK, job, { signal: started }),
            job,
          );
          return {
            ...figures,
            a: { ...labelOf(a), ...figures.a },
            b: { ...labelOf(b), ...figures.b },
            from,
            to,
            calls: inside.atSeconds.length,
            outside: calls.cell.length - inside.atSeconds.length,
            sceneMinutes,
            seed,
            tookMs: Math.round(performance.now() - startedAt),
          };
        },
      };
    },
  };
}

/** Tells how far the worker is until it is done. */
async function* following(
  running: Promise<SimulationFigures>,
  { progress, atSeconds }: SimulationJob,
): AsyncGenerator<{ done: number; count: number }, SimulationFigures> {
  // Whoever leaves between two steps waits for it no longer.
  running.catch(() => {});
  const count = 2 * atSeconds.length;
  yield { done: 0, count };
  for (;;) {
    const figures = await Promise.race([running, delay(MS_BETWEEN_PROGRESS, null)]);
    if (figures !== null) return figures;
    yield { done: Atomics.load(progress, 0), count };
  }
}

function insideOf(
  { atSeconds, priority }: PeriodCalls,
  atoms: Uint32Array,
  atomCount: number,
): Pick<SimulationJob, 'atSeconds' | 'atomOfCall' | 'priority'> {
  const isInside = (_: unknown, call: number) => atoms[call] < atomCount;
  return {
    atSeconds: atSeconds.filter(isInside),
    atomOfCall: atoms.filter(isInside),
    priority: priority.filter(isInside),
  };
}

function daysOf(atSeconds: Float64Array, fromSeconds: number): number {
  let days = 0;
  let last = Number.NaN;
  for (const at of atSeconds) {
    const day = Math.floor((at - fromSeconds) / DAY_SECONDS);
    if (day !== last) days++;
    last = day;
  }
  return days;
}
