import { ALARM_CLOSE_REASONS, type AlarmCloseReason } from '@xunfang/geo-data/alarms';
import type { Alarm } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button, Dialog, ErrorState, SelectField, TextField } from '../ui/index.ts';
import { useCloseAlarm } from './alarm-queries.ts';
import { useAlarmSubject } from './alarm-words.ts';
import styles from './alarms.module.css';
import { alarmMessages } from './messages.ts';

/** The reason is a part of the record, so it is asked for. */
export function CloseDialog({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const t = useMessages(alarmMessages);
  const subjectOf = useAlarmSubject();
  const close = useCloseAlarm();
  const [reason, setReason] = useState<AlarmCloseReason>('handled');
  const [note, setNote] = useState('');
  return (
    <Dialog title={t('closeTitle', { name: `${t(alarm.kind)} ${subjectOf(alarm)}` })} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          close.mutate({ id: alarm.id, reason, note }, { onSuccess: onClose });
        }}
      >
        <SelectField
          label={t('closeReason')}
          value={reason}
          autoFocus
          onChange={(event) => setReason(event.target.value as AlarmCloseReason)}
        >
          {ALARM_CLOSE_REASONS.map((option) => (
            <option key={option} value={option}>
              {t(option)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('closeNote')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        {close.error ? <ErrorState error={close.error} /> : null}
        <div className={styles.actions}>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" tone="primary" disabled={close.isPending}>
            {t('close')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
