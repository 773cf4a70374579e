import { useMutation } from '@tanstack/react-query';
import type { TrackPolicy } from '@xunfang/geo-data/contract';
import { type FormEvent, useState } from 'react';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, FormFailure, TextField, toast } from '../ui/index.ts';
import styles from './admin.module.css';
import { trackAdminMessages } from './track-messages.ts';

const LIMITS = { retentionDays: [7, 3650], liveTrailMinutes: [0, 240] } as const;

/** Both numbers of the policy. Auditors see them, administrators of all bureaus change them. */
export function TrackPolicyForm({ policy }: { policy: TrackPolicy }) {
  const t = useMessages(trackAdminMessages);
  const mayChange = useHasRole('admin');
  const [days, setDays] = useState(String(policy.retentionDays));
  const [minutes, setMinutes] = useState(String(policy.liveTrailMinutes));
  const save = useMutation({
    mutationFn: () =>
      api.patch<TrackPolicy>('/api/track-policy', { retentionDays: Number(days), liveTrailMinutes: Number(minutes) }),
    onSuccess: async () => {
      toast(t('saved'));
      await queryClient.invalidateQueries({ queryKey: ['track-storage'] });
      await queryClient.invalidateQueries({ queryKey: ['track-policy'] });
    },
  });
  const faultOf = (text: string, [min, max]: readonly [number, number]) =>
    /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max ? undefined : t('numberBad', { min, max });
  const faults = [faultOf(days, LIMITS.retentionDays), faultOf(minutes, LIMITS.liveTrailMinutes)];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (faults.every((fault) => fault === undefined)) save.mutate();
  };
  return (
    <form className={styles.policy} onSubmit={submit} aria-label={t('policy')} noValidate>
      <FormFailure error={save.error} />
      <div className={styles.policyFields}>
        <TextField
          label={t('retentionDays')}
          hint={t('retentionHint')}
          inputMode="numeric"
          disabled={!mayChange}
          value={days}
          error={faults[0]}
          onChange={(event) => setDays(event.target.value)}
        />
        <TextField
          label={t('liveTrailMinutes')}
          hint={t('liveTrailHint')}
          inputMode="numeric"
          disabled={!mayChange}
          value={minutes}
          error={faults[1]}
          onChange={(event) => setMinutes(event.target.value)}
        />
        {mayChange ? (
          <Button type="submit" disabled={save.isPending}>
            {t('save')}
          </Button>
        ) : null}
      </div>
      <p className={styles.note}>{t('installationOnly')}</p>
    </form>
  );
}
