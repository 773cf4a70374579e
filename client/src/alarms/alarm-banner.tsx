import { clockMessages, splitAge, useFormat, useNow } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, RelativeTime, useDisplay } from '../ui/index.ts';
import { canShow, showAlarm, toggleAlarmList } from './alarm-desk.ts';
import { AlarmMark } from './alarm-mark.tsx';
import { useAcknowledge, useMayAnswer, useOpenAlarms } from './alarm-queries.ts';
import { isLate, oldPlaceAt, useAlarmSubject } from './alarm-words.ts';
import styles from './alarms.module.css';
import { alarmMessages } from './messages.ts';

/** Nobody has answered for so long: the banner grows and says so. */
const ESCALATES_MS = 30_000;

/** Across the page while nobody has taken an alarm on: the most urgent one, and how many more. */
export function AlarmBanner() {
  const t = useMessages(alarmMessages);
  const format = useFormat();
  const subjectOf = useAlarmSubject();
  const mayAnswer = useMayAnswer();
  const acknowledge = useAcknowledge();
  const wall = useDisplay((state) => state.wall);
  const clock = useMessages(clockMessages);
  const nowMs = useNow();
  const { data = [] } = useOpenAlarms();
  const waiting = data.filter(({ state }) => state === 'raised');
  const alarm = waiting.at(0);
  if (alarm === undefined) return null;
  const placedAt = oldPlaceAt(alarm);
  const waitedMs = nowMs - Date.parse(alarm.raisedAt);
  const waited = splitAge(waitedMs);
  const escalated = waitedMs > ESCALATES_MS;
  return (
    <div className={styles.banner} role="alert" data-wall-banner={wall} data-escalated={escalated}>
      <AlarmMark alarm={alarm} />
      <strong className={styles.what}>{t(alarm.kind)}</strong>
      <strong className={styles.who}>{subjectOf(alarm)}</strong>
      {/* It counts the seconds: that is not read out. */}
      <span className={styles.when} aria-live="off">
        {isLate(alarm) ? (
          t('late', { time: format.instant(alarm.signalledAt, 'seconds') })
        ) : (
          <>
            {format.instant(alarm.signalledAt, 'seconds')} · <RelativeTime at={alarm.signalledAt} />
          </>
        )}
        {alarm.place === null ? ` · ${t('noPlace')}` : null}
        {placedAt === null ? null : ` · ${t('placeAt', { time: format.instant(placedAt, 'seconds') })}`}
        {alarm.endedAt === null ? null : ` · ${t('ended', { time: format.instant(alarm.endedAt, 'seconds') })}`}
      </span>
      {escalated ? (
        <strong className={styles.unanswered} aria-live="off">
          {t('unanswered', { age: clock(waited.unit, { count: waited.count }) })}
        </strong>
      ) : null}
      <span className={styles.space} />
      {waiting.length > 1 ? (
        <button type="button" className={styles.more} onClick={() => toggleAlarmList(true)}>
          {t('more', { count: waiting.length - 1 })}
        </button>
      ) : null}
      {wall ? null : (
        <>
          <Button icon="pin" disabled={!canShow(alarm)} onClick={() => showAlarm(alarm)}>
            {t('locate')}
          </Button>
          {mayAnswer ? (
            <Button icon="check" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate(alarm.id)}>
              {t('acknowledgeKey')}
            </Button>
          ) : null}
        </>
      )}
    </div>
  );
}
