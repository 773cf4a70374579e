import { checkDraft, planSpells } from '@xunfang/geo-data/beats';
import type { PlanPublication, PlanShift, PlanSummary, ReliableEvent, Review } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Db, type Doer, problem } from '../platform/index.ts';
import { checksOf } from './draft-checks.ts';
import { draftsRepository } from './drafts.repository.ts';
import { draftsService } from './drafts.service.ts';
import { drawDraft } from './draw-draft.ts';
import { applyPlanInForce, planInForceAt, reassignIncidents } from './plan-in-force.ts';
import { type PlanRow, plansRepository } from './plans.repository.ts';
import type { PlansDeps } from './plans.service.ts';
import { summaryOf } from './plans.views.ts';
import { auditStrokes } from './stroke-audit.ts';
import { planCalendarRepository } from './plan-calendar.repository.ts';

type Plans = ReturnType<typeof plansRepository>;
interface Variant {
  shift: PlanShift;
  dutyLevel: number | null;
}

/** A plan may be published for a moment ago, but what a plan before it has counted stays counted. */
const BACKDATE_MS = 86_400_000;

/** From the draft to the plan in force and back: each step checks the state before, is audited, and is told to every console. */
export function planLifecycleService(deps: PlansDeps) {
  const { db, now } = deps;

  async function known(plans: Plans, id: number): Promise<PlanRow> {
    return (await plans.byId(id)) ?? problem(404, 'NOT_FOUND');
  }

  /** Only a draft is drawn as it is edited: what a plan is when it ceases to be one has to be drawn before. */
  const draw = async (id: number): Promise<PlanRow> => drawDraft(deps, await known(plansRepository(db), id));

  /** One step in its transaction, which holds the plans of the bureau. */
  async function step(
    id: number,
    doer: Doer,
    change: (context: { trx: Db; plans: Plans; row: PlanRow }) => Promise<{
      action: string;
      detail?: Record<string, unknown>;
      event: 'plan:changed' | 'plan:published' | 'plan:withdrawn';
    }>,
  ): Promise<PlanSummary> {
    const { bureau_id: bureauId } = await known(plansRepository(db), id);
    return db.transaction().execute(async (trx) => {
      const plans = plansRepository(trx);
      await plans.lockPlans(bureauId);
      const row = await known(plans, id);
      const { action, detail, event } = await change({ trx, plans, row });
      const view = summaryOf(await known(plans, id), await planInForceAt(trx, bureauId, now()));
      await audit(trx, { bureauId, ...doer, action, subject: `plan:${id}`, detail: { name: row.name, ...detail } });
      const effect: ReliableEvent[] = await applyPlanInForce(trx, bureauId, now(), doer);
      await appendEvents(trx, bureauId, [{ event, payload: view }, ...effect]);
      return view;
    });
  }

  async function publishIn(trx: Db, row: PlanRow, from: Date, variant: Variant) {
    const plans = plansRepository(trx);
    await refuseRewriting(trx, row.bureau_id, from);
    const to = await makeRoom(plans, row.bureau_id, from, variant);
    await plans.publish(row.id, { from, to }, variant);
    const incidentsReassigned = await reassignIncidents(trx, row.bureau_id, from, now());
    const detail = { effectiveFrom: from.toISOString(), ...variant, incidentsReassigned };
    return { action: 'plan.published', detail, event: 'plan:published' } as const;
  }

  async function refuseRewriting(trx: Db, bureauId: number, from: Date): Promise<void> {
    const latest = now().getTime() - BACKDATE_MS;
    if (from.getTime() >= latest) return;
    const calendar = await planCalendarRepository(trx).calendar(bureauId);
    const spells = planSpells(calendar, from.getTime() / 1000, latest / 1000);
    if (spells.some(({ planId }) => planId !== null))
      problem(409, 'PLAN_REWRITES_HISTORY', { from: from.toISOString() }, { field: 'effectiveFrom' });
  }

  return {
    /** Only a draft: what was submitted is reviewed under the name it has. */
    rename: (id: number, name: string, doer: Doer): Promise<PlanSummary> =>
      step(id, doer, async ({ plans, row }) => {
        if (row.state !== 'draft') problem(409, 'PLAN_NOT_DRAFT', { name: row.name });
        await plans.update(id, { name });
        return { action: 'plan.renamed', detail: { to: name }, event: 'plan:changed' };
      }),

    /** The hard checks must pass on the revision that was looked at; what it is then is drawn and stays. */
    async submit(id: number, revision: number, doer: Doer): Promise<PlanSummary> {
      const { row, draft, bureauAtoms } = await draftsService(deps).open(id);
      const { atoms } = bureauAtoms;
      if (row.state !== 'draft') problem(409, 'PLAN_NOT_DRAFT', { name: row.name });
      if (draft.revision !== revision) refuseStale(revision, draft.revision);
      const [first, ...others] = checkDraft({ atoms, draft: draft.plan });
      if (first !== undefined) {
        const { at } = checksOf(atoms, [first], draft.plan)[0];
        problem(422, 'DRAFT_UNSOUND', {
          problem: first.code,
          count: others.length + 1,
          ...(at === null ? {} : { lon: at[0], lat: at[1] }),
        });
      }
      await drawDraft(deps, row);
      return step(id, doer, async ({ trx, plans, row: { state, name } }) => {
        const drafts = draftsRepository(trx);
        const locked = await drafts.lock(id);
        if (state !== 'draft') problem(409, 'PLAN_NOT_DRAFT', { name });
        if (locked?.revision !== revision || locked.drawnRevision !== revision)
          refuseStale(revision, locked?.revision ?? 0);
        await plans.update(id, { state: 'submitted', submitted_by: doer.actor, review_note: null });
        for (const author of await drafts.authors(id)) await auditStrokes(trx, id, author, doer.address);
        return { action: 'plan.submitted', detail: { revision }, event: 'plan:changed' };
      });
    },

    /** Approved by somebody who has no part in it, or sent back to be changed, also after it was approved. */
    review: (id: number, { decision, note = '' }: Review, doer: Doer): Promise<PlanSummary> =>
      step(id, doer, async ({ trx, plans, row }) => {
        const text = note.trim() || null;
        if (decision === 'send-back') {
          if (row.state !== 'submitted' && row.state !== 'approved')
            problem(409, 'PLAN_NOT_SUBMITTED', { name: row.name });
          await plans.update(id, { state: 'draft', submitted_by: null, approved_by: null, review_note: text });
          return { action: 'plan.sent-back', detail: { note: text }, event: 'plan:changed' };
        }
        if (row.state !== 'submitted') problem(409, 'PLAN_NOT_SUBMITTED', { name: row.name });
        const authors = await draftsRepository(trx).authors(id);
        if ([row.created_by, row.submitted_by, ...authors].includes(doer.actor))
          problem(403, 'PLAN_APPROVED_BY_AUTHOR', { name: row.name });
        await plans.update(id, { state: 'approved', approved_by: doer.actor, review_note: text });
        return { action: 'plan.approved', detail: { note: text }, event: 'plan:changed' };
      }),

    /**
     * Puts an approved plan in force from an instant on, for its variant, until the start of the one published for later, if there is one.
     * The plan of that variant in force at that instant ends there; one that was to begin at that very instant is superseded.
     */
    publish: (id: number, { effectiveFrom, shift = 'all', dutyLevel = null }: PlanPublication, doer: Doer) =>
      step(id, doer, async ({ trx, row }) => {
        if (row.state !== 'approved') problem(409, 'PLAN_NOT_APPROVED', { name: row.name });
        return publishIn(trx, row, effectiveFrom === null ? now() : new Date(effectiveFrom), { shift, dutyLevel });
      }),

    /** The first plan of a bureau comes with the installation: nobody is there yet to approve it. Refused once there was one. */
    install: async (id: number, effectiveFrom: Date, doer: Doer) => {
      await draw(id);
      return step(id, doer, async ({ trx, plans, row }) => {
        const before = await plans.ofBureau(row.bureau_id);
        if (row.state !== 'draft' || before.some(({ state }) => state === 'published' || state === 'superseded'))
          problem(409, 'PLAN_NOT_APPROVED', { name: row.name });
        return publishIn(trx, row, effectiveFrom, { shift: 'all', dutyLevel: null });
      });
    },

    /** Takes back what has not begun; where it was published, the plan before it goes on in its stead. */
    withdraw: async (id: number, doer: Doer): Promise<PlanSummary> => {
      await draw(id);
      return step(id, doer, async ({ trx, plans, row }) => {
        const { name, bureau_id: bureauId, effective_from: from, effective_to: to } = row;
        if (row.state === 'withdrawn' || row.state === 'superseded') problem(409, 'PLAN_WITHDRAWN', { name });
        if (from !== null && from <= now()) problem(409, 'PLAN_BEGUN', { name });
        await plans.update(id, { state: 'withdrawn', effective: null });
        if (from !== null) {
          await closeGap(plans, row, from, to);
          await reassignIncidents(trx, bureauId, from, now());
        }
        for (const author of await draftsRepository(trx).authors(id)) await auditStrokes(trx, id, author, doer.address);
        return { action: 'plan.withdrawn', event: 'plan:withdrawn' };
      });
    },
  };
}

