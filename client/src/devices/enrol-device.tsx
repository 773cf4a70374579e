import { useMutation } from '@tanstack/react-query';
import type { Device } from '@xunfang/geo-data/contract';
import { api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Dialog } from '../ui/index.ts';
import { DeviceForm, type DeviceOrder } from './device-form.tsx';
import { refreshDevices } from './device-queries.ts';
import { openDevice } from './device-words.ts';
import { KeyDialog } from './key-dialog.tsx';
import { deviceMessages } from './messages.ts';

/** Registers a device, shows its key once, then the device. */
export function EnrolDevice({ onClose }: { onClose: () => void }) {
  const t = useMessages(deviceMessages);
  const bureau = useBureauSlug();
  const enrol = useMutation({
    mutationFn: (order: DeviceOrder) =>
      api.post<{ device: Device; key: string }>('/api/devices', order, { query: { bureau } }),
    onSuccess: refreshDevices,
  });
  if (enrol.data)
    return (
      <KeyDialog
        made={enrol.data}
        onClose={() => {
          onClose();
          openDevice(enrol.data.device.id);
        }}
      />
    );
  return (
    <Dialog title={t('enrol')} onClose={onClose}>
      <DeviceForm
        device={null}
        busy={enrol.isPending}
        error={enrol.error}
        submitLabel={t('create')}
        onSubmit={(order) => enrol.mutate(order)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
