import type { Alarm } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, EmptyState, ErrorState, IconButton, Panel, PanelSection, SkeletonRows, Switch } from '../ui/index.ts';
import { canShow, showAlarm, toggleAlarmList, useAlarmList } from './alarm-desk.ts';
import { AlarmMark } from './alarm-mark.tsx';
import { useAcknowledge, useClosedAlarms, useMayAnswer, useOpenAlarms } from './alarm-queries.ts';
import { setAlarmSound, useAlarmSound } from './alarm-sound.ts';
import { isLate, oldPlaceAt, useAlarmSubject } from './alarm-words.ts';
import styles from './alarms.module.css';
import { CloseDialog } from './close-dialog.tsx';
import { alarmMessages } from './messages.ts';

/** Every open alarm in the order in which it wants attention, and what was closed lately. */
export function AlarmList() {
  const open = useAlarmList((state) => state.open);
  return open ? <OpenList /> : null;
}

function OpenList() {
  const t = useMessages(alarmMessages);
  const { data, error, isPending, refetch } = useOpenAlarms();
  const closed = useClosedAlarms(true);
  const { wanted, sounding } = useAlarmSound();
  const [closing, setClosing] = useState<Alarm | null>(null);
  return (
    <aside className={styles.list} aria-label={t('list')}>
      <Panel
        title={t('alarms')}
        count={data?.length}
        actions={<IconButton icon="close" label={t('dismiss')} onClick={() => toggleAlarmList(false)} />}
        footer={
          <div className={styles.sound}>
            <Switch label={t('sound')} checked={wanted} onChange={setAlarmSound} />
            {wanted && !sounding ? <span className={styles.note}>{t('soundWaiting')}</span> : null}
          </div>
        }
      >
        <PanelSection title={t('open')}>
          {error && !data ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : isPending ? (
            <SkeletonRows rows={3} />
          ) : data.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
          ) : (
            <ul className={styles.items}>
              {data.map((alarm) => (
                <AlarmItem key={alarm.id} alarm={alarm} onClose={() => setClosing(alarm)} />
              ))}
            </ul>
          )}
        </PanelSection>
        <PanelSection title={t('recent')}>
          {closed.error ? (
            <ErrorState error={closed.error} onRetry={() => void closed.refetch()} />
          ) : closed.isPending ? (
            <SkeletonRows rows={2} />
          ) : closed.data.length === 0 ? (
            <p className={styles.note}>{t('noneClosed')}</p>
          ) : (
            <ul className={styles.items}>
              {closed.data.map((alarm) => (
                <AlarmItem key={alarm.id} alarm={alarm} />
              ))}
            </ul>
          )}
        </PanelSection>
      </Panel>
      {closing ? <CloseDialog alarm={closing} onClose={() => setClosing(null)} /> : null}
    </aside>
  );
}

function AlarmItem({ alarm, onClose }: { alarm: Alarm; onClose?: () => void }) {
  const t = useMessages(alarmMessages);
  const format = useFormat();
  const subjectOf = useAlarmSubject();
  const mayAnswer = useMayAnswer();
  const acknowledge = useAcknowledge();
  const time = (at: string) => format.instant(at, 'dayTime');
  const placedAt = oldPlaceAt(alarm);
  const { state, acknowledgedBy, acknowledgedAt, closedBy, closedAt, closeReason, closeNote } = alarm;
  return (
    <li className={styles.item} data-state={state}>
      <AlarmMark alarm={alarm} />
      <div className={styles.words}>
        <span className={styles.head}>
          <strong>{t(alarm.kind)}</strong>
          <span className={styles.state} data-state={state}>
            {t(state)}
          </span>
        </span>
        <span>{subjectOf(alarm)}</span>
        <span className={styles.note}>
          {t(isLate(alarm) ? 'late' : 'signalled', { time: time(alarm.signalledAt) })}
          {alarm.endedAt === null ? '' : ` · ${t('ended', { time: time(alarm.endedAt) })}`}
          {alarm.place === null ? ` · ${t('noPlace')}` : ''}
          {placedAt === null ? '' : ` · ${t('placeAt', { time: time(placedAt) })}`}
        </span>
        {acknowledgedBy === null || acknowledgedAt === null ? null : (
          <span className={styles.note}>
            {t('acknowledge')} · {t('by', { name: acknowledgedBy, time: time(acknowledgedAt) })}
          </span>
        )}
        {closedBy === null || closedAt === null || closeReason === null ? null : (
          <span className={styles.note}>
            {t(closeReason)} · {t('by', { name: closedBy, time: time(closedAt) })}
            {closeNote === null ? '' : ` · ${closeNote}`}
          </span>
        )}
        <span className={styles.actions}>
          {state === 'closed' ? null : (
            <Button small icon="pin" disabled={!canShow(alarm)} onClick={() => showAlarm(alarm)}>
              {t('locate')}
            </Button>
          )}
          {mayAnswer && state === 'raised' ? (
            <Button
              small
              tone="danger"
              icon="check"
              disabled={acknowledge.isPending}
              onClick={() => acknowledge.mutate(alarm.id)}
            >
              {t('acknowledge')}
            </Button>
          ) : null}
          {mayAnswer && state === 'acknowledged' && onClose ? (
            <Button small onClick={onClose}>
              {t('close')}
            </Button>
          ) : null}
        </span>
      </div>
    </li>
  );
}
