import { useMutation } from '@tanstack/react-query';
import type { Device } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { api, serverNowMs } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Dialog, DialogForm, FormFailure, SelectField } from '../ui/index.ts';
import { refreshDevices } from './device-queries.ts';
import styles from './devices.module.css';
import { KeyDialog } from './key-dialog.tsx';
import { deviceMessages } from './messages.ts';

const HOUR_MS = 3_600_000;
const OVERLAPS = [
  { ms: 0, text: 'overlapNone' },
  { ms: HOUR_MS, text: 'overlapHour' },
  { ms: 24 * HOUR_MS, text: 'overlapDay' },
  { ms: 7 * 24 * HOUR_MS, text: 'overlapWeek' },
  // A minute less than the server's limit: this desk's idea of its clock is not exact.
  { ms: 30 * 24 * HOUR_MS - 60_000, text: 'overlapMonth' },
] as const;

/** Asks how long the old key works on, makes the new one and shows it once. */
export function RotateKey({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useMessages(deviceMessages);
  const [overlap, setOverlap] = useState(2);
  const rotate = useMutation({
    mutationFn: () => {
      const { ms } = OVERLAPS[overlap];
      const body = ms === 0 ? {} : { previousKeyUntil: new Date(serverNowMs() + ms).toISOString() };
      return api.post<{ device: Device; key: string }>(`/api/devices/${device.id}/key`, body);
    },
    onSuccess: refreshDevices,
  });
  if (rotate.data) return <KeyDialog made={rotate.data} rotated onClose={onClose} />;
  return (
    <Dialog title={t('rotateTitle', { name: device.identifier })} onClose={onClose}>
      <DialogForm submitLabel={t('issue')} busy={rotate.isPending} onCancel={onClose} onSubmit={() => rotate.mutate()}>
        <FormFailure error={rotate.error} />
        <p className={styles.note}>{t('rotateDetail')}</p>
        <SelectField label={t('overlap')} value={overlap} onChange={(event) => setOverlap(Number(event.target.value))}>
          {OVERLAPS.map(({ text }, index) => (
            <option key={text} value={index}>
              {t(text)}
            </option>
          ))}
        </SelectField>
      </DialogForm>
    </Dialog>
  );
}
