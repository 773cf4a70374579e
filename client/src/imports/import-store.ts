import type { ImportMapping, ImportPreview, ImportView } from '@xunfang/geo-data/contract';
import { create } from 'zustand';

/** A file on the server that waits for its mapping to be confirmed. */
export interface ImportDraft {
  bureau: string;
  importId: number;
  fileName: string;
  mapping: ImportMapping;
  /** The template the server composed the time of, when date parts are columns of their own. */
  composedTime: string | null;
}

interface ImportState {
  /** Which page of the panel is open, if any. */
  page: 'new' | 'records' | null;
  draft: ImportDraft | null;
  /** The import followed on the page `new` after its start. */
  followedId: number | null;
}

export const useImportStore = create<ImportState>(() => ({ page: null, draft: null, followedId: null }));

export function openImports(page: 'new' | 'records'): void {
  useImportStore.setState({ page });
}

export function closeImports(): void {
  const { followedId } = useImportStore.getState();
  useImportStore.setState({ page: null, followedId });
}

export function beginDraft(bureau: string, { id, fileName }: ImportView, { mapping, columns }: ImportPreview): void {
  const { occurredAt } = mapping.columns;
  const composedTime = occurredAt !== '' && !columns.includes(occurredAt) ? occurredAt : null;
  const draft = { bureau, importId: id, fileName, mapping, composedTime };
  useImportStore.setState({ page: 'new', draft, followedId: null });
}

export function changeMapping(mapping: ImportMapping): void {
  useImportStore.setState(({ draft }) => ({ draft: draft && { ...draft, mapping } }));
}

export function dropDraft(): void {
  useImportStore.setState({ draft: null });
}

export function followImport(importId: number | null): void {
  useImportStore.setState({ page: 'new', draft: null, followedId: importId });
}
