import { useMutation } from '@tanstack/react-query';
import type { TrackPolicy } from '@xunfang/geo-data/contract';
import { type FormEvent, useState } from 'react';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, ConfirmDialog, FormFailure, TextField, toast } from '../ui/index.ts';
import styles from './admin.module.css';
import { trackAdminMessages } from './track-messages.ts';

const FIELDS = [
  { name: 'retentionDays', hint: 'retentionHint', min: 7, max: 3650 },
  { name: 'liveTrailMinutes', hint: 'liveTrailHint', min: 0, max: 240 },
  { name: 'crossingRetentionDays', hint: 'crossingHint', min: 30, max: 3650 },
  { name: 'alarmRetentionDays', hint: 'alarmHint', min: 30, max: 3650 },
] as const;

/** The numbers of the policy. Auditors see them, administrators of all bureaus change them; what deletes is asked about first. */
export function TrackPolicyForm({ policy }: { policy: TrackPolicy }) {
  const t = useMessages(trackAdminMessages);
  const mayChange = useHasRole('admin');
  const [texts, setTexts] = useState(() => textsOf(policy));
  const [asking, setAsking] = useState(false);
  const wanted: TrackPolicy = {
    retentionDays: Number(texts.retentionDays),
    liveTrailMinutes: Number(texts.liveTrailMinutes),
    crossingRetentionDays: Number(texts.crossingRetentionDays),
    alarmRetentionDays: Number(texts.alarmRetentionDays),
  };
  const save = useMutation({
    mutationFn: () => api.patch<TrackPolicy>('/api/track-policy', wanted),
    onSuccess: async () => {
      toast(t('saved'));
      await queryClient.invalidateQueries({ queryKey: ['track-storage'] });
      await queryClient.invalidateQueries({ queryKey: ['track-policy'] });
    },
  });
  const faultOf = ({ name, min, max }: (typeof FIELDS)[number]) =>
    /^\d+$/.test(texts[name]) && Number(texts[name]) >= min && Number(texts[name]) <= max
      ? undefined
      : t('numberBad', { min, max });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (FIELDS.some((field) => faultOf(field) !== undefined)) return;
    const deletes =
      wanted.crossingRetentionDays < policy.crossingRetentionDays ||
      wanted.alarmRetentionDays < policy.alarmRetentionDays;
    if (deletes) setAsking(true);
    else save.mutate();
  };
  return (
    <form className={styles.policy} onSubmit={submit} aria-label={t('policy')} noValidate>
      <FormFailure error={save.error} />
      <div className={styles.policyFields}>
        {FIELDS.map((field) => (
          <TextField
            key={field.name}
            label={t(field.name)}
            hint={t(field.hint)}
            inputMode="numeric"
            disabled={!mayChange}
            value={texts[field.name]}
            error={faultOf(field)}
            onChange={(event) => setTexts({ ...texts, [field.name]: event.target.value })}
          />
        ))}
        {mayChange ? (
          <Button type="submit" disabled={save.isPending}>
            {t('save')}
          </Button>
        ) : null}
      </div>
      <p className={styles.note}>{t('installationOnly')}</p>
      {asking ? (
        <ConfirmDialog
          title={t('shortenTitle')}
          confirmLabel={t('shorten')}
          onConfirm={() => save.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('shortenDetail', { crossings: wanted.crossingRetentionDays, alarms: wanted.alarmRetentionDays })}
        </ConfirmDialog>
      ) : null}
    </form>
  );
}

const textsOf = (policy: TrackPolicy) => ({
  retentionDays: String(policy.retentionDays),
  liveTrailMinutes: String(policy.liveTrailMinutes),
  crossingRetentionDays: String(policy.crossingRetentionDays),
  alarmRetentionDays: String(policy.alarmRetentionDays),
});
