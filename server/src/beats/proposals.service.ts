import { randomUUID } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { type BeatPlan, checkDraft, compactPlan, isBeatLocked, zoneOfAtom } from '@xunfang/geo-data/beats';
import { PROPOSAL_LIMITS, type ProposalOrder, type ProposalRun, type ProposedPlan } from '@xunfang/geo-data/contract';
import { type Doer, type Language, messageOf, problem } from '../platform/index.ts';
import { draftsService } from './drafts.service.ts';
import { matchAreas } from './match-areas.ts';
import type { Refusal } from './plan-design.ts';
import type { PlansDeps } from './plans.service.ts';
import type { ProposalNews, ProposalOutcome, ProposalTask } from './proposal-run.ts';
import { workloadOfLoad } from './workload-of-load.ts';

/** Moves in a second of an idle desk machine: what an order's seconds mean, whatever machine works on it. */
const MOVES_PER_SECOND = 2_000_000;
/** A machine so many times slower does not get to the end. */
const MOST_SLOWER = 3;
const LEAST_LIMIT_MS = 10_000;
/** Ended runs that are kept, over all drafts. */
const MOST_KEPT = 16;
const MS_PER_HOUR = 3_600_000;

interface Run {
  id: string;
  order: Pick<ProposalOrder, 'from' | 'seed'>;
  startedBy: string;
  startedAt: Date;
  endedAt: Date | null;
  revision: number;
  state: ProposalRun['state'];
  attemptsPlanned: number;
  news: ProposalNews | null;
  refused: Refusal | null;
  stop: Int32Array;
  /** From the proposals' beats and zones to the draft's keys. */
  toKeys: (plan: BeatPlan) => Pick<ProposedPlan, 'beatOfAtom' | 'zoneOfBeat'>;
}

