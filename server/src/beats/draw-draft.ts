import { type AtomSet, compactPlan, type DraftPlan } from '@xunfang/geo-data/beats';
import { type Db, problem, type Workers } from '../platform/index.ts';
import { atomsOfBureau } from './atom-sets.ts';
import { draftsRepository } from './drafts.repository.ts';
import { drawnPlansRepository } from './drawn-plans.repository.ts';
import type { AreaLabel, DrawingOrder, DrawnPlan } from './plan-design.ts';
import { type PlanRow, plansRepository } from './plans.repository.ts';

interface Drawing {
  db: Db;
  workers: Workers;
}

/**
 * Brings the tables of a draft, its outlines and figures, up to what is edited; other plans are as they are. Answers the row as it is then.
 * Of two areas with the same number, which keeps a draft from being submitted, the later is drawn under the next free one.
 */
export async function drawDraft(deps: Drawing, row: PlanRow): Promise<PlanRow> {
  if (row.state !== 'draft') return row;
  const draft = await draftsRepository(deps.db).byId(row.id);
  if (draft === undefined || draft.drawnRevision === draft.revision) return row;
  const { atoms, digest } = await atomsOfBureau(deps, row.bureau_id, row.resolution);
  // The bureau has other atoms by now: nobody can edit or clone it, and it stays as it was drawn last.
  if (draft.digest !== digest) return row;
  const drawn = await drawPlan(deps, row, draft.plan, atoms);
  return deps.db.transaction().execute(async (trx) => {
    const plans = plansRepository(trx);
    const now = await draftsRepository(trx).lock(row.id);
    const found = (await plans.byId(row.id)) ?? problem(404, 'NOT_FOUND');
    // Somebody submitted it, or drew a later revision, meanwhile.
    if (found.state !== 'draft' || now === undefined || now.drawnRevision >= draft.revision) return found;
    await drawnPlansRepository(trx).redraw(row.id, drawn);
    await draftsRepository(trx).setDrawn(row.id, draft.revision);
    return (await plans.byId(row.id)) ?? problem(404, 'NOT_FOUND');
  });
}

/** Outlines and figures of a draft, by the incidents its plan is based on. In a worker. */
async function drawPlan({ db, workers }: Drawing, row: PlanRow, draft: DraftPlan, atoms: AtomSet): Promise<DrawnPlan> {
  const { plan, beatKeys, zoneKeys } = compactPlan(draft);
  const order: DrawingOrder = {
    atoms,
    plan,
    beats: labelsOf(draft.beats, beatKeys),
    zones: labelsOf(draft.zones, zoneKeys),
    load: await plansRepository(db).cellLoad({
      bureauId: row.bureau_id,
      from: new Date(row.basis.incidentsFrom),
      to: new Date(row.basis.incidentsTo),
      resolution: row.resolution,
    }),
  };
  return workers.run<DrawnPlan>(new URL('./draw-plan.task.ts', import.meta.url), order);
}

function labelsOf(areas: readonly AreaLabel[], keys: Uint16Array): AreaLabel[] {
  const taken = new Set<number>();
  let next = Math.max(0, ...areas.map(({ number }) => number)) + 1;
  return Array.from(keys, (key) => {
    const { number, name, colour } = areas[key];
    const free = taken.has(number) ? next++ : number;
    taken.add(free);
    return { number: free, name, colour };
  });
}
