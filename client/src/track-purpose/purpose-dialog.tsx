import { TRACK_PURPOSES, type TrackPurpose } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Dialog, DialogForm, SelectField, TextField } from '../ui/index.ts';
import { purposeMessages } from './messages.ts';
import styles from './purpose.module.css';
import { type PurposeSubject, statePurpose } from './purpose-store.ts';

interface PurposeDialogProps {
  subject: PurposeSubject;
  /** Call sign; null: all units. */
  name: string | null;
  onClose: () => void;
  /** The purpose is remembered by then. */
  onStated: () => void;
}

/** Asks what a track is opened for. */
export function PurposeDialog({ subject, name, onClose, onStated }: PurposeDialogProps) {
  const t = useMessages(purposeMessages);
  const [purpose, setPurpose] = useState<TrackPurpose | ''>('');
  const [note, setNote] = useState('');
  const [checked, setChecked] = useState(false);
  const lacksNote = purpose === 'other' && note.trim() === '';
  const submit = () => {
    setChecked(true);
    if (purpose === '' || lacksNote) return;
    statePurpose(subject, { purpose, note: note.trim() });
    onStated();
  };
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <DialogForm submitLabel={t('open')} onCancel={onClose} onSubmit={submit}>
        <p className={styles.subject}>{t('of', { name: name ?? t('ofAll') })}</p>
        <p className={styles.why}>{t('why')}</p>
        <SelectField
          label={t('purpose')}
          value={purpose}
          error={checked && purpose === '' ? t('required') : undefined}
          onChange={(event) => setPurpose(event.target.value as TrackPurpose | '')}
        >
          <option value="">{t('choose')}</option>
          {TRACK_PURPOSES.map((option) => (
            <option key={option} value={option}>
              {t(option)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('note')}
          hint={t('noteHint')}
          error={checked && lacksNote ? t('noteRequired') : undefined}
          maxLength={200}
          autoComplete="off"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className={styles.why}>{t('remembered')}</p>
      </DialogForm>
    </Dialog>
  );
}
