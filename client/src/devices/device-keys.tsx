import { useMutation } from '@tanstack/react-query';
import type { Device } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, serverNowMs } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, ConfirmDialog, toast } from '../ui/index.ts';
import { refreshDevices } from './device-queries.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';
import { RotateKey } from './rotate-key.tsx';

const REGISTER_MINUTES = 10;

/** Which keys are valid, how they are exchanged, and letting a terminal fetch its own. */
export function DeviceKeys({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const [open, setOpen] = useState<'rotate' | 'old' | 'new' | null>(null);
  const { id, identifier: name, previousKeyUntil, revoked } = device;
  const overlaps = previousKeyUntil !== null && Date.parse(previousKeyUntil) > serverNowMs();
  const endOverlap = useMutation({
    mutationFn: (keep: 'new' | 'old') => api.post(`/api/devices/${id}/key-overlap/end`, { keep }),
    onSuccess: (_answer, keep) => {
      refreshDevices();
      toast(t(keep === 'new' ? 'oldStopped' : 'rotationCancelled'));
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  return (
    <section className={styles.card} aria-label={t('key')}>
      <h3>{t('key')}</h3>
      <p className={overlaps ? styles.warning : undefined}>
        {revoked ? t('revoked') : overlaps ? t('twoKeys', { time: format.instant(previousKeyUntil) }) : t('oneKey')}
      </p>
      {revoked ? null : (
        <div className={styles.actions}>
          {overlaps ? (
            <>
              <Button onClick={() => setOpen('old')}>{t('endOld')}</Button>
              <Button onClick={() => setOpen('new')}>{t('cancelRotation')}</Button>
            </>
          ) : (
            <Button icon="key" onClick={() => setOpen('rotate')}>
              {t('rotate')}
            </Button>
          )}
        </div>
      )}
      {!revoked && device.protocol === 'jt808' ? <OwnRegistration device={device} /> : null}
      {open === 'rotate' ? <RotateKey device={device} onClose={() => setOpen(null)} /> : null}
      {open === 'old' ? (
        <ConfirmDialog
          title={t('endOldTitle', { name })}
          confirmLabel={t('endOld')}
          onConfirm={() => endOverlap.mutate('new')}
          onClose={() => setOpen(null)}
        >
          {t('endOldDetail')}
        </ConfirmDialog>
      ) : null}
      {open === 'new' ? (
        <ConfirmDialog
          title={t('cancelRotationTitle', { name })}
          confirmLabel={t('cancelRotation')}
          onConfirm={() => endOverlap.mutate('old')}
          onClose={() => setOpen(null)}
        >
          {t('cancelRotationDetail')}
        </ConfirmDialog>
      ) : null}
    </section>
  );
}

/** A JT/T 808 terminal may fetch itself a key while its window is open. */
function OwnRegistration({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const path = `/api/devices/${device.id}/jt808-enrolment`;
  const change = useMutation({
    mutationFn: (open: boolean) => (open ? api.post(path, { minutes: REGISTER_MINUTES }) : api.delete(path)),
    onSuccess: refreshDevices,
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  const { enrolUntil } = device;
  const open = enrolUntil !== null && Date.parse(enrolUntil) > serverNowMs();
  return (
    <>
      <p className={styles.note}>
        {open
          ? t('registerUntil', { time: format.instant(enrolUntil, 'seconds') })
          : t('letRegisterDetail', { id: device.identifier, minutes: REGISTER_MINUTES })}
      </p>
      <div className={styles.actions}>
        <Button disabled={change.isPending} onClick={() => change.mutate(!open)}>
          {open ? t('stopRegister') : t('letRegister')}
        </Button>
      </div>
    </>
  );
}
