import { isAbort } from '../connection/index.ts';
import { uploadImport } from './import-queries.ts';
import { beginDraft, type FileUpload, useImportStore } from './import-store.ts';

/** Sends the file; it goes on when the panel is closed, and ends in a draft. */
export async function uploadFile(bureau: string, file: File): Promise<void> {
  const abort = new AbortController();
  const upload: FileUpload = { bureau, file, share: 0, error: null, stop: () => abort.abort() };
  const put = (change: Partial<FileUpload> | null) =>
    useImportStore.setState((state) => {
      // Another file may have been chosen meanwhile.
      if (state.upload?.file !== file) return state;
      return { upload: change && { ...state.upload, ...change } };
    });
  useImportStore.setState({ upload, followedId: null });
  try {
    const answer = await uploadImport(bureau, file, { signal: abort.signal, onProgress: (share) => put({ share }) });
    beginDraft(bureau, answer.import, answer.preview);
  } catch (error) {
    put(isAbort(error) ? null : { error: error instanceof Error ? error : new Error(String(error)) });
  }
}
