import type { Alarm } from '@xunfang/geo-data/contract';
import { useCallback } from 'react';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { alarmMessages } from './messages.ts';

/** Longer between the button and our hearing of it is not the network's usual delay. */
const LATE_MS = 60_000;
export const isLate = ({ signalledAt, raisedAt }: Alarm) => Date.parse(raisedAt) - Date.parse(signalledAt) > LATE_MS;

/** Who it is about, and which fence. */
export function useAlarmSubject(): (alarm: Alarm) => string {
  const t = useMessages(alarmMessages);
  const name = useBilingual();
  return useCallback(
    ({ unitId, callSign, geofence }) => {
      const who = unitId === null ? t('noUnit', { name: callSign }) : callSign;
      return geofence ? `${who} · ${name(geofence.name)}` : who;
    },
    [t, name],
  );
}

/** The place was known long before: somebody goes to where the unit was. */
export function oldPlaceAt({ place, signalledAt }: Alarm): string | null {
  return place !== null && Date.parse(signalledAt) - Date.parse(place.at) > LATE_MS ? place.at : null;
}
