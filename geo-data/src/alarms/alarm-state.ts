/** What an alarm is about. Restricted area entered, area to be kept left: see geofences. */
export const ALARM_KINDS = ['sos', 'restricted_entered', 'keep_in_left'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export const ALARM_STATES = ['raised', 'acknowledged', 'closed'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** The legal next states of each state. Nobody closes what nobody has taken on: who did it is a part of the record. */
export const ALARM_TRANSITIONS: Readonly<Record<AlarmState, readonly AlarmState[]>> = {
  raised: ['acknowledged'],
  acknowledged: ['closed'],
  closed: [],
};

/** Why an alarm was closed. */
export const ALARM_CLOSE_REASONS = ['handled', 'mistaken', 'drill', 'faulty_device'] as const;
export type AlarmCloseReason = (typeof ALARM_CLOSE_REASONS)[number];

/** Whether an alarm may go from one state to another; staying is not a transition. */
export function canChangeAlarm(from: AlarmState, to: AlarmState): boolean {
  return ALARM_TRANSITIONS[from].includes(to);
}

interface Ranked {
  kind: AlarmKind;
  state: AlarmState;
  /** ISO 8601. */
  raisedAt: string;
  id: number;
}

/** The order in which alarms want attention: nobody's first, a person in danger before a place, then the newest. */
export function compareAlarms(a: Ranked, b: Ranked): number {
  return (
    ALARM_STATES.indexOf(a.state) - ALARM_STATES.indexOf(b.state) ||
    Number(a.kind !== 'sos') - Number(b.kind !== 'sos') ||
    b.raisedAt.localeCompare(a.raisedAt) ||
    b.id - a.id
  );
}
