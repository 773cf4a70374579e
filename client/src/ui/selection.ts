import { updateUrl, useUrlState } from './url-state.ts';

export const SELECTION_KINDS = [
  'unit',
  'incident',
  'beat',
  'zone',
  'place',
  'cell',
  'import',
  'plan',
  'geofence',
] as const;
export type SelectionKind = (typeof SELECTION_KINDS)[number];
/** The one selected thing; `id` is a text because H3 cells are. It lives in the URL, so a link shows the same thing. */
export interface Selection {
  kind: SelectionKind;
  id: string;
}

export function useSelection(): Selection | null {
  const text = useUrlState((state) => state.selection);
  return parseSelection(text);
}

/** The id when something of that kind is selected, else null: lists mark their row with it. */
export function useSelectedId(kind: SelectionKind): string | null {
  return useUrlState((state) => {
    const selection = parseSelection(state.selection);
    return selection?.kind === kind ? selection.id : null;
  });
}

export function select(kind: SelectionKind, id: string | number): void {
  updateUrl({ selection: `${kind}:${id}` });
}

export function clearSelection(): void {
  updateUrl({ selection: null });
}

function parseSelection(text: string | null): Selection | null {
  if (!text) return null;
  const colon = text.indexOf(':');
  const kind = SELECTION_KINDS.find((candidate) => candidate === text.slice(0, colon));
  return kind ? { kind, id: text.slice(colon + 1) } : null;
}
