export { addBaseWorkload } from './add-base-workload.ts';
export { applyDraftEdit, sameAttribute } from './apply-draft-edit.ts';
export { applyEdit, assertEditFits, type PlanEdit } from './apply-edit.ts';
export { type AtomLookup, createAtomLookup } from './atom-lookup.ts';
export type { AtomGraph, AtomSet, BureauBoundary } from './atom-set.ts';
export { type AtomSetRequest, createAtomSet } from './atoms.ts';
export { type BeatAdjacency, beatAdjacency } from './beat-adjacency.ts';
export { type BoundaryProperties, beatBoundaries } from './beat-boundaries.ts';
export { BeatDesignError, type BeatDesignErrorCode } from './beat-design-error.ts';
export { checkDraft, type DraftProblem } from './check-draft.ts';
export { checkPlan, type PlanFinding } from './check-plan.ts';
export { colourOfBeat } from './colour-of-beat.ts';
export { comparePlans, type MovedBetween, type PlanComparisonRequest, type PlanDifference } from './compare-plans.ts';
export { type BeatLookup, createBeatLookup } from './create-beat-lookup.ts';
export { type BeatDesign, type BeatDesignRequest, designBeats } from './design-beats.ts';
export {
  type BeatAttributes,
  compactPlan,
  type DraftBeat,
  type DraftEdit,
  type DraftOperation,
  type DraftPlan,
  type DraftZone,
  isBeatLocked,
  isStanding,
  type ZoneAttributes,
} from './draft-plan.ts';
export { invertDraftEdit } from './invert-draft-edit.ts';
export { invertEdit } from './invert-edit.ts';
export { labelPoint } from './label-point.ts';
export { assertPlanFits, type BeatPlan, UNASSIGNED, zoneOfAtom } from './plan.ts';
export {
  type PlanCalendar,
  type PlanPeriod,
  type PlanSpell,
  planAt,
  planSpells,
  type ShiftWindow,
} from './plan-calendar.ts';
export { PlanEditError, type PlanEditErrorCode } from './plan-edit-error.ts';
export { type AreaFigures, type PlanFigures, planFigures } from './plan-figures.ts';
export { type RebasedEdit, type RebaseRefusal, rebaseDraftEdit } from './rebase-draft-edit.ts';
export { type KeyNames, renameKeys } from './rename-keys.ts';
export { type WorkloadRequest, workloadPerAtom } from './workload-per-atom.ts';
