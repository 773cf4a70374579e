import { type ReactNode, Suspense, use } from 'react';
import { ErrorBoundary, SkeletonRows } from '../ui/index.ts';
import type { Workspace, WorkspaceId, WorkspaceParts } from './workspace.ts';

type PartName = 'Left' | 'Right' | 'Bottom' | 'MapOverlay' | 'Layers' | 'Page';
const loaded = new Map<WorkspaceId, Promise<{ parts: WorkspaceParts }>>();

function partsOf(workspace: Workspace): Promise<{ parts: WorkspaceParts }> {
  let promise = loaded.get(workspace.id);
  if (!promise) {
    promise = workspace.load();
    loaded.set(workspace.id, promise);
  }
  return promise;
}

/** Suspends until the workspace's code is there. */
export function useWorkspaceParts(workspace: Workspace): WorkspaceParts {
  return use(partsOf(workspace)).parts;
}

/** One part of the workspace in its own boundary: it may load and fail without the others. */
export function WorkspaceSlot({ workspace, part, bare }: { workspace: Workspace; part: PartName; bare?: boolean }) {
  // A failed download (a new version was installed meanwhile) is kept as failed until somebody asks again: trying by
  // itself with every drawing would never end.
  const forget = () => loaded.delete(workspace.id);
  return (
    <Boundary resetKey={`${workspace.id} ${part}`} bare={bare} onReopen={forget}>
      <Part workspace={workspace} part={part} />
    </Boundary>
  );
}

interface BoundaryProps {
  resetKey: string;
  bare?: boolean;
  onReopen: () => void;
  children: ReactNode;
}

function Boundary({ resetKey, bare, onReopen, children }: BoundaryProps) {
  return (
    <ErrorBoundary resetKey={resetKey} onReopen={onReopen}>
      <Suspense fallback={bare ? null : <SkeletonRows />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function Part({ workspace, part }: { workspace: Workspace; part: PartName }) {
  const Content = useWorkspaceParts(workspace)[part];
  return Content ? <Content key={workspace.id} /> : null;
}