/** The machine's proposals for drafts: one run per draft, in a worker, kept in this process until the next. */
export function proposalsService(deps: PlansDeps & { onError: (cause: unknown) => void }) {
  const { workers, now, onError } = deps;
  const drafts = draftsService(deps);
  const runs = new Map<number, Run>();
  const running = () => [...runs.values()].filter(({ state }) => state === 'running');
  // One thread stays free for what people wait for.
  const mostAtOnce = Math.max(1, workers.threads - 1);

  function refuseWhileBusy(draft: number): void {
    if (runs.get(draft)?.state === 'running') problem(409, 'PROPOSALS_RUNNING');
    if (running().length >= mostAtOnce) problem(503, 'PROPOSALS_BUSY', { most: mostAtOnce });
  }

  /** What the search begins with, and how its beats are named in the draft. */
  async function prepare(draftId: number, order: ProposalOrder) {
    const { row, draft, bureauAtoms } = await drafts.open(draftId);
    if (row.state !== 'draft') problem(409, 'PLAN_NOT_DRAFT', { name: row.name });
    const { atoms } = bureauAtoms;
    const load = workloadOfLoad(atoms, await drafts.basisLoad(row));
    if (order.workload && order.workload.length !== atoms.count)
      problem(422, 'PROPOSALS_OTHER_ATOMS', { got: order.workload.length, atoms: atoms.count }, { field: 'workload' });
    const workload = order.workload ? Float64Array.from(order.workload) : load.workload;
    if (!workload.some((work) => work > 0)) problem(422, 'DESIGN_NO_WORKLOAD', { atoms: atoms.count });

    const { plan, beatKeys, zoneKeys } = compactPlan(draft.plan);
    const lockedBeats = Array.from(beatKeys.keys()).filter((beat) => isBeatLocked(draft.plan, beatKeys[beat]));
    const { lockedAtoms } = draft.plan;
    const isFromDraft = order.from === 'draft';
    const problems = isFromDraft ? checkDraft({ atoms, draft: draft.plan }) : [];
    if (problems.length > 0) problem(422, 'PROPOSALS_DRAFT_UNSOUND', { count: problems.length });
    const locks = lockedBeats.length + lockedAtoms.reduce((sum, flag) => sum + flag, 0);
    if (!isFromDraft && locks > 0) problem(422, 'PROPOSALS_LOCKED', { locks }, { field: 'from' });

    const { incidentsFrom, incidentsTo } = row.basis;
    const task: Omit<ProposalTask, 'stop' | 'news'> = {
      atoms,
      order,
      from: isFromDraft ? { plan } : { beats: plan.beatCount, zones: plan.zoneCount },
      lockedAtoms,
      lockedBeats,
      calls: load.incidents,
      hours: Math.max(1, (Date.parse(incidentsTo) - Date.parse(incidentsFrom)) / MS_PER_HOUR),
      workload,
      attempts: order.seconds * MOVES_PER_SECOND,
      most: PROPOSAL_LIMITS.most,
      limitMs: Math.max(LEAST_LIMIT_MS, order.seconds * 1000 * MOST_SLOWER),
    };

    function toKeys(proposed: BeatPlan): Pick<ProposedPlan, 'beatOfAtom' | 'zoneOfBeat'> {
      const { beatCount, zoneCount, beatOfAtom, zoneOfBeat } = plan;
      const beats = isFromDraft ? null : matchAreas(beatCount, beatOfAtom, proposed.beatOfAtom, workload);
      const zoneBefore = Uint16Array.from(beatOfAtom, (beat) => zoneOfBeat[beat] ?? zoneCount);
      const zones = isFromDraft ? null : matchAreas(zoneCount, zoneBefore, zoneOfAtom(proposed), workload);
      return {
        beatOfAtom: Array.from(proposed.beatOfAtom, (beat) => beatKeys[beats ? beats[beat] : beat]),
        zoneOfBeat: Array.from(proposed.zoneOfBeat, (zone, beat) => ({
          beat: beatKeys[beats ? beats[beat] : beat],
          zone: zoneKeys[zones ? zones[zone] : zone],
        })),
      };
    }
    return { task, toKeys, revision: draft.revision };
  }

  function begin(run: Run, task: Omit<ProposalTask, 'stop' | 'news'>): void {
    const { port1: heard, port2: news } = new MessageChannel();
    heard.on('message', (latest: ProposalNews) => {
      run.news = latest;
    });
    const end = (state: Run['state']) => {
      heard.close();
      run.state = state;
      run.endedAt = now();
    };
    workers
      .run<ProposalOutcome>(
        new URL('./propose-plans.task.ts', import.meta.url),
        { ...task, stop: run.stop, news },
        { transfer: [news] },
      )
      .then(
        (outcome) => {
          if ('refused' in outcome) {
            run.refused = { ...outcome.refused, code: `DESIGN_${outcome.refused.code}` };
            end('failed');
          } else {
            run.news = outcome.last;
            end(outcome.ended);
          }
        },
        (cause: unknown) => {
          // A server that closes takes its workers with it.
          if (run.stop[0] === 0) onError(cause);
          run.refused = { code: 'PROPOSALS_FAILED', params: {} };
          end('failed');
        },
      );
  }

  function keep(draft: number, run: Run): void {
    runs.delete(draft);
    runs.set(draft, run);
    const ended = [...runs].filter(([, { state }]) => state !== 'running');
    for (const [id] of ended.slice(0, Math.max(0, ended.length - MOST_KEPT))) runs.delete(id);
  }

  function view(draft: number, language: Language): ProposalRun | null {
    const run = runs.get(draft);
    if (run === undefined) return null;
    const { news, refused } = run;
    return {
      id: run.id,
      from: run.order.from,
      seed: run.order.seed,
      startedBy: run.startedBy,
      startedAt: run.startedAt.toISOString(),
      revision: run.revision,
      state: run.state,
      attempts: news?.attempts ?? 0,
      attemptsPlanned: run.attemptsPlanned,
      elapsedMs: (run.endedAt ?? now()).getTime() - run.startedAt.getTime(),
      responseUnit: news?.responseUnit ?? 'minutes',
      beginning: news?.beginning ?? null,
      proposals: (news?.proposals ?? []).map(({ id, response, balance, compactness, change }) => ({
        id,
        response,
        balance,
        compactness,
        change,
      })),
      failure: refused && { code: refused.code, ...messageOf(refused.code, language, refused.params) },
    };
  }

  return {
    view,

    async start(draft: number, order: ProposalOrder, doer: Doer): Promise<void> {
      refuseWhileBusy(draft);
      const { task, toKeys, revision } = await prepare(draft, order);
      // Somebody else may have begun meanwhile.
      refuseWhileBusy(draft);
      const run: Run = {
        id: randomUUID(),
        order: { from: order.from, seed: order.seed },
        startedBy: doer.actor,
        startedAt: now(),
        endedAt: null,
        revision,
        state: 'running',
        attemptsPlanned: task.attempts,
        news: null,
        refused: null,
        stop: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
        toKeys,
      };
      keep(draft, run);
      begin(run, task);
    },

    /** What was found so far stays. */
    stop(draft: number): void {
      const run = runs.get(draft);
      if (run === undefined) problem(404, 'NOT_FOUND');
      Atomics.store(run.stop, 0, 1);
    },

    stopAll(): void {
      for (const { stop } of runs.values()) Atomics.store(stop, 0, 1);
    },

    plan(draft: number, proposal: number): ProposedPlan {
      const run = runs.get(draft);
      const found = run?.news?.proposals.find(({ id }) => id === proposal);
      if (run === undefined || found === undefined) problem(404, 'PROPOSAL_GONE', { proposal });
      return { run: run.id, proposal, ...run.toKeys(found.plan) };
    },
  };
}
