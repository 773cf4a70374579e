import { type AtomSet, checkDraft, type DraftPlan, PlanEditError, UNASSIGNED } from '@xunfang/geo-data/beats';
import {
  DRAFT_LIMITS,
  type Draft,
  type DraftChecks,
  type DraftColumnsMeta,
  type DraftEditAnswer,
  type DraftEditBatch,
  type DraftHistory,
  encodeColumnBlock,
  type StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import { audit, type Db, type Doer, problem } from '../platform/index.ts';
import { atomsOfBureau, type BureauAtoms } from './atom-sets.ts';
import { checksOf, draftWarnings } from './draft-checks.ts';
import { draftResponse } from './draft-response.ts';
import { documentOfTables, refuseOtherAtoms } from './draft-document.ts';
import { type DraftRow, draftsRepository } from './drafts.repository.ts';
import { mergeEdits } from './merge-edits.ts';
import { planInForceAt } from './plan-in-force.ts';
import { type PlanRow, plansRepository } from './plans.repository.ts';
import type { PlansDeps } from './plans.service.ts';
import { summaryOf } from './plans.views.ts';
import { auditStrokes } from './stroke-audit.ts';
import { WEIGHT_OF_PRIORITY, workloadOfLoad } from './workload-of-load.ts';

/** A console that is further behind loads the draft anew. */
const MOST_EDITS_BEHIND = 5_000;
const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;

interface OpenDraft {
  row: PlanRow;
  draft: DraftRow;
  bureauAtoms: BureauAtoms;
}

/** What the studio edits: opened, merged with what others do, checked, kept with all its history. */
export function draftsService(deps: PlansDeps) {
  const { db, now } = deps;
  const plans = plansRepository(db);
  const drafts = draftsRepository(db);

  /** The first to open a draft makes its document; other plans are shown as their tables have them. */
  async function open(id: number): Promise<OpenDraft> {
    const row = (await plans.byId(id)) ?? problem(404, 'NOT_FOUND');
    const bureauAtoms = await atomsOfBureau(deps, row.bureau_id, row.resolution);
    let draft = await drafts.byId(id);
    if (draft === undefined) {
      const plan = await documentOfTables(plans, row, bureauAtoms);
      if (row.state === 'draft') await drafts.create(id, bureauAtoms.digest, plan);
      draft = (await drafts.byId(id)) ?? { revision: 0, drawnRevision: 0, digest: bureauAtoms.digest, plan };
    }
    if (draft.digest !== bureauAtoms.digest) {
      await documentOfTables(plans, row, bureauAtoms);
      refuseOtherAtoms(row, bureauAtoms.cells[0]);
    }
    return { row, draft, bureauAtoms };
  }

  async function basisLoad(row: PlanRow) {
    const { incidentsFrom, incidentsTo } = row.basis;
    const [from, to] = [new Date(incidentsFrom), new Date(incidentsTo)];
    return plans.cellLoad({ bureauId: row.bureau_id, from, to, resolution: row.resolution });
  }

  /** Number of the beat of every atom in the plan in force, `UNASSIGNED` where there is none or it is made of other atoms. */
  async function inForceNumbers(
    row: PlanRow,
    { cells }: BureauAtoms,
  ): Promise<{ id: number | null; numbers: Uint16Array }> {
    const numbers = new Uint16Array(cells.length).fill(UNASSIGNED);
    const id = await planInForceAt(db, row.bureau_id, now());
    if (id === null) return { id, numbers };
    const assigned = await plans.cells(id);
    const numberOf = new Map(Array.from(assigned.cells, (cell, i) => [cell, assigned.beatNumbers[i]]));
    for (const [atom, cell] of cells.entries()) numbers[atom] = numberOf.get(cell) ?? UNASSIGNED;
    return { id, numbers };
  }

  async function responseAgainstInForce(row: PlanRow, plan: DraftPlan, bureauAtoms: BureauAtoms, calls: Uint32Array) {
    const { id, numbers } = await inForceNumbers(row, bureauAtoms);
    const before = id === null || id === row.id ? undefined : await plans.head(id);
    if (id === null || before === undefined) return null;
    const { incidentsFrom, incidentsTo } = row.basis;
    const hours = Math.max(1, (Date.parse(incidentsTo) - Date.parse(incidentsFrom)) / MS_PER_HOUR);
    return draftResponse(deps.workers, { bureauAtoms, plan, before: { id, name: before.name, numbers }, calls, hours });
  }

  return {
    open,
    basisLoad,

    /** For whoever wants to have it open. */
    async find(id: number): Promise<{ bureauId: number; revision: number } | undefined> {
      const bureauId = await plans.bureauOf(id);
      return bureauId === undefined ? undefined : { bureauId, revision: (await drafts.revision(id)) ?? 0 };
    },

    async byId(id: number): Promise<Draft> {
      const { row, draft, bureauAtoms } = await open(id);
      return {
        plan: summaryOf(row, await planInForceAt(db, row.bureau_id, now())),
        revision: draft.revision,
        basedOnPlan: row.based_on_plan,
        atomSet: {
          kind: 'h3',
          resolution: row.resolution,
          count: bureauAtoms.atoms.count,
          digest: bureauAtoms.digest,
        },
        beats: [...draft.plan.beats],
        zones: [...draft.plan.zones],
        authors: await drafts.authors(id),
      };
    },

    /** Everything a console needs to paint and to score, in columns; see the contract. */
    async columns(id: number): Promise<Uint8Array<ArrayBuffer>> {
      const { row, draft, bureauAtoms } = await open(id);
      const { atoms, digest } = bureauAtoms;
      const load = workloadOfLoad(atoms, await basisLoad(row));
      const inForce = await inForceNumbers(row, bureauAtoms);
      const { incidentsFrom, incidentsTo } = row.basis;
      const meta: DraftColumnsMeta = {
        draft: id,
        revision: draft.revision,
        atomCount: atoms.count,
        resolution: atoms.resolution,
        digest,
        landPartCount: atoms.landPartCount,
        incidentsFrom,
        incidentsTo,
        basisDays: (Date.parse(incidentsTo) - Date.parse(incidentsFrom)) / MS_PER_DAY,
        weightOfPriority: WEIGHT_OF_PRIORITY,
        planInForce: inForce.id,
      };
      const [calls1, calls2, calls3, calls4] = load.calls;
      return encodeColumnBlock({
        meta,
        columns: {
          cellHi: atoms.cells.hi,
          cellLo: atoms.cells.lo,
          beatOfAtom: draft.plan.beatOfAtom,
          lockedAtoms: draft.plan.lockedAtoms,
          ...atomColumns(atoms),
          calls1,
          calls2,
          calls3,
          calls4,
          workload: load.workload,
          baseBeatOfAtom: inForce.numbers,
        },
      });
    },

    async history(id: number, after: number, limit: number): Promise<DraftHistory> {
      const revision = (await drafts.revision(id)) ?? (await open(id)).draft.revision;
      return { revision, edits: await drafts.editsAfter(id, after, limit) };
    },

    async checks(id: number): Promise<DraftChecks> {
      const { row, draft, bureauAtoms } = await open(id);
      const { atoms } = bureauAtoms;
      const problems = checkDraft({ atoms, draft: draft.plan });
      const { workload, incidents } = workloadOfLoad(atoms, await basisLoad(row));
      return {
        revision: draft.revision,
        problems: checksOf(atoms, problems, draft.plan),
        warnings: draftWarnings(atoms, draft.plan, workload, row.basis.tolerance),
        response: await responseAgainstInForce(row, draft.plan, bureauAtoms, incidents),
      };
    },

    /** Merges a batch into the draft and keeps it before it answers. `stored`: what everybody who has the draft open is to be told. */
    async edit(
      id: number,
      batch: DraftEditBatch,
      doer: Doer,
    ): Promise<{ answer: DraftEditAnswer; stored: StoredDraftEdit[] }> {
      if ((await drafts.revision(id)) === undefined) await open(id);
      return db.transaction().execute(async (trx) => {
        const kept = draftsRepository(trx);
        const draft = await kept.lock(id);
        const row = (await plansRepository(trx).head(id)) ?? problem(404, 'NOT_FOUND');
        if (row.state !== 'draft' || draft === undefined) problem(409, 'PLAN_NOT_DRAFT', { name: row.name });
        const { revision } = draft;
        if (batch.madeOn > revision || revision - batch.madeOn > MOST_EDITS_BEHIND)
          problem(409, 'DRAFT_REVISION_STALE', { madeOn: batch.madeOn, revision }, { field: 'madeOn' });
        const since = await kept.editsAfter(id, batch.madeOn, MOST_EDITS_BEHIND);
        const known = await kept.editsById(
          id,
          batch.edits.map((edit) => edit.id),
        );
        const beyond = batch.edits.findIndex(({ undoOf }) => undoOf !== null && undoOf > revision);
        if (beyond >= 0) problem(422, 'DRAFT_UNDO_UNKNOWN', { revision }, { field: 'edits', row: beyond });
        const merge = await merging(
          () => atomsOfBureau(deps, row.bureau_id, row.resolution),
          () =>
            mergeEdits({
              plan: draft.plan,
              revision,
              since,
              known: new Map(known.map((edit) => [edit.id, edit])),
              edits: batch.edits,
              author: doer.actor,
              at: now().toISOString(),
              mostKeys: DRAFT_LIMITS.keys,
            }),
        );
        const { stored, outcomes } = merge;
        if (stored.length > 0) {
          await kept.save(id, merge.revision, merge.plan);
          await kept.addEdits(id, stored);
          await kept.addAuthor(id, doer.actor);
        }
        for (const edit of stored)
          if (edit.operations.length > 0)
            await audit(trx, {
              bureauId: row.bureau_id,
              ...doer,
              action: 'draft.structure-changed',
              subject: `plan:${id}`,
              detail: { revision: edit.revision, tool: edit.tool, operations: edit.operations.map(summaryOfOperation) },
            });
        for (const edit of stored) if (edit.tool === 'proposal') await auditTakenOver(trx, { ...row, id }, edit, doer);
        return { answer: { revision: merge.revision, outcomes, since: [...since, ...stored] }, stored };
      });
    },

    /** The author has left: one line of the audit for all strokes since the last. */
    left: (id: number, author: string) => db.transaction().execute((trx) => auditStrokes(trx, id, author, null)),
  };
}

/** A proposal of the machine became part of the draft: not one stroke among many. */
const auditTakenOver = (
  trx: Db,
  { id, bureau_id }: Pick<PlanRow, 'id' | 'bureau_id'>,
  { revision, paint }: StoredDraftEdit,
  doer: Doer,
) =>
  audit(trx, {
    bureauId: bureau_id,
    ...doer,
    action: 'draft.proposal-taken',
    subject: `plan:${id}`,
    detail: { revision, atoms: paint?.atoms.length ?? 0 },
  });

/** The atoms as a console needs them; each with its neighbours. */
function atomColumns({ lon, lat, xMeters, yMeters, areaKm2, streetMeters, outerEdgeMeters, ...rest }: AtomSet) {
  const { clipped, landPart, neighbourOffset, neighbour, sharedEdgeMeters, connected } = rest;
  const ofAtom = { lon, lat, xMeters, yMeters, areaKm2, streetMeters, outerEdgeMeters, clipped, landPart };
  return { ...ofAtom, neighbourOffset, neighbour, sharedEdgeMeters, connected };
}

/** An edit that does not fit where it was made is refused with the place. */
async function merging<Result>(atomsOf: () => Promise<BureauAtoms>, merge: () => Result): Promise<Result> {
  try {
    return merge();
  } catch (error) {
    if (!(error instanceof PlanEditError)) throw error;
    const { code, atom, area } = error;
    const params: Record<string, number> = {};
    if (area !== null) params.key = area;
    if (atom !== null) {
      const { atoms } = await atomsOf();
      params.atom = atom;
      if (atom < atoms.count) [params.lon, params.lat] = [atoms.lon[atom], atoms.lat[atom]];
    }
    return problem(422, `DRAFT_EDIT_${code}`, params, { field: 'edits' });
  }
}

function summaryOfOperation(operation: StoredDraftEdit['operations'][number]) {
  return operation.op === 'lock-atoms'
    ? { op: operation.op, locked: operation.locked, atoms: operation.atoms.length }
    : operation;
}
