import { ALARM_CLOSE_REASONS, type AlarmCloseReason } from '@xunfang/geo-data/alarms';
import type { Alarm } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Dialog, DialogForm, FormFailure, SelectField, TextField } from '../ui/index.ts';
import { useCloseAlarm } from './alarm-queries.ts';
import { useAlarmSubject } from './alarm-words.ts';
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
      <DialogForm
        submitLabel={t('close')}
        busy={close.isPending}
        onCancel={onClose}
        onSubmit={() => close.mutate({ id: alarm.id, reason, note }, { onSuccess: onClose })}
      >
        <FormFailure error={close.error} />
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
      </DialogForm>
    </Dialog>
  );
}