function refuseStale(madeOn: number, revision: number): never {
  return problem(409, 'DRAFT_REVISION_STALE', { madeOn, revision }, { field: 'revision' });
}

const sameVariant = (row: PlanRow, { shift, dutyLevel }: Variant) =>
  row.shift === shift && row.duty_level === dutyLevel;

/** Ends or replaces what is published for the variant at the instant. Returns where its next plan begins. */
async function makeRoom(plans: Plans, bureauId: number, from: Date, variant: Variant): Promise<Date | null> {
  let next: Date | null = null;
  for (const other of await plans.published(bureauId)) {
    const begins = other.effective_from;
    if (begins === null || !sameVariant(other, variant)) continue;
    if (begins > from) {
      next ??= begins;
      continue;
    }
    if (other.effective_to !== null && other.effective_to <= from) continue;
    if (begins.getTime() === from.getTime()) await plans.update(other.id, { state: 'superseded', effective: null });
    else await plans.publish(other.id, { from: begins, to: from });
  }
  return next;
}

async function closeGap(plans: Plans, row: PlanRow, from: Date, to: Date | null): Promise<void> {
  const variant = { shift: row.shift, dutyLevel: row.duty_level };
  for (const other of await plans.published(row.bureau_id)) {
    if (other.effective_from === null || other.effective_to?.getTime() !== from.getTime()) continue;
    if (sameVariant(other, variant)) await plans.publish(other.id, { from: other.effective_from, to });
  }
}
