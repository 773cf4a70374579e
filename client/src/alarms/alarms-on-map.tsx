import type { Alarm } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { useMessages } from '../i18n/index.ts';
import { MapPins } from '../map/index.ts';
import { toast, useHotkeys } from '../ui/index.ts';
import { placeOf, showAlarm, toggleAlarmList } from './alarm-desk.ts';
import { AlarmMark } from './alarm-mark.tsx';
import { useAcknowledge, useAlarmFeed, useMayAnswer, useOpenAlarms } from './alarm-queries.ts';
import { soundAlarm, useAlarmSound } from './alarm-sound.ts';
import { useAlarmSubject } from './alarm-words.ts';
import styles from './alarms.module.css';
import { alarmMessages } from './messages.ts';

const NONE: readonly Alarm[] = [];

/** Open alarms at their places, above everything else on the map; their keys, and their sound. Stands in every workspace. */
export function AlarmsOnMap() {
  useAlarmFeed();
  const t = useMessages(alarmMessages);
  const subjectOf = useAlarmSubject();
  const mayAnswer = useMayAnswer();
  const acknowledge = useAcknowledge();
  const { data: alarms = NONE } = useOpenAlarms();
  const urgent = alarms.find(({ state }) => state === 'raised');

  function answer(): void {
    if (urgent === undefined) {
      toast(t('nothingToAcknowledge'));
      return;
    }
    showAlarm(urgent);
    if (mayAnswer)
      acknowledge.mutate(urgent.id, {
        onSuccess: () => toast(t('acknowledgedToast', { name: `${t(urgent.kind)} ${subjectOf(urgent)}` })),
      });
  }
  useHotkeys([
    { keys: 'a', label: () => t('keyAnswer'), group: 'general', run: answer },
    { keys: 'shift+A', label: () => t('keyList'), group: 'general', run: () => toggleAlarmList() },
  ]);

  const { wanted } = useAlarmSound();
  const sounds = wanted && urgent !== undefined;
  useEffect(() => (sounds ? soundAlarm() : undefined), [sounds]);

  return (
    <MapPins
      pins={alarms.map((alarm) => ({
        key: String(alarm.id),
        place: () => placeOf(alarm),
        content: (
          <button
            type="button"
            className={styles.pin}
            data-state={alarm.state}
            aria-label={`${t(alarm.kind)} ${subjectOf(alarm)} ${t(alarm.state)}`}
            onClick={() => {
              showAlarm(alarm);
              toggleAlarmList(true);
            }}
          >
            <span className={styles.pulse} />
            <AlarmMark alarm={alarm} />
            <span className={styles.plate}>{alarm.callSign}</span>
          </button>
        ),
      }))}
    />
  );
}
