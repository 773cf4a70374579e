export { AlarmBanner } from './alarm-banner.tsx';
export { AlarmCounter } from './alarm-counter.tsx';
export { AlarmList } from './alarm-list.tsx';
export { useSeesAlarms } from './alarm-queries.ts';
export { useAlarmedFences } from './alarmed-fences.ts';
export { AlarmsOnMap } from './alarms-on-map.tsx';
