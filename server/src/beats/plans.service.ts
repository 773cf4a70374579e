import type { Plan, PlanDesign, PlanSummary } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Db, type Doer, problem, type Workers } from '../platform/index.ts';
import { draftsService } from './drafts.service.ts';
import { drawDraft } from './draw-draft.ts';
import { drawnPlansRepository } from './drawn-plans.repository.ts';
import type { DesignedPlan, DesignOrder, DesignOutcome } from './plan-design.ts';
import { planInForceAt } from './plan-in-force.ts';
import { type PlanBasis, type PlanRow, plansRepository } from './plans.repository.ts';
import { planGeoJson, planOf, summaryOf } from './plans.views.ts';
import { roadsFileOf } from './roads-file.ts';

export interface PlansDeps {
  db: Db;
  workers: Workers;
  now: () => Date;
}

const DEFAULT_SEED = 1;
const DEFAULT_TOLERANCE = 0.1;

/** Plans to look at, and the two ways in which one comes to be: designed, or cloned. */
export function plansService(deps: PlansDeps) {
  const { db, workers, now } = deps;
  const repository = plansRepository(db);

  async function known(id: number): Promise<PlanRow> {
    return (await repository.byId(id)) ?? problem(404, 'NOT_FOUND');
  }

  /** A draft is drawn as it stands. */
  async function whole(found: PlanRow): Promise<Plan> {
    const row = await drawDraft(deps, found);
    const [zones, beats, inForce] = await Promise.all([
      repository.zones(row.id),
      repository.beats(row.id),
      planInForceAt(db, row.bureau_id, now()),
    ]);
    return planOf(row, zones, beats, inForce);
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
    ownerOf: async (id: number) => (await repository.bureauOf(id)) ?? problem(404, 'NOT_FOUND'),

    async list(bureauId: number): Promise<PlanSummary[]> {
      const [rows, inForce] = await Promise.all([repository.ofBureau(bureauId), planInForceAt(db, bureauId, now())]);
      return rows.map((row) => summaryOf(row, inForce));
    },

    async inForce(bureauId: number, at: Date): Promise<Plan> {
      const id = await planInForceAt(db, bureauId, at);
      return id === null ? problem(404, 'NO_PLAN_IN_FORCE', { at: at.toISOString() }) : whole(await known(id));
    },

    byId: async (id: number): Promise<Plan> => whole(await known(id)),

    async geoJson(id: number) {
      const row = await drawDraft(deps, await known(id));
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
      const basis: PlanBasis = {
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
        const created = { bureauId, name, resolution, basis, createdBy: doer.actor, basedOnPlan: null };
        const draft = await drawnPlansRepository(trx).insertDraft({ ...created, design: designed });
        const detail = { name, beats, zones, resolution, seed, tolerance };
        await audit(trx, { bureauId, ...doer, action: 'plan.designed', subject: `plan:${draft}`, detail });
        await tellOfNew(trx, draft);
        return draft;
      });
      return whole(await known(id));
    },

    /** A new draft like any plan or draft of the bureau, as that one stands. */
    async clone(id: number, name: string, doer: Doer): Promise<PlanSummary> {
      // Refuses a plan of other atoms: nobody could edit its clone.
      const { row } = await draftsService(deps).open(id);
      const source = await drawDraft(deps, row);
      return db.transaction().execute(async (trx) => {
        const plans = plansRepository(trx);
        await plans.lockPlans(source.bureau_id);
        const draft = await drawnPlansRepository(trx).insertClone(source, name, doer.actor);
        await audit(trx, {
          bureauId: source.bureau_id,
          ...doer,
          action: 'plan.cloned',
          subject: `plan:${draft}`,
          detail: { name, from: id },
        });
        return tellOfNew(trx, draft);
      });
    },
  };
}

/** The event of a draft that has just come to be. */
export async function tellOfNew(trx: Db, id: number): Promise<PlanSummary> {
  const row = (await plansRepository(trx).byId(id)) ?? problem(404, 'NOT_FOUND');
  const view = summaryOf(row, null);
  await appendEvents(trx, row.bureau_id, [{ event: 'plan:changed', payload: view }]);
  return view;
}

async function designInWorker(workers: Workers, order: DesignOrder): Promise<DesignedPlan> {
  const outcome = await workers.run<DesignOutcome>(new URL('./design-plan.task.ts', import.meta.url), order);
  return 'plan' in outcome ? outcome.plan : problem(422, `DESIGN_${outcome.refused.code}`, outcome.refused.params);
}
