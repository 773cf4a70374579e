import type { ImportView } from './imports.ts';
import type { IncidentView } from './incidents.ts';
import type { PlanSummary } from './plans.ts';
import type { Role } from './roles.ts';

/** Server to console. A console hears only the bureau it watches. */
export interface ServerToClientEvents {
  /** One binary snapshot of all positions (see position-frame.ts); volatile, the newest wins. */
  'positions:frame': (frame: ArrayBuffer) => void;
  'roster:changed': (message: { revision: number }) => void;
  'incident:changed': (message: { incident: IncidentView; created: boolean }) => void;
  'incidents:imported': (message: { dataRevision: number; inserted: number }) => void;
  'import:progress': (message: ImportView) => void;
  'plan:published': (message: PlanSummary) => void;
  /** Once a second, so that a console knows the link is alive and how far its clock is off. */
  'server:time': (message: { nowMs: number; databaseOk: boolean }) => void;
}

export type Acknowledge = (answer: { ok: true } | { ok: false; code: string; message: string }) => void;

/** Console to server. */
export interface ClientToServerEvents {
  /** Watch one bureau; leaves the one watched before. */
  'bureau:watch': (message: { bureau: string }, acknowledge: Acknowledge) => void;
  'bureau:leave': (acknowledge: Acknowledge) => void;
}

const ALL: readonly Role[] = ['dispatcher', 'supervisor', 'analyst', 'admin', 'auditor', 'display'];

/** Who may send each event: read by the server's gate and by the test that walks every event as every role. */
export const CLIENT_EVENT_ROLES: Record<keyof ClientToServerEvents, readonly Role[]> = {
  'bureau:watch': ALL,
  'bureau:leave': ALL,
};

/** Who hears each event, besides having to watch the bureau. */
export const SERVER_EVENT_ROLES: Record<keyof ServerToClientEvents, readonly Role[]> = {
  'positions:frame': ['dispatcher', 'supervisor', 'admin', 'display'],
  'roster:changed': ['dispatcher', 'supervisor', 'admin', 'display'],
  'incident:changed': ['dispatcher', 'supervisor', 'analyst', 'admin', 'display'],
  'incidents:imported': ALL,
  'import:progress': ['analyst', 'admin'],
  'plan:published': ALL,
  'server:time': ALL,
};
