import type { PlanEdit } from './apply-edit.ts';
import { type BeatPlan, UNASSIGNED } from './plan.ts';

export interface ZoneAttributes {
  number: number;
  name: { zh: string; en: string };
  colour: number;
  locked: boolean;
}
export interface BeatAttributes extends ZoneAttributes {
  /** Key of its zone. */
  zone: number;
}
export type DraftZone = ZoneAttributes & { removed: boolean };
export type DraftBeat = BeatAttributes & { removed: boolean };

/**
 * A plan while it is edited. Beats and zones keep their places in the lists, their keys: removing one leaves its place, so that a key in an
 * edit made earlier, or elsewhere at the same time, still means the same area.
 */
export interface DraftPlan {
  /** One entry per atom: a beat's key, or `UNASSIGNED`. */
  beatOfAtom: Uint16Array;
  /** One entry per atom: 1 where nothing is to be painted. */
  lockedAtoms: Uint8Array;
  beats: readonly DraftBeat[];
  zones: readonly DraftZone[];
}

/** `set-…` names the same attributes before and after. `add-…` takes the next key or revives a removed one; `remove-…` says what it takes away. */
export type DraftOperation =
  | { op: 'set-beat'; beat: number; before: Partial<BeatAttributes>; after: Partial<BeatAttributes> }
  | { op: 'add-beat'; beat: number; as: BeatAttributes }
  | { op: 'remove-beat'; beat: number; as: BeatAttributes }
  | { op: 'set-zone'; zone: number; before: Partial<ZoneAttributes>; after: Partial<ZoneAttributes> }
  | { op: 'add-zone'; zone: number; as: ZoneAttributes }
  | { op: 'remove-zone'; zone: number; as: ZoneAttributes }
  | { op: 'lock-atoms'; atoms: readonly number[]; locked: boolean };

/** One step of the history: additions, settings and locks take effect first, then the paint, then removals. */
export interface DraftEdit {
  paint: PlanEdit | null;
  operations: readonly DraftOperation[];
}

/** Whether there is an area at the key: one that was removed leaves its place. */
export const isStanding = (area: { removed: boolean } | undefined): boolean => area !== undefined && !area.removed;

export const isRemoval = ({ op }: DraftOperation): boolean => op === 'remove-beat' || op === 'remove-zone';

/** Whether nothing may be painted into or out of a beat: it is locked, or its zone is. */
export function isBeatLocked({ beats, zones }: Pick<DraftPlan, 'beats' | 'zones'>, beat: number): boolean {
  if (beat === UNASSIGNED || beats[beat] === undefined) return false;
  return beats[beat].locked || (zones[beats[beat].zone]?.locked ?? false);
}

/**
 * The draft as a plan without the places of what was removed: beats and zones renumbered from 0 in the order of their keys.
 * `beatKeys` and `zoneKeys` lead back. Atoms of a removed beat are unassigned. O(atoms).
 */
export function compactPlan(draft: DraftPlan): { plan: BeatPlan; beatKeys: Uint16Array; zoneKeys: Uint16Array } {
  const beatKeys = keysOf(draft.beats);
  const zoneKeys = keysOf(draft.zones);
  const beatAt = placesOf(draft.beats.length, beatKeys);
  const zoneAt = placesOf(draft.zones.length, zoneKeys);
  const plan: BeatPlan = {
    beatCount: beatKeys.length,
    zoneCount: zoneKeys.length,
    beatOfAtom: draft.beatOfAtom.map((key) => (key === UNASSIGNED ? UNASSIGNED : (beatAt[key] ?? UNASSIGNED))),
    zoneOfBeat: beatKeys.map((key) => zoneAt[draft.beats[key].zone] ?? UNASSIGNED),
  };
  return { plan, beatKeys, zoneKeys };
}

const keysOf = (areas: readonly { removed: boolean }[]) =>
  Uint16Array.from(areas.flatMap(({ removed }, key) => (removed ? [] : [key])));

function placesOf(keyCount: number, keys: Uint16Array): Uint16Array {
  const places = new Uint16Array(keyCount).fill(UNASSIGNED);
  for (const [place, key] of keys.entries()) places[key] = place;
  return places;
}
