import type { Alarm } from './alarms.ts';
import type { DraftClientEvents, DraftServerEvents } from './drafts.ts';
import type { GeofenceEvent } from './geofences.ts';
import type { ImportView } from './imports.ts';
import type { IncidentView } from './incidents.ts';
import type { PlanComment, PlanInForce } from './plan-lifecycle.ts';
import type { PlanSummary } from './plans.ts';
import type { Role } from './roles.ts';

/**
 * Changes of what is stored. Numbered per bureau without gaps in the transaction of the change and kept for a day: a console that was
 * away gets each of them once and in order. They travel in `bureau:events`.
 */
export interface ReliableEvents {
  'roster:changed': { revision: number };
  'incident:changed': { incident: IncidentView; created: boolean };
  /** More than are worth telling one by one: look again. */
  'incidents:imported': { dataRevision: number; inserted: number };
  'plan:published': PlanSummary;
  'plan:withdrawn': PlanSummary;
  /** A plan came to be, was submitted, approved or sent back. */
  'plan:changed': PlanSummary;
  /** At the moment itself, once: units and open incidents have their new beats. */
  'plan:in-force': PlanInForce;
  'plan:commented': PlanComment;
  /** Shifts or duty levels: ask for the calendar again. */
  'plan:calendar-changed': { at: string };
  /** Raised, acknowledged, closed, or what it tells of has ended: the alarm as it is now. */
  'alarm:changed': Alarm;
  /** Fences are looked at again: areas may be large. */
  'geofence:changed': { id: number; revision: number };
  'geofence:crossed': GeofenceEvent;
}
export type ReliableEventName = keyof ReliableEvents;
/** One change; `event` tells what `payload` is. */
export type ReliableEvent = {
  [Event in ReliableEventName]: { event: Event; payload: ReliableEvents[Event] };
}[ReliableEventName];
export type NumberedEvent = ReliableEvent & { seq: number };

/** Of the numbers `after < seq <= upTo` of the bureau, those events that the receiver's role hears: the numbers themselves have no gaps. */
export interface EventBatch {
  bureau: string;
  after: number;
  upTo: number;
  events: NumberedEvent[];
}

/** Server to console. A console hears only the bureau it watches. */
export interface ServerToClientEvents extends DraftServerEvents {
  /** One binary snapshot of all positions (see position-frame.ts); volatile, the newest wins. */
  'positions:frame': (frame: ArrayBuffer) => void;
  /** Reliable: see `EventBatch` and event-follower.ts. */
  'bureau:events': (batch: EventBatch) => void;
  'import:progress': (message: ImportView) => void;
  /** Once a second, so that a console knows the link is alive and how far its clock is off. */
  'server:time': (message: { nowMs: number; databaseOk: boolean }) => void;
}

interface Refusal {
  ok: false;
  code: string;
  message: string;
}
/**
 * What a console missed since its number: the first page of it. `more`: apply these, then ask again from `batch.upTo`; live events begin
 * when a page was the last. `reload`: the events it missed are no longer kept, or it had no number yet; `batch.upTo` is where it stands
 * once it has asked for everything again.
 */
export type WatchAnswer = { ok: true; batch: EventBatch; more: boolean; reload: boolean } | Refusal;
export type Acknowledge = (answer: { ok: true } | Refusal) => void;

/** Console to server. */
export interface ClientToServerEvents extends DraftClientEvents {
  /** Watch one bureau from the last number on that the console has applied (null: from now on); leaves the one watched before. */
  'bureau:watch': (
    message: { bureau: string; lastSeq: number | null },
    acknowledge: (answer: WatchAnswer) => void,
  ) => void;
  'bureau:leave': (acknowledge: Acknowledge) => void;
}

const ALL: readonly Role[] = ['dispatcher', 'supervisor', 'analyst', 'admin', 'auditor', 'display'];
const PLANNERS: readonly Role[] = ['supervisor', 'admin'];

/** Who may send each event: read by the server's gate and by the test that walks every event as every role. */
export const CLIENT_EVENT_ROLES: Record<keyof ClientToServerEvents, readonly Role[]> = {
  'bureau:watch': ALL,
  'bureau:leave': ALL,
  'draft:join': PLANNERS,
  'draft:leave': PLANNERS,
  'draft:pointer': PLANNERS,
};

/** Who hears each reliable event, besides having to watch the bureau. */
export const RELIABLE_EVENT_ROLES: Record<ReliableEventName, readonly Role[]> = {
  'roster:changed': ['dispatcher', 'supervisor', 'admin', 'display'],
  'incident:changed': ['dispatcher', 'supervisor', 'analyst', 'admin', 'display'],
  'incidents:imported': ALL,
  'plan:published': ALL,
  'plan:withdrawn': ALL,
  'plan:changed': ALL,
  'plan:in-force': ALL,
  'plan:commented': PLANNERS,
  'plan:calendar-changed': ALL,
  'alarm:changed': ['dispatcher', 'supervisor', 'admin', 'display'],
  'geofence:changed': ['dispatcher', 'supervisor', 'admin', 'display'],
  'geofence:crossed': ['dispatcher', 'supervisor', 'admin', 'display'],
};

/** The same of what is sent as it is. */
export const SERVER_EVENT_ROLES: Record<keyof ServerToClientEvents, readonly Role[]> = {
  'positions:frame': ['dispatcher', 'supervisor', 'admin', 'display'],
  'bureau:events': ALL,
  'import:progress': ['analyst', 'admin'],
  'server:time': ALL,
  'draft:edits': PLANNERS,
  'draft:editors': PLANNERS,
  'draft:pointer': PLANNERS,
};
