import type { Plan, PlanDesign, PlanSummary, ReliableEvent } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Db, problem, type Workers } from '../platform/index.ts';
import type { DesignedPlan, DesignOrder, DesignOutcome } from './plan-design.ts';
import { type PlanRow, plansRepository } from './plans.repository.ts';
import { planGeoJson, planOf, summaryOf } from './plans.views.ts';
import { roadsFileOf } from './roads-file.ts';
import { rosterUnits } from './roster-units.ts';

export interface PlansDeps {
  db: Db;
  workers: Workers;
  now: () => Date;
}

export interface Doer {
  actor: string;
  address: string | null;
}

const DEFAULT_SEED = 1;
const DEFAULT_TOLERANCE = 0.1;

export function plansService({ db, workers, now }: PlansDeps) {
  const repository = plansRepository(db);

  async function known(id: number): Promise<PlanRow> {
    return (await repository.byId(id)) ?? problem(404, 'NOT_FOUND');
  }

  async function whole(row: PlanRow): Promise<Plan> {
    const [zones, beats] = await Promise.all([repository.zones(row.id), repository.beats(row.id)]);
    return planOf(row, zones, beats, now());
  }

  /** The period given, else that of all incidents held. */
  async function basisPeriod(bureauId: number, design: PlanDesign): Promise<{ from: Date; to: Date }> {
    const extent = await repository.incidentExtent(bureauId);
    const from = design.incidentsFrom ? new Date(design.incidentsFrom) : (extent.from ?? now());
    const to = design.incidentsTo
      ? new Date(design.incidentsTo)
      : new Date((extent.to ?? new Date(from.getTime() + 1)).getTime() + 1);
    if (from >= to) {
      problem(
        422,
        'DESIGN_PERIOD_EMPTY',
        { from: from.toISOString(), to: to.toISOString() },
        { field: 'incidentsFrom' },
      );
    }
    return { from, to };
  }

  return {
    ownerOf: async (id: number) => (await known(id)).bureau_id,

    async list(bureauId: number): Promise<PlanSummary[]> {
      const rows = await repository.ofBureau(bureauId);
      return rows.map((row) => summaryOf(row, now()));
    },

    async inForce(bureauId: number, at: Date): Promise<Plan> {
      const row = await repository.inForceAt(bureauId, at);
      return row ? whole(row) : problem(404, 'NO_PLAN_IN_FORCE', { at: at.toISOString() });
    },

    byId: async (id: number): Promise<Plan> => whole(await known(id)),

    async geoJson(id: number) {
      const row = await known(id);
      return planGeoJson(row, await repository.zones(id), await repository.beats(id));
    },

    /** Designs a plan in a worker and keeps it as a draft. */
    async design(bureauId: number, design: PlanDesign, doer: Doer): Promise<Plan> {
      const bureau = await repository.bureau(bureauId);
      const { from, to } = await basisPeriod(bureauId, design);
      const resolution = design.resolution ?? bureau.atom_resolution;
      const { name, beats, zones, seed = DEFAULT_SEED, tolerance = DEFAULT_TOLERANCE } = design;
      const designed = await designInWorker(workers, {
        boundary: bureau.boundary,
        resolution,
        roadsFile: await roadsFileOf(bureau.slug),
        load: await repository.cellLoad({ bureauId, from, to, resolution }),
        beats,
        zones,
        seed,
        tolerance,
      });
      const { incidentCount, worstDeviation } = designed;
      const basis = {
        incidentsFrom: from.toISOString(),
        incidentsTo: to.toISOString(),
        incidentCount,
        seed,
        tolerance,
        worstDeviation,
      };
      const id = await db.transaction().execute(async (trx) => {
        const plans = plansRepository(trx);
        await plans.lockPlans(bureauId);
        const draft = await plans.insertDraft({
          bureauId,
          name,
          resolution,
          basis,
          createdBy: doer.actor,
          design: designed,
        });
        const detail = { name, beats, zones, resolution, seed, tolerance };
        await audit(trx, { bureauId, ...doer, action: 'plan.designed', subject: `plan:${draft}`, detail });
        return draft;
      });
      return whole(await known(id));
    },

    /**
     * Puts a draft in force from an instant on, until the start of the plan published for later, if there is one. The plan in force
     * at that instant ends there; one that began at that very instant is replaced. Incidents of the period change their beats in
     * the same transaction, and so do the units when the plan is in force now.
     */
    async publish(id: number, effectiveFrom: Date, doer: Doer): Promise<PlanSummary> {
      const { bureau_id: bureauId } = await known(id);
      return db.transaction().execute(async (trx) => {
        const plans = plansRepository(trx);
        await plans.lockPlans(bureauId);
        const draft = (await plans.byId(id)) ?? problem(404, 'NOT_FOUND');
        if (draft.state !== 'draft') problem(409, 'PLAN_NOT_DRAFT', { name: draft.name });
        const before = await plans.inForceAt(bureauId, now());
        const to = await makeRoom(plans, bureauId, effectiveFrom);
        await plans.setState(id, 'published', { from: effectiveFrom, to });
        const { resolution } = draft;
        const reassigned = await plans.assignIncidents({ bureauId, planId: id, resolution, from: effectiveFrom, to });
        await plans.touchData(bureauId);
        const row = (await plans.byId(id)) ?? problem(404, 'NOT_FOUND');
        const view = summaryOf(row, now());
        const rosterEvents =
          view.inForce && before !== undefined ? await moveUnits(plans, bureauId, before.id, id) : [];
        const detail = {
          name: draft.name,
          effectiveFrom: effectiveFrom.toISOString(),
          incidentsReassigned: reassigned,
        };
        await audit(trx, { bureauId, ...doer, action: 'plan.published', subject: `plan:${id}`, detail });
        await appendEvents(trx, bureauId, [...rosterEvents, { event: 'plan:published', payload: view }]);
        return view;
      });
    },

    /** Takes back a draft, or a published plan that has not begun; the plan before it then goes on in its stead. */
    async withdraw(id: number, doer: Doer): Promise<PlanSummary> {
      const { bureau_id: bureauId } = await known(id);
      return db.transaction().execute(async (trx) => {
        const plans = plansRepository(trx);
        await plans.lockPlans(bureauId);
        const row = (await plans.byId(id)) ?? problem(404, 'NOT_FOUND');
        if (row.state === 'withdrawn') problem(409, 'PLAN_WITHDRAWN', { name: row.name });
        if (row.effective_from !== null && row.effective_from <= now()) problem(409, 'PLAN_BEGUN', { name: row.name });
        await plans.setState(id, 'withdrawn', null);
        if (row.effective_from !== null) await closeGap(plans, bureauId, row.effective_from, row.effective_to);
        await audit(trx, {
          bureauId,
          ...doer,
          action: 'plan.withdrawn',
          subject: `plan:${id}`,
          detail: { name: row.name },
        });
        const view = summaryOf((await plans.byId(id)) ?? problem(404, 'NOT_FOUND'), now());
        await appendEvents(trx, bureauId, [{ event: 'plan:withdrawn', payload: view }]);
        return view;
      });
    },
  };
}

