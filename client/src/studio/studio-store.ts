import type { DraftBeat, DraftZone } from '@xunfang/geo-data/beats';
import type { DraftEditor, Proposal } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import type { SaveState } from './draft/draft-sync.ts';
import type { OtherPointer } from './draft/presence.ts';
import type { Factor, FactorWeights } from './score/factors.ts';
import type { StudioScore } from './score/score-protocol.ts';
import type { StudioSession } from './studio-session.ts';
import { isUsable, type ToolName } from './tools/tool-names.ts';

/** Somebody's edit won over somebody else's: said until it is answered. */
export interface Conflict {
  id: string;
  /** Whose edit was overridden: `theirs`: mine won; `mine`: theirs won. */
  lost: 'theirs' | 'mine';
  author: string;
  atoms: readonly number[];
  /** The edit that won. */
  revision: number;
}

interface StudioState {
  status: 'closed' | 'loading' | 'ready' | 'failed';
  error: unknown;
  session: StudioSession | null;
  /** Of the plan shown, by key. */
  beats: readonly DraftBeat[];
  zones: readonly DraftZone[];
  /** Raised with every change of the plan shown; figures of another tag are stale. */
  tag: number;
  score: StudioScore | null;
  scoreFailure: string | null;
  save: SaveState;
  canUndo: boolean;
  canRedo: boolean;
  editors: readonly DraftEditor[];
  pointers: readonly OtherPointer[];
  conflicts: readonly Conflict[];
  /** As chosen; `useTool` tells which one is active. */
  tool: ToolName;
  /** Size of the brush, 1-5. */
  rings: number;
  /** Key of the beat that is painted; null: the one where the stroke begins. */
  beat: number | null;
  weights: FactorWeights | null;
  /** The factors that have data here. */
  factors: readonly Factor[];
  /** The factor drawn instead of the beats' hues. */
  factorShown: Factor | null;
  /** Marks what differs from the plan in force. */
  changeShown: boolean;
  /** The machine's proposal chosen to be looked at; its plan lies over the draft as soon as it is here. */
  trial: Proposal | null;
}

const CLOSED: StudioState = {
  status: 'closed',
  error: null,
  session: null,
  beats: [],
  zones: [],
  tag: 0,
  score: null,
  scoreFailure: null,
  save: { kind: 'saved', atMs: null },
  canUndo: false,
  canRedo: false,
  editors: [],
  pointers: [],
  conflicts: [],
  tool: 'select',
  rings: 2,
  beat: null,
  weights: null,
  factors: [],
  factorShown: null,
  changeShown: false,
  trial: null,
};

export const useStudio = create<StudioState>(() => CLOSED);

export function resetStudio(change: Partial<StudioState> = {}): void {
  useStudio.setState({ ...CLOSED, ...change });
}

/** Whether the figures are of another state than the plan on the map. */
export function useScoreStale(): boolean {
  return useStudio(({ score, tag }) => score !== null && score.tag !== tag);
}

/** The tool that is active: the one chosen, `select` as long as this person may not use it. */
export function useTool(editable: boolean): ToolName {
  return useStudio(({ tool }) => (isUsable(tool, editable) ? tool : 'select'));
}

/** Raised to open the same draft anew. */
export const useReopened = create<{ times: number }>(() => ({ times: 0 }));

export function reopenStudio(): void {
  useReopened.setState(({ times }) => ({ times: times + 1 }));
}
