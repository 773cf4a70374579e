import { type DraftPlan, rebaseDraftEdit, renameKeys } from '@xunfang/geo-data/beats';
import { DRAFT_LIMITS, type DraftEdit } from '@xunfang/geo-data/contract';
import { fromWire, isEmptyEdit, toWire } from './wire-edit.ts';

/** Keys of areas that somebody else took meanwhile, and those dealt instead. */
export interface NewKeys {
  beats: Map<number, number>;
  zones: Map<number, number>;
}

/**
 * An edit made on one state of a draft as it holds on another, by the rules of the server (`rebaseDraftEdit`): this shows the outcome
 * before its answer is there. Null when nothing is left. `keys` carries new keys over to later edits of the same hand.
 */
export function rebaseEdit(draft: DraftPlan, edit: DraftEdit, keys: NewKeys): DraftEdit | null {
  const isUndo = edit.undoOf !== null || edit.tool === 'undo' || edit.tool === 'redo';
  if (!isUndo) dealKeys(draft, edit, keys);
  const renamed = renameKeys(fromWire(edit), keys);
  const rebased = rebaseDraftEdit({ current: draft, edit: renamed, isUndo, mostKeys: DRAFT_LIMITS.keys });
  const wire = { ...edit, ...toWire(rebased.edit) };
  return isEmptyEdit(wire) ? null : wire;
}

export const noNewKeys = (): NewKeys => ({ beats: new Map(), zones: new Map() });

function dealKeys(draft: DraftPlan, edit: DraftEdit, keys: NewKeys): void {
  let nextBeat = draft.beats.length;
  let nextZone = draft.zones.length;
  const isTaken = (areas: readonly { removed: boolean }[], key: number) =>
    key > areas.length || (key < areas.length && !areas[key].removed);
  for (const operation of edit.operations) {
    if (operation.op === 'add-beat' && isTaken(draft.beats, operation.beat)) keys.beats.set(operation.beat, nextBeat++);
    if (operation.op === 'add-zone' && isTaken(draft.zones, operation.zone)) keys.zones.set(operation.zone, nextZone++);
  }
}