type Plans = ReturnType<typeof plansRepository>;

/** Units follow the plan in force: each to a beat of the new one near the beat it had. */
async function moveUnits(plans: Plans, bureauId: number, fromPlan: number, toPlan: number): Promise<ReliableEvent[]> {
  const units = await plans.unitsWithBeat(bureauId);
  if (units.length === 0) return [];
  const labels = async (planId: number) =>
    (await plans.beats(planId)).map(({ number, label_lon, label_lat }) => ({
      number,
      labelAt: [label_lon, label_lat] as const,
    }));
  const beats = await labels(toPlan);
  const oldPlaces = new Map((await labels(fromPlan)).map(({ number, labelAt }) => [number, labelAt]));
  const placed = units.map(({ id, beat_number }) => ({
    id,
    near: oldPlaces.get(beat_number ?? 0) ?? beats[0].labelAt,
  }));
  const revision = await plans.rosterUnits(bureauId, rosterUnits(placed, beats));
  return [{ event: 'roster:changed', payload: { revision } }];
}

/** Ends or replaces what is published at the instant. Returns where the next plan begins. */
async function makeRoom(plans: Plans, bureauId: number, from: Date): Promise<Date | null> {
  let next: Date | null = null;
  for (const other of await plans.published(bureauId)) {
    const begins = other.effective_from;
    if (begins === null) continue;
    if (begins > from) {
      next ??= begins;
      continue;
    }
    if (other.effective_to !== null && other.effective_to <= from) continue;
    if (begins.getTime() === from.getTime()) await plans.setState(other.id, 'withdrawn', null);
    else await plans.setState(other.id, 'published', { from: begins, to: from });
  }
  return next;
}

async function closeGap(plans: Plans, bureauId: number, from: Date, to: Date | null): Promise<void> {
  for (const other of await plans.published(bureauId)) {
    if (other.effective_from === null || other.effective_to?.getTime() !== from.getTime()) continue;
    await plans.setState(other.id, 'published', { from: other.effective_from, to });
    await plans.assignIncidents({ bureauId, planId: other.id, resolution: other.resolution, from, to });
    await plans.touchData(bureauId);
  }
}

async function designInWorker(workers: Workers, order: DesignOrder): Promise<DesignedPlan> {
  const outcome = await workers.run<DesignOutcome>(new URL('./design-plan.task.ts', import.meta.url), order);
  return 'plan' in outcome ? outcome.plan : problem(422, `DESIGN_${outcome.refused.code}`, outcome.refused.params);
}
