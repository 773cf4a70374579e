/**
 * The states of an incident, main line first, side states after. The position in the list is its numeric code:
 * append, never reorder. The append-only event log is the truth; the current state is the last legal transition in it.
 */
export const INCIDENT_STATES = [
  'received',
  'classified',
  'dispatched',
  'acknowledged',
  'en_route',
  'on_scene',
  'resolved',
  'feedback',
  'closed',
  'returned',
  'cancelled',
  'merged',
  'transferred',
  'invalid',
] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/**
 * The legal next states. The main line is never skipped where a clock is measured: acknowledged (签收) and en route (出警)
 * are separate. A call that turns out to be a repeat, invalid or another agency's leaves the line by a side state.
 */
export const INCIDENT_TRANSITIONS: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  received: ['classified', 'cancelled', 'merged', 'transferred', 'invalid'],
  // Settled on the telephone, without sending anyone.
  classified: ['dispatched', 'resolved', 'cancelled', 'merged', 'transferred', 'invalid'],
  dispatched: ['acknowledged', 'returned', 'cancelled', 'merged', 'transferred', 'invalid'],
  acknowledged: ['en_route', 'returned', 'cancelled', 'merged', 'transferred', 'invalid'],
  en_route: ['on_scene', 'returned', 'cancelled', 'merged', 'transferred', 'invalid'],
  on_scene: ['resolved', 'merged', 'transferred', 'invalid'],
  resolved: ['feedback', 'dispatched'],
  // Feedback that does not satisfy is sent back and the call handled again.
  feedback: ['closed', 'dispatched'],
  closed: [],
  returned: ['classified', 'dispatched', 'transferred', 'cancelled', 'invalid'],
  cancelled: [],
  merged: [],
  transferred: ['returned', 'closed'],
  invalid: [],
};

/** States in which nobody has to do anything any more. */
export const FINAL_INCIDENT_STATES: readonly IncidentState[] = INCIDENT_STATES.filter(
  (state) => INCIDENT_TRANSITIONS[state].length === 0,
);

/** Whether an incident may go from one state to another; staying is not a transition. */
export function canTransition(from: IncidentState, to: IncidentState): boolean {
  return INCIDENT_TRANSITIONS[from].includes(to);
}
