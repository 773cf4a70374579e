import type { Role } from '@xunfang/geo-data/contract';
import type { ComponentType } from 'react';

export const WORKSPACE_IDS = ['dispatch', 'plan', 'analyse', 'admin'] as const;
export type WorkspaceId = (typeof WORKSPACE_IDS)[number];

/** A layer the viewer may switch off; its legend stands below the switch while it is on. */
export interface LayerSwitch {
  /** Read in layers with `useLayerVisible(id)` of map/. */
  id: string;
  /** A component, so that it follows the language; returns its text. */
  Label: ComponentType;
  Legend?: ComponentType;
  visibleAtFirst?: boolean;
}

/** What a workspace puts around and onto the one map. Everything is optional. */
export interface WorkspaceParts {
  /** The list. Give it a `Panel` of ui/ as its root: the shell adds width, collapse and key. */
  Left?: ComponentType;
  /** The selected thing; opens by itself when something is selected. */
  Right?: ComponentType;
  /** Whether, with these filters in the address, `Right` also stands there when nothing is selected. */
  isRightWanted?: (filters: Readonly<Record<string, string>>) => boolean;
  /** Time. */
  Bottom?: ComponentType;
  /** Floats over the free part of the map (between the panels): counters, hints. Catches no clicks except on its children. */
  MapOverlay?: ComponentType;
  /** Renders nothing: its effects put deck.gl layers onto the map (`mapLayers.set`) and take them off when it unmounts. */
  Layers?: ComponentType;
  /** Instead of map and panels: administration. The map stays alive beneath. */
  Page?: ComponentType;
  layerSwitches?: readonly LayerSwitch[];
}

/** One tab of the top bar. Its code is loaded when it is first opened. */
export interface Workspace {
  id: WorkspaceId;
  /** The key that opens it, with nothing held. */
  hotkey: string;
  /** Who sees the tab. The server refuses the others anyway. */
  roles: readonly Role[];
  load: () => Promise<{ parts: WorkspaceParts }>;
}

/** In the order of the tabs. */
export const WORKSPACES: readonly Workspace[] = [
  {
    id: 'dispatch',
    hotkey: '1',
    roles: ['dispatcher', 'supervisor', 'admin', 'display'],
    load: () => import('../workspaces/dispatch.workspace.tsx'),
  },
  {
    id: 'plan',
    hotkey: '2',
    roles: ['dispatcher', 'supervisor', 'analyst', 'admin', 'display'],
    load: () => import('../workspaces/plan.workspace.tsx'),
  },
  {
    id: 'analyse',
    hotkey: '3',
    roles: ['supervisor', 'analyst', 'admin', 'display'],
    load: () => import('../workspaces/analyse.workspace.tsx'),
  },
  { id: 'admin', hotkey: '4', roles: ['admin', 'auditor'], load: () => import('../workspaces/admin.workspace.tsx') },
];
