import { useMutation } from '@tanstack/react-query';
import type { Device, Terminal } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Dialog, DialogForm, FormFailure, toast } from '../ui/index.ts';
import { refreshDevices } from './device-queries.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';
import { UnitField } from './unit-field.tsx';

/** Lets one terminal in that asked, as the device of a unit. */
export function AcceptTerminal({ terminal, onClose }: { terminal: Terminal; onClose: () => void }) {
  const t = useMessages(deviceMessages);
  const bureau = useBureauSlug();
  const { phone, terminalId, deviceId } = terminal;
  const [unitId, setUnitId] = useState<number | null>(null);
  const accept = useMutation({
    mutationFn: () =>
      api.post<Device>('/api/terminals/acceptance', { phone, terminalId, unitId }, { query: { bureau } }),
    onSuccess: () => {
      refreshDevices();
      toast(t('acceptedToast', { phone }), { tone: 'done' });
      onClose();
    },
  });
  return (
    <Dialog title={t('acceptTitle', { phone })} onClose={onClose}>
      <DialogForm submitLabel={t('accept')} busy={accept.isPending} onCancel={onClose} onSubmit={() => accept.mutate()}>
        <FormFailure error={accept.error} />
        <p className={styles.note}>{t('acceptDetail', { terminal: terminalId || '—' })}</p>
        {deviceId === null ? null : <p className={styles.warning}>{t('acceptKnown')}</p>}
        <UnitField value={unitId} onChange={setUnitId} />
      </DialogForm>
    </Dialog>
  );
}
