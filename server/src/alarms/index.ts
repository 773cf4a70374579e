export { alarmsModule } from './alarms.routes.ts';
export { deleteOldAlarms } from './delete-old-alarms.ts';
export type { NewAlarm } from './alarms.repository.ts';
export { endAlarm, endAlarmsOfFence, raiseAlarm } from './raise-alarm.ts';
