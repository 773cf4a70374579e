import { useMutation, useQuery } from '@tanstack/react-query';
import type { ImportMapping, ImportPreview, ImportView } from '@xunfang/geo-data/contract';
import { useEffect, useState } from 'react';
import { ApiError, api, onReconnect, onServerEvent, queryClient } from '../connection/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';
import { dropDraft, followImport } from './import-store.ts';
import { whatIsMissing } from './mapping-edits.ts';

const DEBOUNCE_MS = 400;
const listKey = (bureau: string) => ['imports', bureau];
const previewKey = (importId: number, mapping: ImportMapping) => ['import-preview', importId, mapping];

export function useMayImport(): boolean {
  return useHasRole('analyst', 'admin');
}

/** The imports of the bureau, newest first; progress comes by socket. */
export function useImports() {
  const bureau = useBureauSlug();
  const mayImport = useMayImport();
  return useQuery({
    queryKey: listKey(bureau),
    queryFn: async ({ signal }) =>
      (await api.get<{ imports: ImportView[] }>('/api/imports', { query: { bureau }, signal })).imports,
    enabled: mayImport,
    // The last word of an import may be lost with the connection; nobody should watch a bar that stands still.
    refetchInterval: ({ state }) => (state.data?.some(({ state: now }) => now === 'running') ? 5000 : false),
  });
}

/** Keeps the list true while mounted. */
export function useImportFeed(): void {
  const bureau = useBureauSlug();
  useEffect(() => {
    const stops = [
      onServerEvent('import:progress', (view) => putImport(bureau, view)),
      onReconnect(() => void queryClient.invalidateQueries({ queryKey: listKey(bureau) })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [bureau]);
}

export async function uploadImport(
  bureau: string,
  file: File,
  options: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<{ import: ImportView; preview: ImportPreview }> {
  const answer = await api.upload<{ import: ImportView; preview: ImportPreview }>('/api/imports', file, {
    query: { bureau, fileName: file.name },
    ...options,
  });
  putImport(bureau, answer.import);
  seedPreview(answer.import.id, answer.preview.mapping, answer.preview);
  return answer;
}

/** What would become of the sample under this mapping. Follows changes after a pause; a preview nobody waits for is aborted. */
export function usePreview(importId: number, mapping: ImportMapping) {
  const settled = useDebounced(mapping, DEBOUNCE_MS);
  const seeded = queryClient.getQueryData(previewKey(importId, settled)) !== undefined;
  const query = useQuery({
    queryKey: previewKey(importId, settled),
    queryFn: ({ signal }) => postPreview(importId, settled, signal),
    enabled: seeded || whatIsMissing(settled).length === 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // What was seen last stays, beneath an error too: the form stands on its columns.
  const [last, setLast] = useState(query.data);
  if (query.data && query.data !== last) setLast(query.data);
  const { error, isFetching, refetch } = query;
  return { preview: query.data ?? last, error, refetch, isBehind: isFetching || settled !== mapping };
}

export function postPreview(importId: number, mapping: ImportMapping, signal?: AbortSignal): Promise<ImportPreview> {
  return api.post<ImportPreview>(`/api/imports/${importId}/preview`, { mapping }, { signal });
}

/** Puts an answer in place of asking: there is nothing to ask while required columns are open. */
export function seedPreview(importId: number, mapping: ImportMapping, preview: ImportPreview): void {
  queryClient.setQueryData(previewKey(importId, mapping), preview);
}

export function useStartImport(importId: number) {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (mapping: ImportMapping) => api.post<ImportView>(`/api/imports/${importId}/start`, { mapping }),
    onSuccess: (view) => {
      putImport(bureau, view);
      dropDraft(view.id);
      followImport(view.id);
    },
  });
}

/** Of a draft: throws the file away. Of a running import: undoes it. */
export function useCancelImport() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (importId: number) => api.post<ImportView>(`/api/imports/${importId}/cancel`),
    onSuccess: (view) => putImport(bureau, view),
    // Refused, it has ended already: a draft of it is of no use either way.
    onSettled: (_view, error, importId) => {
      if (!(error instanceof ApiError && error.unreachable)) dropDraft(importId);
    },
  });
}

function putImport(bureau: string, view: ImportView): void {
  queryClient.setQueryData<ImportView[]>(listKey(bureau), (list) => {
    if (!list) return list;
    const others = list.filter(({ id }) => id !== view.id);
    return others.length === list.length ? [view, ...list] : list.map((item) => (item.id === view.id ? view : item));
  });
}

function useDebounced<Value>(value: Value, delayMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), delayMs);
    return () => window.clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
