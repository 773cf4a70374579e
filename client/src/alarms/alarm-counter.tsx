import { useMessages } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { toggleAlarmList, useAlarmList } from './alarm-desk.ts';
import { useOpenAlarms, useSeesAlarms } from './alarm-queries.ts';
import styles from './alarms.module.css';
import { alarmMessages } from './messages.ts';

/** In the top bar: grey when there is nothing, red with a number while somebody must act. */
export function AlarmCounter() {
  const t = useMessages(alarmMessages);
  const { data = [] } = useOpenAlarms();
  const open = useAlarmList((state) => state.open);
  const sees = useSeesAlarms();
  if (!sees) return null;
  const waiting = data.filter(({ state }) => state === 'raised').length;
  const label = t('counter', { waiting, open: data.length });
  return (
    <button
      type="button"
      className={styles.counter}
      data-waiting={waiting > 0}
      aria-expanded={open}
      aria-label={label}
      title={label}
      onClick={() => toggleAlarmList()}
    >
      <Icon name="alarm" />
      <span>{t('alarms')}</span>
      {data.length > 0 ? <strong>{waiting > 0 ? waiting : data.length}</strong> : null}
    </button>
  );
}
