import type { Geofence } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { draftOf, EMPTY_DRAFT, type FenceDraft } from './fence-draft.ts';

interface EditorState {
  /** The fence that is changed, 'new', or nothing. */
  editing: Geofence | 'new' | null;
  /** null: its border cannot be drawn here. */
  draft: FenceDraft | null;
  history: readonly FenceDraft[];
}

export const useFenceEditor = create<EditorState>(() => ({ editing: null, draft: null, history: [] }));

const MOST_STEPS = 200;

export function startEditing(editing: Geofence | 'new'): void {
  const draft = editing === 'new' ? EMPTY_DRAFT : (draftOf(editing.area) ?? null);
  useFenceEditor.setState({ editing, draft, history: [] });
}

export function stopEditing(): void {
  useFenceEditor.setState({ editing: null, draft: null, history: [] });
}

/** One step that can be taken back. An edit that changes nothing is none, choosing a corner is not either. */
export function editDraft(edit: (draft: FenceDraft) => FenceDraft): void {
  const { draft, history } = useFenceEditor.getState();
  if (!draft) return;
  const next = edit(draft);
  if (next === draft) return;
  const isStep = next.rings !== draft.rings || next.drawing !== draft.drawing;
  useFenceEditor.setState({ draft: next, history: isStep ? [...history.slice(-MOST_STEPS), draft] : history });
}

/** While something is dragged: the whole drag is one step, begun with `beginStep`. */
export function beginStep(): void {
  const { draft, history } = useFenceEditor.getState();
  if (draft) useFenceEditor.setState({ history: [...history.slice(-MOST_STEPS), draft] });
}
export function dragDraft(edit: (draft: FenceDraft) => FenceDraft): void {
  const { draft } = useFenceEditor.getState();
  if (draft) useFenceEditor.setState({ draft: edit(draft) });
}

export function undoDraft(): void {
  const { history } = useFenceEditor.getState();
  const before = history.at(-1);
  if (before) useFenceEditor.setState({ draft: before, history: history.slice(0, -1) });
}
