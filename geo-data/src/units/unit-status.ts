/**
 * What a unit is doing. The position in the list is the code on the wire and in the database: append, never reorder.
 *
 * Taking an assignment suspends the patrol, clearing resumes it (有警接警、无警巡逻).
 */
export const UNIT_STATUSES = [
  'off_duty',
  'patrolling',
  'standby',
  'dispatched',
  'acknowledged',
  'en_route',
  'on_scene',
  'cleared',
  'out_of_service',
] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

/** The legal next statuses of each status. */
export const UNIT_STATUS_TRANSITIONS: Readonly<Record<UnitStatus, readonly UnitStatus[]>> = {
  off_duty: ['patrolling', 'standby', 'out_of_service'],
  patrolling: ['standby', 'dispatched', 'on_scene', 'out_of_service', 'off_duty'],
  standby: ['patrolling', 'dispatched', 'on_scene', 'out_of_service', 'off_duty'],
  // Whoever returns an assignment (退单) or has it cancelled goes back to what he did before.
  dispatched: ['acknowledged', 'patrolling', 'standby', 'out_of_service'],
  acknowledged: ['en_route', 'on_scene', 'patrolling', 'standby', 'out_of_service'],
  en_route: ['on_scene', 'dispatched', 'patrolling', 'standby', 'out_of_service'],
  on_scene: ['cleared', 'out_of_service'],
  cleared: ['patrolling', 'standby', 'dispatched', 'out_of_service', 'off_duty'],
  out_of_service: ['patrolling', 'standby', 'off_duty'],
};

/** Statuses in which a unit can be sent to the next call. */
export const AVAILABLE_UNIT_STATUSES: readonly UnitStatus[] = ['patrolling', 'standby', 'cleared'];

/** Whether a unit may go from one status to another; staying is not a transition. */
export function canChangeUnitStatus(from: UnitStatus, to: UnitStatus): boolean {
  return UNIT_STATUS_TRANSITIONS[from].includes(to);
}

/** The wire code of a status. */
export function unitStatusCode(status: UnitStatus): number {
  return UNIT_STATUSES.indexOf(status);
}

/** The status of a wire code. Throws a RangeError for a code that this version does not know. */
export function unitStatusOfCode(code: number): UnitStatus {
  const status = UNIT_STATUSES[code];
  if (status === undefined)
    throw new RangeError(`Unit status code is ${code}, expected 0 to ${UNIT_STATUSES.length - 1}.`);
  return status;
}
