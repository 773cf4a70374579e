import type { Device } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { SecretDialog } from '../ui/index.ts';
import { addressOf, DeviceSetup } from './device-setup.tsx';
import { deviceMessages } from './messages.ts';

interface KeyDialogProps {
  made: { device: Device; key: string };
  /** A key that stands in for an earlier one. */
  rotated?: boolean;
  onClose: () => void;
}

/** A device's new key as its protocol wants it, with what to do with it. */
export function KeyDialog({ made: { device, key }, rotated = false, onClose }: KeyDialogProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  return (
    <SecretDialog secret={addressOf(device.protocol, key)} onClose={onClose}>
      <DeviceSetup device={device} />
      {rotated ? (
        <p>
          {device.previousKeyUntil === null
            ? t('oldEnded')
            : t('oldUntil', { time: format.instant(device.previousKeyUntil) })}
        </p>
      ) : null}
    </SecretDialog>
  );
}
