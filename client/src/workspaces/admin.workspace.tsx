import type { WorkspaceParts } from '../shell/workspace.ts';

export const parts: WorkspaceParts = {};
