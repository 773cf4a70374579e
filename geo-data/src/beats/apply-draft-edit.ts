import { applyEdit } from './apply-edit.ts';
import {
  type BeatAttributes,
  type DraftBeat,
  type DraftEdit,
  type DraftOperation,
  type DraftPlan,
  type DraftZone,
  isRemoval,
  type ZoneAttributes,
} from './draft-plan.ts';
import { UNASSIGNED } from './plan.ts';
import { PlanEditError } from './plan-edit-error.ts';

/**
 * The draft after an edit; the one given stays as it is. Locks are not asked here: a stored edit was let through, and is replayed as it is.
 * O(atoms + areas). Throws a PlanEditError where the draft is not as the edit found it; then nothing has changed.
 */
export function applyDraftEdit(draft: DraftPlan, edit: DraftEdit): DraftPlan {
  const next = {
    beatOfAtom: draft.beatOfAtom,
    lockedAtoms: draft.lockedAtoms,
    beats: [...draft.beats],
    zones: [...draft.zones],
  };
  for (const operation of edit.operations) if (!isRemoval(operation)) applyOperation(next, operation);
  if (edit.paint !== null) {
    assertBeatsStand(next.beats, edit.paint.after);
    next.beatOfAtom = applyEdit(next.beatOfAtom, edit.paint);
  }
  for (const operation of edit.operations) if (isRemoval(operation)) applyOperation(next, operation);
  return next;
}

interface Working extends DraftPlan {
  lockedAtoms: Uint8Array;
  beats: DraftBeat[];
  zones: DraftZone[];
}

function applyOperation(draft: Working, operation: DraftOperation): void {
  switch (operation.op) {
    case 'set-beat':
      draft.beats[operation.beat] = changed<BeatAttributes>('BEAT_UNKNOWN', draft.beats, operation.beat, operation);
      assertZoneStands(draft.zones, draft.beats[operation.beat].zone);
      break;
    case 'set-zone':
      draft.zones[operation.zone] = changed<ZoneAttributes>('ZONE_UNKNOWN', draft.zones, operation.zone, operation);
      break;
    case 'add-beat':
      assertZoneStands(draft.zones, operation.as.zone);
      added<BeatAttributes>(draft.beats, operation.beat, operation.as);
      break;
    case 'add-zone':
      added<ZoneAttributes>(draft.zones, operation.zone, operation.as);
      break;
    case 'remove-beat':
      removed<BeatAttributes>(
        'BEAT_UNKNOWN',
        draft.beats,
        operation.beat,
        operation.as,
        draft.beatOfAtom.includes(operation.beat),
      );
      break;
    case 'remove-zone':
      removed<ZoneAttributes>(
        'ZONE_UNKNOWN',
        draft.zones,
        operation.zone,
        operation.as,
        draft.beats.some((beat) => !beat.removed && beat.zone === operation.zone),
      );
      break;
    case 'lock-atoms':
      draft.lockedAtoms = locked(draft.lockedAtoms, operation.atoms, operation.locked);
      break;
  }
}

type Unknown = 'BEAT_UNKNOWN' | 'ZONE_UNKNOWN';

function standing<Area extends { removed: boolean }>(code: Unknown, areas: readonly Area[], key: number): Area {
  const area = areas[key];
  if (area === undefined || area.removed) throw new PlanEditError(code, { area: key }, `No area has the key ${key}.`);
  return area;
}

function changed<Attributes extends ZoneAttributes>(
  code: Unknown,
  areas: readonly (Attributes & { removed: boolean })[],
  key: number,
  { before, after }: { before: Partial<Attributes>; after: Partial<Attributes> },
): Attributes & { removed: boolean } {
  const area = standing(code, areas, key);
  const attributes = Object.keys(before) as (keyof Attributes)[];
  const wrong = attributes.find((attribute) => !sameAttribute(area[attribute], before[attribute]));
  if (wrong !== undefined || !sameKeys(before, after)) {
    const found = wrong === undefined ? 'other attributes after than before' : `another ${String(wrong)} than before`;
    throw new PlanEditError('ATTRIBUTES_DIFFER', { area: key }, `The area of key ${key} has ${found}.`);
  }
  return { ...area, ...after };
}

const sameKeys = (a: object, b: object): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((name) => name in b);

/** Whether two values of an attribute are the same; names are objects. */
export const sameAttribute = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) : value;

function added<Attributes>(areas: (Attributes & { removed: boolean })[], key: number, as: Attributes): void {
  if (key < areas.length && !areas[key].removed) {
    throw new PlanEditError('NOT_REMOVED', { area: key }, `The key ${key} is taken.`);
  }
  if (key > areas.length) {
    throw new PlanEditError('KEY_NOT_NEXT', { area: key }, `The key ${key}, expected at most ${areas.length}.`);
  }
  areas[key] = { ...as, removed: false };
}

function removed<Attributes extends ZoneAttributes>(
  code: Unknown,
  areas: (Attributes & { removed: boolean })[],
  key: number,
  as: Attributes,
  holds: boolean,
): void {
  const area = standing(code, areas, key);
  // What is brought back is what was taken away.
  const wrong = (Object.keys(as) as (keyof Attributes)[]).find((name) => !sameAttribute(area[name], as[name]));
  if (wrong !== undefined) {
    const message = `The area of key ${key} has another ${String(wrong)} than it is removed with.`;
    throw new PlanEditError('ATTRIBUTES_DIFFER', { area: key }, message);
  }
  if (holds) throw new PlanEditError('NOT_EMPTY', { area: key }, `The area of key ${key} still holds something.`);
  areas[key] = { ...area, removed: true };
}

function locked(lockedAtoms: Uint8Array, atoms: readonly number[], lock: boolean): Uint8Array {
  const answer = lockedAtoms.slice();
  const [is, becomes] = lock ? [0, 1] : [1, 0];
  for (const atom of atoms) {
    if (atom >= answer.length) {
      throw new PlanEditError('ATOM_UNKNOWN', { atom }, `Atom ${atom}, expected less than ${answer.length}.`);
    }
    if (answer[atom] !== is) {
      throw new PlanEditError('BEFORE_DIFFERS', { atom }, `Atom ${atom} is ${lock ? 'locked' : 'free'} already.`);
    }
    answer[atom] = becomes;
  }
  return answer;
}

function assertZoneStands(zones: readonly DraftZone[], key: number): void {
  standing('ZONE_UNKNOWN', zones, key);
}

function assertBeatsStand(beats: readonly DraftBeat[], keys: Uint16Array): void {
  for (const key of new Set(keys)) if (key !== UNASSIGNED) standing('BEAT_UNKNOWN', beats, key);
}
