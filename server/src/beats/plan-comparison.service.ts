import {
  type BeatPlan,
  comparePlans,
  compactPlan,
  createAtomLookup,
  type DraftPlan,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import type { PlanComparison } from '@xunfang/geo-data/contract';
import { cellsToHex } from '@xunfang/geo-data/geometry';
import { problem } from '../platform/index.ts';
import { draftsService } from './drafts.service.ts';
import { planInForceAt } from './plan-in-force.ts';
import { plansRepository } from './plans.repository.ts';
import type { PlansDeps } from './plans.service.ts';
import { summaryOf } from './plans.views.ts';
import { workloadOfLoad } from './workload-of-load.ts';

interface ComparisonOrder {
  from: number;
  to: number;
  incidentsFrom?: string;
  incidentsTo?: string;
}

/** Two plans or drafts beside each other: what changes for whom. By the incidents the second is based on, unless told otherwise. */
export function planComparisonService(deps: PlansDeps) {
  const { db, now } = deps;
  const drafts = draftsService(deps);
  const plans = plansRepository(db);

  return {
    async compare(bureauId: number, order: ComparisonOrder): Promise<PlanComparison> {
      // Opening may write, and refuses with the name of the plan: another bureau's is not opened at all.
      for (const id of [order.from, order.to]) if ((await plans.bureauOf(id)) !== bureauId) problem(404, 'NOT_FOUND');
      const before = await drafts.open(order.from);
      const after = await drafts.open(order.to);
      if (before.row.resolution !== after.row.resolution)
        problem(409, 'PLANS_OF_OTHER_ATOMS', { from: before.row.resolution, to: after.row.resolution });
      const { atoms } = after.bureauAtoms;
      const basis = after.row.basis;
      const incidentsFrom = new Date(order.incidentsFrom ?? basis.incidentsFrom);
      const incidentsTo = new Date(order.incidentsTo ?? basis.incidentsTo);
      const period = { from: incidentsFrom, to: incidentsTo };
      const load = await plans.cellLoad({ bureauId, ...period, resolution: atoms.resolution });
      const { workload, incidents } = workloadOfLoad(atoms, load);
      const places = await plans.keyPlaces(bureauId);
      const placed = createAtomLookup(atoms).atomsOfPoints(
        Float64Array.from(places, ({ lon }) => lon),
        Float64Array.from(places, ({ lat }) => lat),
      );
      const inside = Array.from(placed.keys()).filter((i) => placed[i] < atoms.count);
      const [one, two] = [compact(before.draft.plan), compact(after.draft.plan)];
      const { successor, changed, moved } = comparePlans({
        before: one.plan.beatOfAtom,
        after: two.plan.beatOfAtom,
        beatCountBefore: one.plan.beatCount,
        beatCountAfter: two.plan.beatCount,
        areaKm2: atoms.areaKm2,
        incidents,
        workload,
        placeAtoms: Uint32Array.from(inside, (i) => placed[i]),
      });
      const hexes = cellsToHex(atoms.cells);
      const between = (atom: number) => ({
        fromBeat: one.numberOf(one.plan.beatOfAtom[atom]),
        toBeat: two.numberOf(two.plan.beatOfAtom[atom]),
      });
      const inForce = await planInForceAt(db, bureauId, now());
      return {
        from: summaryOf(before.row, inForce),
        to: summaryOf(after.row, inForce),
        incidentsFrom: incidentsFrom.toISOString(),
        incidentsTo: incidentsTo.toISOString(),
        total: {
          atoms: atoms.count,
          areaKm2: sum(atoms.areaKm2),
          incidents: sum(incidents),
          workload: sum(workload),
          keyPlaces: inside.length,
        },
        successors: Array.from(successor, (to, from) => ({ fromBeat: one.numberOf(from), toBeat: two.numberOf(to) })),
        moved: moved.map(({ before: from, after: to, places: keyPlaces, ...figures }) => ({
          fromBeat: one.numberOf(from),
          toBeat: two.numberOf(to),
          keyPlaces,
          ...figures,
        })),
        atoms: hexes.flatMap((cell, atom) => (changed[atom] === 1 ? [{ cell, ...between(atom) }] : [])),
        keyPlaces: inside.flatMap((i) =>
          changed[placed[i]] === 1 ? [{ placeId: places[i].id, ...between(placed[i]) }] : [],
        ),
      };
    },
  };
}

function compact(draft: DraftPlan): { plan: BeatPlan; numberOf(beat: number): number } {
  const { plan, beatKeys } = compactPlan(draft);
  return { plan, numberOf: (beat) => (beat === UNASSIGNED ? 0 : draft.beats[beatKeys[beat]].number) };
}

function sum(values: Float64Array | Uint32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
