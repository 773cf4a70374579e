export { addBaseWorkload } from './add-base-workload.ts';
export { applyDraftEdit } from './apply-draft-edit.ts';
export type { PlanEdit } from './apply-edit.ts';
export { areaParts } from './area-parts.ts';
export { type AtomLookup, createAtomLookup, NO_ATOM } from './atom-lookup.ts';
export { type AtomOutlines, atomOutlines } from './atom-outlines.ts';
export {
  atomsOfPolygons,
  type PolygonAtomRequest,
  type PolygonAtoms,
  type PolygonDefect,
} from './areas/atoms-of-polygons.ts';
export { createStreetBlocks, type StreetBlockRequest } from './areas/street-blocks.ts';
export type { AreaAtoms, AtomGraph, AtomSet, BureauBoundary } from './atom-set.ts';
export { type AtomShapes, atomShapes } from './atom-shapes.ts';
export { type AtomSetRequest, createAtomSet } from './atoms.ts';
export { type BeatAdjacency, beatAdjacency } from './beat-adjacency.ts';
export { type BoundaryProperties, beatBoundaries } from './beat-boundaries.ts';
export { BeatDesignError, type BeatDesignErrorCode } from './beat-design-error.ts';
export { type BeatShapes, beatShapes } from './beat-shapes.ts';
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
export { atomsAlong } from './gestures/atoms-along.ts';
export { atomsInLasso } from './gestures/atoms-in-lasso.ts';
export { atomsInRectangle } from './gestures/atoms-in-rectangle.ts';
export { atomsOfBeat } from './gestures/atoms-of-beat.ts';
export { beatPieces } from './gestures/beat-pieces.ts';
export { brushAtoms, MOST_BRUSH_RINGS } from './gestures/brush-atoms.ts';
export { fillAtoms } from './gestures/fill-atoms.ts';
export { lockedAgainst, mayMove } from './gestures/may-move.ts';
export { moveBoundary } from './gestures/move-boundary.ts';
export { paintAtoms } from './gestures/paint-atoms.ts';
export { pullBack } from './gestures/pull-back.ts';
export { repairBeat } from './gestures/repair-beat.ts';
export { splitBeat } from './gestures/split-beat.ts';
export { invertDraftEdit } from './invert-draft-edit.ts';
export { labelPoint } from './label-point.ts';
export { type LaidOutlines, layOnAtoms } from './lay-on-atoms.ts';
export { type LinkRows, linkRows } from './link-rows.ts';
export { meanAtomKm2 } from './mean-atom-km2.ts';
export { assertBeatsFit, assertPlanFits, type BeatPlan, UNASSIGNED, zoneOfAtom } from './plan.ts';
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
export { describeProposal, type PlanProposal, type ProposalObjective } from './proposal-figures.ts';
export { fairShare } from './fair-share.ts';
export { type ProposalRequest, type ProposalStep, proposePlans } from './propose-plans.ts';
export { type RebasedEdit, type RebaseRefusal, rebaseDraftEdit } from './rebase-draft-edit.ts';
export { type KeyNames, renameKeys } from './rename-keys.ts';
export { type TravelBoundRequest, travelBound } from './travel-bound.ts';
export { type WorkloadRequest, workloadPerAtom } from './workload-per-atom.ts';
