import { AdminPage } from '../admin/index.ts';
import type { WorkspaceParts } from '../shell/workspace.ts';

export const parts: WorkspaceParts = { Page: AdminPage };
