import { updateUrl, useUrlState } from '../ui/index.ts';
import type { WorkspaceId } from './workspace.ts';

export function openWorkspace(workspace: WorkspaceId): void {
  updateUrl({ workspace });
}

/** Another bureau is another city: view, selection and filters of the one before mean nothing there. */
export function openBureau(bureau: string): void {
  // The page of administration stays, the device on it does not.
  const path = useUrlState.getState().path.slice(0, 1);
  updateUrl({ bureau, path, view: null, selection: null, filters: {} });
}
