import type { Alarm } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import styles from './alarms.module.css';
import { alarmMessages } from './messages.ts';

/** An octagon, filled while nobody has taken the alarm on, with a word in it: neither colour nor shape alone. */
export function AlarmMark({ alarm: { kind, state } }: { alarm: Pick<Alarm, 'kind' | 'state'> }) {
  const t = useMessages(alarmMessages);
  return (
    <span className={styles.mark} data-state={state}>
      <svg viewBox="0 0 32 32" aria-hidden>
        <path d="M10 1.500h12l8.500 8.500v12L22 30.500H10L1.500 22V10z" />
      </svg>
      <span>{t(`${kind}Mark`)}</span>
    </span>
  );
}
