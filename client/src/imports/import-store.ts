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

/** A file on its way to the server, or that did not get there. */
export interface FileUpload {
  bureau: string;
  file: File;
  /** 0-1 of the bytes sent. */
  share: number;
  error: Error | null;
  stop: () => void;
}

interface ImportState {
  /** Which page of the panel is open, if any. What the pages hold stays when the panel is closed. */
  page: 'new' | 'records' | null;
  upload: FileUpload | null;
  draft: ImportDraft | null;
  /** The import followed on the page `new` after its start. */
  followedId: number | null;
}

export const useImportStore = create<ImportState>(() => ({ page: null, upload: null, draft: null, followedId: null }));

export function openImports(page: 'new' | 'records'): void {
  useImportStore.setState({ page });
}

export function closeImports(): void {
  useImportStore.setState({ page: null });
}

export function beginDraft(bureau: string, { id, fileName }: ImportView, { mapping, columns }: ImportPreview): void {
  const { occurredAt } = mapping.columns;
  const composedTime = occurredAt !== '' && !columns.includes(occurredAt) ? occurredAt : null;
  const draft = { bureau, importId: id, fileName, mapping, composedTime };
  useImportStore.setState({ upload: null, draft, followedId: null });
}

export function changeMapping(mapping: ImportMapping): void {
  useImportStore.setState(({ draft }) => ({ draft: draft && { ...draft, mapping } }));
}

/** Of this import, if it still is the draft. */
export function dropDraft(importId: number): void {
  useImportStore.setState(({ draft }) => ({ draft: draft?.importId === importId ? null : draft }));
}

export function followImport(importId: number | null): void {
  useImportStore.setState({ followedId: importId });
}
