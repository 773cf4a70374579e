import { sameAttribute } from './apply-draft-edit.ts';
import type { PlanEdit } from './apply-edit.ts';
import {
  type DraftBeat,
  type DraftEdit,
  type DraftOperation,
  type DraftPlan,
  isBeatLocked,
  isRemoval,
  isStanding,
  type ZoneAttributes,
} from './draft-plan.ts';
import { UNASSIGNED } from './plan.ts';

export type RebaseRefusal = 'locked' | 'beat-removed' | 'zone-removed' | 'changed-since' | 'not-empty' | 'too-many';

export interface RebasedEdit {
  /** What takes effect: `before` as it stands, without what changes nothing; to be applied to the draft it was rebased onto. */
  edit: DraftEdit;
  /** Where it wins over what somebody did since it was made. */
  overridden: { atoms: number[]; beats: number[]; zones: number[] };
  /** `operation`: place among the operations given; null: of the paint. */
  refused: { reason: RebaseRefusal; atoms: number[]; operation: number | null }[];
}

interface Rebase {
  current: DraftPlan;
  edit: DraftEdit;
  /** An undo leaves alone what has been changed since; any other edit wins. */
  isUndo: boolean;
  /** Keys that a draft may hold. */
  mostKeys: number;
}

/**
 * Makes an edit again on a draft that others have changed meanwhile: edits merge by atom and by attribute. Where both changed the same,
 * the later one, this one, wins and says so; unless it is an undo. Never into or out of what is locked, never into what was removed.
 * O(atoms of the edit + areas).
 */
