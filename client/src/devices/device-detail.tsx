import { useMutation } from '@tanstack/react-query';
import type { Device } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, ConfirmDialog, Dialog, ErrorState, FigureRows, SkeletonRows, Tag, toast } from '../ui/index.ts';
import { DeviceCounts } from './device-counts.tsx';
import { DeviceForm, type DeviceOrder } from './device-form.tsx';
import { DeviceKeys } from './device-keys.tsx';
import { refreshDevices, useDevice } from './device-queries.ts';
import { addressOf, DeviceSetup } from './device-setup.tsx';
import { openDevice, systemName, useProtocolName } from './device-words.ts';
import styles from './devices.module.css';
import { LastMessage } from './last-message.tsx';
import { LastSeen } from './last-seen.tsx';
import { deviceMessages } from './messages.ts';
import { QuarantineList } from './quarantine-list.tsx';

/** One device: what it is registered as, its keys, what it sent and what of it was refused. */
export function DeviceDetailView({ id }: { id: number }) {
  const t = useMessages(deviceMessages);
  const query = useDevice(id);
  return (
    <>
      <Button small tone="quiet" icon="chevronLeft" onClick={() => openDevice(null)}>
        {t('back')}
      </Button>
      {query.data ? (
        <>
          <Heading device={query.data.device} />
          <Suspicion device={query.data.device} />
          <div className={styles.cards}>
            <Settings device={query.data.device} />
            <div className={styles.column}>
              <DeviceKeys device={query.data.device} />
              <LastMessage message={query.data.lastMessage} />
            </div>
            <DeviceCounts device={query.data.device} />
          </div>
          <QuarantineList device={query.data.device} />
        </>
      ) : query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={12} />
      )}
    </>
  );
}

function useChangeDevice(device: Device, onDone: () => void = () => {}) {
  const t = useMessages(deviceMessages);
  return useMutation({
    mutationFn: (change: Partial<Omit<DeviceOrder, 'identifier'>>) =>
      api.patch<Device>(`/api/devices/${device.id}`, change),
    onSuccess: ({ identifier }) => {
      refreshDevices();
      toast(t('saved', { name: identifier }), { tone: 'done' });
      onDone();
    },
  });
}

function Heading({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const [open, setOpen] = useState<'change' | 'revoke' | null>(null);
  const change = useChangeDevice(device, () => setOpen(null));
  const revoke = useMutation({
    mutationFn: () => api.delete(`/api/devices/${device.id}`),
    onSuccess: () => {
      refreshDevices();
      toast(t('revokedToast', { name: device.identifier }));
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  return (
    <div className={styles.heading}>
      <h2>
        {device.identifier} {device.revoked ? <Tag>{t('revoked')}</Tag> : null}
      </h2>
      {device.revoked ? null : (
        <>
          <Button onClick={() => setOpen('change')}>{t('change')}</Button>
          <Button tone="danger" disabled={revoke.isPending} onClick={() => setOpen('revoke')}>
            {t('revoke')}
          </Button>
        </>
      )}
      {open === 'change' ? (
        <Dialog title={t('changeTitle', { name: device.identifier })} onClose={() => setOpen(null)}>
          <DeviceForm
            device={device}
            busy={change.isPending}
            error={change.error}
            submitLabel={t('save')}
            onSubmit={({ identifier: _fixed, ...order }) => change.mutate(order)}
            onCancel={() => setOpen(null)}
          />
        </Dialog>
      ) : null}
      {open === 'revoke' ? (
        <ConfirmDialog
          title={t('revokeTitle', { name: device.identifier })}
          confirmLabel={t('revoke')}
          onConfirm={() => revoke.mutate()}
          onClose={() => setOpen(null)}
        >
          {t('revokeDetail')}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

/** Hundreds of metres off is worse than no position: it stands above all else, with the change that mends it. */
function Suspicion({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const change = useChangeDevice(device);
  const { suspectedSystem, coordinateSystem } = device;
  if (suspectedSystem === null || device.revoked) return null;
  const system = systemName(suspectedSystem);
  return (
    <div className={styles.suspicion} role="status">
      <span>{t('suspectedDetail', { system, declared: systemName(coordinateSystem) })}</span>
      <Button small disabled={change.isPending} onClick={() => change.mutate({ coordinateSystem: suspectedSystem })}>
        {t('useSuspected', { system })}
      </Button>
    </div>
  );
}

function Settings({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const protocolName = useProtocolName();
  const { messagesPerMinute, mqttUser } = device;
  return (
    <section className={styles.card} aria-label={t('settings')}>
      <h3>{t('settings')}</h3>
      <FigureRows
        rows={[
          { label: t('lastSeen'), value: <LastSeen device={device} /> },
          { label: t('unit'), value: device.callSign ?? t('noUnit') },
          { label: t('protocol'), value: protocolName(device.protocol ?? device.lastProtocol) },
          ...(mqttUser === null ? [] : [{ label: t('mqttUser'), value: mqttUser }]),
          { label: t('coordinateSystem'), value: systemName(device.coordinateSystem) },
          { label: t('rate'), value: format.number(messagesPerMinute ?? DEFAULT_PER_MINUTE) },
        ]}
      />
      <h3>{t('setup')}</h3>
      <code className={styles.raw}>{addressOf(device.protocol, `<${t('keyPlace')}>`)}</code>
      <div className={styles.note}>
        <DeviceSetup device={device} />
      </div>
    </section>
  );
}

/** As the server has it where nothing else was set. */
const DEFAULT_PER_MINUTE = 600;
