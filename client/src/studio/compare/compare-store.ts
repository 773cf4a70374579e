import { create } from 'zustand';

/** Another plan laid over the draft. */
export interface OtherPlan {
  id: number;
  /** Number of the beat per atom, 65535 where none. */
  numberOfAtom: Uint16Array;
  colourOfNumber: ReadonlyMap<number, number>;
  zoneOfNumber: ReadonlyMap<number, number>;
}

interface CompareState {
  /** The plan compared with; null: the one in force. */
  planId: number | null;
  other: OtherPlan | null;
  /** West of this longitude the other plan is drawn; null: no swipe. */
  swipeLon: number | null;
  /** Atoms marked as changing hands. */
  marked: ReadonlySet<number>;
}

export const NO_COMPARISON: CompareState = { planId: null, other: null, swipeLon: null, marked: new Set() };
export const useCompare = create<CompareState>(() => NO_COMPARISON);
