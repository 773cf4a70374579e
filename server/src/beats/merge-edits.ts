import {
  applyDraftEdit,
  type DraftPlan,
  invertDraftEdit,
  isStanding,
  type DraftEdit as KernelEdit,
  type KeyNames,
  rebaseDraftEdit,
  renameKeys,
} from '@xunfang/geo-data/beats';
import type {
  DraftEdit,
  DraftEditOutcome,
  Overridden,
  Paint,
  Refused,
  StoredDraftEdit,
} from '@xunfang/geo-data/contract';

export interface MergeRequest {
  /** The draft as it stands, at `revision`. */
  plan: DraftPlan;
  revision: number;
  /** Everything stored after the revision that the first of the edits was made on, ascending. */
  since: readonly StoredDraftEdit[];
  /** Those of the edits that are stored already, by id, also from before. */
  known: ReadonlyMap<string, StoredDraftEdit>;
  edits: readonly DraftEdit[];
  author: string;
  at: string;
  mostKeys: number;
}

export interface Merge {
  plan: DraftPlan;
  revision: number;
  /** To be kept, ascending from the revision given. */
  stored: StoredDraftEdit[];
  outcomes: DraftEditOutcome[];
}

/**
 * Takes a console's edits into a draft that others have changed since: replays each first where it was made (a PlanEditError where it does not
 * fit, that names the place), then makes it again on the draft as it stands. An edit sent twice counts once. The same functions as in the
 * console. O(since + edits), each with its atoms.
 */
export function mergeEdits(request: MergeRequest): Merge {
  const { since, known, author, at, mostKeys } = request;
  let { plan, revision } = request;
  let seen = since.toReversed().reduce((draft, edit) => applyDraftEdit(draft, invertDraftEdit(kernelEdit(edit))), plan);
  const firstRevision = request.revision - since.length;
  const stored: StoredDraftEdit[] = [];
  const outcomes: DraftEditOutcome[] = [];
  const names = { beats: new Map<number, number>(), zones: new Map<number, number>() };

  for (const edit of request.edits) {
    const repeated = known.get(edit.id) ?? stored.find(({ id }) => id === edit.id);
    if (repeated !== undefined) {
      if (edit.undoOf === null) followNames(names, edit, repeated);
      if (repeated.revision > firstRevision) seen = applyDraftEdit(padded(seen, plan), renamed(edit, names));
      outcomes.push({ id: edit.id, outcome: 'repeated', stored: repeated, refused: [] });
      continue;
    }
    if (edit.undoOf === null) dealNames(names, edit, plan, seen);
    const wanted = renamed(edit, names);
    seen = applyDraftEdit(padded(seen, plan), wanted);
    const rebased = rebaseDraftEdit({ current: plan, edit: wanted, isUndo: edit.undoOf !== null, mostKeys });
    const refused: Refused[] = rebased.refused;
    const { paint, operations } = rebased.edit;
    plan = applyDraftEdit(plan, rebased.edit);
    revision++;
    const kept: StoredDraftEdit = {
      id: edit.id,
      tool: edit.tool,
      paint: paint === null ? null : wirePaint(paint),
      operations: operations as StoredDraftEdit['operations'],
      undoOf: edit.undoOf,
      revision,
      author,
      at,
      overridden: whoseWork(rebased.overridden, since),
    };
    stored.push(kept);
    // Kept even where nothing is left of it: sent again later, it must not find something to change.
    const isEmpty = paint === null && operations.length === 0;
    outcomes.push({ id: edit.id, outcome: isEmpty ? 'empty' : 'stored', stored: kept, refused });
  }
  return { plan, revision, stored, outcomes };
}

/** The wire's numbers as columns. */
export function kernelEdit({ paint, operations }: Pick<DraftEdit, 'paint' | 'operations'>): KernelEdit {
  return {
    operations,
    paint: paint && {
      atoms: Uint32Array.from(paint.atoms),
      before: Uint16Array.from(paint.before),
      after: Uint16Array.from(paint.after),
    },
  };
}

const wirePaint = ({ atoms, before, after }: NonNullable<KernelEdit['paint']>): Paint => ({
  atoms: Array.from(atoms),
  before: Array.from(before),
  after: Array.from(after),
});

const renamed = (edit: DraftEdit, names: KeyNames) => renameKeys(kernelEdit(edit), names);

/** What the console saw, with empty places where others have added areas since: keys mean the same in both. */
function padded(seen: DraftPlan, plan: DraftPlan): DraftPlan {
  if (seen.beats.length >= plan.beats.length && seen.zones.length >= plan.zones.length) return seen;
  const fill = <Area extends { removed: boolean }>(to: readonly Area[], from: readonly Area[]): Area[] => [
    ...to,
    ...from.slice(to.length).map((area) => ({ ...area, removed: true })),
  ];
  return { ...seen, beats: fill(seen.beats, plan.beats), zones: fill(seen.zones, plan.zones) };
}

interface Names {
  beats: Map<number, number>;
  zones: Map<number, number>;
}

/** An added area whose key somebody took meanwhile gets the next. */
function dealNames(names: Names, edit: DraftEdit, plan: DraftPlan, seen: DraftPlan): void {
  let nextBeat = Math.max(plan.beats.length, seen.beats.length);
  let nextZone = Math.max(plan.zones.length, seen.zones.length);
  for (const operation of edit.operations) {
    if (operation.op === 'add-beat' && isStanding(plan.beats[operation.beat]))
      names.beats.set(operation.beat, nextBeat++);
    if (operation.op === 'add-zone' && isStanding(plan.zones[operation.zone]))
      names.zones.set(operation.zone, nextZone++);
  }
}

/** The keys that an edit got when it was sent first: additions are stored in their order, or not at all. */
function followNames(names: Names, edit: DraftEdit, stored: StoredDraftEdit): void {
  const added = (operations: StoredDraftEdit['operations']) => ({
    beats: operations.flatMap((operation) => (operation.op === 'add-beat' ? [operation.beat] : [])),
    zones: operations.flatMap((operation) => (operation.op === 'add-zone' ? [operation.zone] : [])),
  });
  const [sent, kept] = [added(edit.operations), added(stored.operations)];
  for (const level of ['beats', 'zones'] as const) {
    if (sent[level].length !== kept[level].length) continue;
    for (const [i, key] of sent[level].entries()) if (key !== kept[level][i]) names[level].set(key, kept[level][i]);
  }
}

/** Of what an edit won over: the last to have changed it. */
function whoseWork(
  overridden: { atoms: number[]; beats: number[]; zones: number[] },
  since: readonly StoredDraftEdit[],
): Overridden[] {
  const atoms = new Set(overridden.atoms);
  const beats = new Set(overridden.beats);
  const zones = new Set(overridden.zones);
  const list: Overridden[] = [];
  for (const { revision, author, paint, operations } of since.toReversed()) {
    const work: Overridden = { revision, author, atoms: [], beats: [], zones: [] };
    for (const atom of paint?.atoms ?? []) if (atoms.delete(atom)) work.atoms.push(atom);
    for (const operation of operations) {
      if (operation.op === 'set-beat' && beats.delete(operation.beat)) work.beats.push(operation.beat);
      if (operation.op === 'set-zone' && zones.delete(operation.zone)) work.zones.push(operation.zone);
    }
    if (work.atoms.length + work.beats.length + work.zones.length > 0) list.push(work);
  }
  return list;
}
