import {
  applyDraftEdit,
  type DraftOperation,
  type DraftPlan,
  isRemoval,
  mayMove,
  sameAttribute,
  UNASSIGNED,
} from '@xunfang/geo-data/beats';
import type { DraftEdit, Paint } from '@xunfang/geo-data/contract';
import { fromWire, isEmptyEdit } from './wire-edit.ts';

/** What a key became that somebody else took meanwhile. */
export type NewKeys = Map<number, number>;

/**
 * An edit made on one state of a draft as it holds on another: `before` is what is there now, what would change nothing, or what locks and
 * removals do not allow, is left out; of an undo also what somebody changed since. The server decides by the same rules; this shows the
 * outcome before its answer is there. Null when nothing is left. `keys` translates keys of beats added by earlier edits of the same hand
 * and is written to.
 */
export function rebaseEdit(draft: DraftPlan, edit: DraftEdit, keys: NewKeys): DraftEdit | null {
  const careful = edit.undoOf !== null || edit.tool === 'undo' || edit.tool === 'redo';
  const operations: DraftOperation[] = [];
  let state = draft;
  const take = (operation: DraftOperation | null) => {
    if (operation === null) return;
    operations.push(operation);
    state = applyDraftEdit(state, { paint: null, operations: [operation] });
  };
  for (const operation of edit.operations)
    if (!isRemoval(operation)) take(rebaseOperation(state, operation, keys, careful));
  const paint = edit.paint && rebasePaint(state, edit.paint, keys, careful);
  if (paint) state = applyDraftEdit(state, fromWire({ paint, operations: [] }));
  for (const operation of edit.operations)
    if (isRemoval(operation)) take(rebaseOperation(state, operation, keys, careful));
  const rebased = {
    ...edit,
    paint,
    operations: operations.map((operation) =>
      operation.op === 'lock-atoms' ? { ...operation, atoms: [...operation.atoms] } : operation,
    ),
  };
  return isEmptyEdit(rebased) ? null : rebased;
}

function rebasePaint(draft: DraftPlan, paint: Paint, keys: NewKeys, careful: boolean): Paint | null {
  const rebased: Paint = { atoms: [], before: [], after: [] };
  for (const [i, atom] of paint.atoms.entries()) {
    const now = draft.beatOfAtom[atom];
    const to = keys.get(paint.after[i]) ?? paint.after[i];
    if (now === to || (to !== UNASSIGNED && !stands(draft.beats, to)) || !mayMove(draft, atom, to)) continue;
    if (careful && now !== (keys.get(paint.before[i]) ?? paint.before[i])) continue;
    rebased.atoms.push(atom);
    rebased.before.push(now);
    rebased.after.push(to);
  }
  return rebased.atoms.length > 0 ? rebased : null;
}

function rebaseOperation(
  draft: DraftPlan,
  operation: DraftOperation,
  keys: NewKeys,
  careful: boolean,
): DraftOperation | null {
  switch (operation.op) {
    case 'set-beat': {
      const key = keys.get(operation.beat) ?? operation.beat;
      if (!stands(draft.beats, key)) return null;
      const change = rebaseAttributes(draft.beats[key], operation, careful);
      return change && { op: 'set-beat', beat: key, ...change };
    }
    case 'set-zone': {
      if (!stands(draft.zones, operation.zone)) return null;
      const change = rebaseAttributes(draft.zones[operation.zone], operation, careful);
      return change && { op: 'set-zone', zone: operation.zone, ...change };
    }
    case 'add-beat': {
      const key = freeKey(draft.beats, keys.get(operation.beat) ?? operation.beat);
      if (key !== operation.beat) keys.set(operation.beat, key);
      return stands(draft.zones, operation.as.zone) ? { ...operation, beat: key } : null;
    }
    case 'add-zone':
      return { ...operation, zone: freeKey(draft.zones, operation.zone) };
    case 'remove-beat': {
      const key = keys.get(operation.beat) ?? operation.beat;
      if (!stands(draft.beats, key) || draft.beatOfAtom.includes(key)) return null;
      const { removed: _removed, ...as } = draft.beats[key];
      return { op: 'remove-beat', beat: key, as };
    }
    case 'remove-zone': {
      const holds = draft.beats.some((beat) => !beat.removed && beat.zone === operation.zone);
      if (!stands(draft.zones, operation.zone) || holds) return null;
      const { removed: _removed, ...as } = draft.zones[operation.zone];
      return { op: 'remove-zone', zone: operation.zone, as };
    }
    case 'lock-atoms': {
      const other = operation.locked ? 0 : 1;
      const atoms = operation.atoms.filter((atom) => draft.lockedAtoms[atom] === other);
      return atoms.length > 0 ? { ...operation, atoms } : null;
    }
  }
}

/** Attributes that still differ from what they are to be; of an undo only those that still are as it found them. */
function rebaseAttributes<Attributes extends object>(
  area: Attributes,
  change: { before: Partial<Attributes>; after: Partial<Attributes> },
  careful: boolean,
): { before: Partial<Attributes>; after: Partial<Attributes> } | null {
  const before: Partial<Attributes> = {};
  const after: Partial<Attributes> = {};
  for (const name of Object.keys(change.after) as (keyof Attributes)[]) {
    if (sameAttribute(area[name], change.after[name])) continue;
    if (careful && !sameAttribute(area[name], change.before[name])) continue;
    before[name] = area[name];
    after[name] = change.after[name];
  }
  return Object.keys(after).length > 0 ? { before, after } : null;
}

const stands = (areas: readonly { removed: boolean }[], key: number): boolean =>
  key < areas.length && !areas[key].removed;

/** A removed key is revived, a taken or unknown one gives way to the next. */
const freeKey = (areas: readonly { removed: boolean }[], wanted: number): number =>
  wanted < areas.length && areas[wanted].removed ? wanted : areas.length;
