import { updateUrl } from '../ui/index.ts';
import type { WorkspaceId } from './workspace.ts';

export function openWorkspace(workspace: WorkspaceId): void {
  updateUrl({ workspace });
}

/** Another bureau is another city: view, selection and filters of the one before mean nothing there. */
export function openBureau(bureau: string): void {
  updateUrl({ bureau, view: null, selection: null, filters: {} });
}
