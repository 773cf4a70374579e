import type { Alarm } from '@xunfang/geo-data/contract';
import { create } from 'zustand';
import { mapCamera } from '../map/index.ts';
import { select } from '../ui/index.ts';
import { livePlaceOf } from '../units/index.ts';

/** Whether the list of alarms is open. */
export const useAlarmList = create<{ open: boolean }>(() => ({ open: false }));

export function toggleAlarmList(open = !useAlarmList.getState().open): void {
  useAlarmList.setState({ open });
}

const ALARM_ZOOM = 15.5;

/** Where an alarm is now: where its unit is seen live, else where it was when it was raised. */
export function placeOf({ unitId, place }: Alarm): readonly [lon: number, lat: number] | null {
  return (unitId === null ? null : livePlaceOf(unitId)) ?? (place && [place.lon, place.lat]);
}

/** Whether there is anything to go to: a place, or a unit that may be seen live. */
export const canShow = ({ unitId, place }: Alarm): boolean => unitId !== null || place !== null;

/** Brings the map there and selects the unit. */
export function showAlarm(alarm: Alarm): void {
  const place = placeOf(alarm);
  if (alarm.unitId !== null) select('unit', alarm.unitId);
  if (place === null) return;
  const [lon, lat] = place;
  mapCamera.flyTo({ lon, lat, zoom: Math.max(mapCamera.view()?.zoom ?? 0, ALARM_ZOOM) });
}
