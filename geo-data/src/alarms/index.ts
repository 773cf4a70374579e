export {
  ALARM_CLOSE_REASONS,
  ALARM_KINDS,
  ALARM_STATES,
  ALARM_TRANSITIONS,
  type AlarmCloseReason,
  type AlarmKind,
  type AlarmState,
  canChangeAlarm,
  compareAlarms,
} from './alarm-state.ts';