export function rebaseDraftEdit({ current, edit, isUndo, mostKeys }: Rebase): RebasedEdit {
  const overridden = { atoms: [] as number[], beats: new Set<number>(), zones: new Set<number>() };
  const refused: RebasedEdit['refused'] = [];
  const operations: DraftOperation[] = [];
  const draft = { ...current, beats: [...current.beats], zones: [...current.zones] };
  const refuse = (reason: RebaseRefusal, operation: number, atoms: number[] = []) =>
    void refused.push({ reason, atoms, operation });

  function set(operation: Extract<DraftOperation, { op: 'set-beat' | 'set-zone' }>, index: number): void {
    const ofBeat = operation.op === 'set-beat';
    const key = ofBeat ? operation.beat : operation.zone;
    const areas: Record<string, unknown>[] = (ofBeat ? draft.beats : draft.zones) as never;
    const area = areas[key];
    if (area === undefined || area.removed === true) return refuse(ofBeat ? 'beat-removed' : 'zone-removed', index);
    const before: Record<string, unknown> = {};
    const after: Record<string, unknown> = {};
    for (const [attribute, wanted] of Object.entries(operation.after)) {
      const is = area[attribute];
      const found = (operation.before as Record<string, unknown>)[attribute];
      if (sameAttribute(is, wanted)) continue;
      const reason = attribute === 'zone' ? zoneRefusal(area as unknown as DraftBeat, wanted as number) : null;
      const changed = !sameAttribute(is, found);
      if (reason !== null || (changed && isUndo)) {
        refuse(reason ?? 'changed-since', index);
        continue;
      }
      if (changed) (ofBeat ? overridden.beats : overridden.zones).add(key);
      before[attribute] = is;
      after[attribute] = wanted;
    }
    if (Object.keys(after).length === 0) return;
    areas[key] = { ...area, ...after };
    operations.push({ ...operation, before, after });
  }

  function zoneRefusal(beat: DraftBeat, zone: number): RebaseRefusal | null {
    const into = draft.zones[zone];
    if (into === undefined || into.removed) return 'zone-removed';
    return beat.locked || into.locked || draft.zones[beat.zone].locked ? 'locked' : null;
  }

  function add(operation: Extract<DraftOperation, { op: 'add-beat' | 'add-zone' }>, index: number): void {
    const ofBeat = operation.op === 'add-beat';
    const key = ofBeat ? operation.beat : operation.zone;
    const areas: { removed: boolean }[] = ofBeat ? draft.beats : draft.zones;
    if (key >= mostKeys || key > areas.length) return refuse('too-many', index);
    if (isStanding(areas[key])) return refuse('changed-since', index);
    if (ofBeat && !isStanding(draft.zones[operation.as.zone])) return refuse('zone-removed', index);
    areas[key] = { ...operation.as, removed: false };
    operations.push(operation);
  }

  function lock(operation: Extract<DraftOperation, { op: 'lock-atoms' }>): void {
    const becomes = operation.locked ? 1 : 0;
    const atoms = operation.atoms.filter((atom) => draft.lockedAtoms[atom] !== becomes);
    if (atoms.length === 0) return;
    draft.lockedAtoms = draft.lockedAtoms.slice();
    for (const atom of atoms) draft.lockedAtoms[atom] = becomes;
    operations.push({ ...operation, atoms });
  }

  function paint({ atoms, before, after }: PlanEdit): PlanEdit | null {
    const kept: number[] = [];
    const reasons = new Map<RebaseRefusal, number[]>();
    for (const [i, atom] of atoms.entries()) {
      const is = current.beatOfAtom[atom];
      if (is === after[i]) continue;
      let reason: RebaseRefusal | null = null;
      if (after[i] !== UNASSIGNED && !isStanding(draft.beats[after[i]])) reason = 'beat-removed';
      else if (draft.lockedAtoms[atom] === 1 || isBeatLocked(draft, is) || isBeatLocked(draft, after[i]))
        reason = 'locked';
      else if (is !== before[i] && isUndo) reason = 'changed-since';
      if (reason !== null) {
        const others = reasons.get(reason);
        if (others === undefined) reasons.set(reason, [atom]);
        else others.push(atom);
      } else {
        if (is !== before[i]) overridden.atoms.push(atom);
        kept.push(i);
      }
    }
    for (const [reason, refusedAtoms] of reasons) refused.push({ reason, atoms: refusedAtoms, operation: null });
    if (kept.length === 0) return null;
    return {
      atoms: Uint32Array.from(kept, (i) => atoms[i]),
      before: Uint16Array.from(kept, (i) => current.beatOfAtom[atoms[i]]),
      after: Uint16Array.from(kept, (i) => after[i]),
    };
  }

  function remove(operation: Extract<DraftOperation, { op: 'remove-beat' | 'remove-zone' }>, index: number): void {
    if (operation.op === 'remove-beat') {
      const beat = draft.beats[operation.beat];
      if (beat === undefined || beat.removed) return;
      if (isBeatLocked(draft, operation.beat)) return refuse('locked', index);
      if (draft.beatOfAtom.includes(operation.beat)) return refuse('not-empty', index);
      if (hasChanged(beat, operation.as)) {
        if (isUndo) return refuse('changed-since', index);
        overridden.beats.add(operation.beat);
      }
      draft.beats[operation.beat] = { ...beat, removed: true };
      operations.push({ ...operation, as: attributesOf(beat) });
    } else {
      const zone = draft.zones[operation.zone];
      if (zone === undefined || zone.removed) return;
      if (zone.locked) return refuse('locked', index);
      const holds = draft.beats.some((beat) => !beat.removed && beat.zone === operation.zone);
      if (holds) return refuse('not-empty', index);
      if (hasChanged(zone, operation.as)) {
        if (isUndo) return refuse('changed-since', index);
        overridden.zones.add(operation.zone);
      }
      draft.zones[operation.zone] = { ...zone, removed: true };
      operations.push({ ...operation, as: attributesOf(zone) });
    }
  }

  for (const [index, operation] of edit.operations.entries()) {
    if (operation.op === 'set-beat' || operation.op === 'set-zone') set(operation, index);
    else if (operation.op === 'add-beat' || operation.op === 'add-zone') add(operation, index);
    else if (operation.op === 'lock-atoms') lock(operation);
  }
  const kept = edit.paint === null ? null : paint(edit.paint);
  if (kept !== null) {
    draft.beatOfAtom = draft.beatOfAtom.slice();
    for (const [i, atom] of kept.atoms.entries()) draft.beatOfAtom[atom] = kept.after[i];
  }
  for (const [index, operation] of edit.operations.entries()) {
    if (isRemoval(operation)) remove(operation as Parameters<typeof remove>[0], index);
  }
  return {
    edit: { paint: kept, operations },
    overridden: { atoms: overridden.atoms, beats: [...overridden.beats], zones: [...overridden.zones] },
    refused,
  };
}

/** Whether an area is another than the one a removal takes away. */
const hasChanged = <Attributes extends ZoneAttributes>(area: Attributes, as: Attributes): boolean =>
  (Object.keys(as) as (keyof Attributes)[]).some((name) => !sameAttribute(area[name], as[name]));

/** Without the mark of its place. */
function attributesOf<Area extends { removed: boolean }>(area: Area): Omit<Area, 'removed'> {
  const { removed: isGone, ...attributes } = area;
  if (isGone) throw new RangeError('The area was removed before, expected one that stands.');
  return attributes;
}
