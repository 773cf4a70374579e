import type { Geofence, GeofenceInput } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { draftOf, EMPTY_DRAFT, type FenceDraft } from './fence-draft.ts';

export type FenceFields = Required<Omit<GeofenceInput, 'area'>>;

interface EditorState {
  /** The fence that is changed, 'new', or nothing. */
  editing: Geofence | 'new' | null;
  /** null: its border cannot be drawn here. */
  draft: FenceDraft | null;
  history: readonly FenceDraft[];
  /** What is typed, kept here so that a look at another workspace loses nothing. */
  fields: FenceFields;
  touched: boolean;
}

const NEW_FENCE: FenceFields = {
  name: { zh: '', en: '' },
  kind: 'restricted',
  unitKinds: [],
  unitIds: [],
  windows: [],
  marginMeters: 20,
  confirmSeconds: 5,
};

export const useFenceEditor = create<EditorState>(() => ({
  editing: null,
  draft: null,
  history: [],
  fields: NEW_FENCE,
  touched: false,
}));

const MOST_STEPS = 200;

export function startEditing(editing: Geofence | 'new'): void {
  const draft = editing === 'new' ? EMPTY_DRAFT : (draftOf(editing.area) ?? null);
  useFenceEditor.setState({ editing, draft, history: [], fields: fieldsOf(editing), touched: false });
}

export function stopEditing(): void {
  useFenceEditor.setState({ editing: null, draft: null, history: [] });
}

export function changeFields(change: Partial<FenceFields>): void {
  useFenceEditor.setState(({ fields }) => ({ fields: { ...fields, ...change }, touched: true }));
}

function fieldsOf(fence: Geofence | 'new'): FenceFields {
  if (fence === 'new') return NEW_FENCE;
  const { name, kind, unitKinds, unitIds, windows, marginMeters, confirmSeconds } = fence;
  return { name, kind, unitKinds, unitIds, windows, marginMeters, confirmSeconds };
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
