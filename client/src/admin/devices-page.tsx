import { useMutation, useQuery } from '@tanstack/react-query';
import type { Device, Roster } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Button, Dialog, DialogForm, RelativeTime, SelectField, Tag, TextField } from '../ui/index.ts';
import styles from './admin.module.css';
import { AdminTable } from './admin-table.tsx';
import { Failure } from './failure.tsx';
import { adminMessages } from './messages.ts';
import { RevokeButton } from './revoke-button.tsx';
import { SecretDialog } from './secret-dialog.tsx';

export function DevicesPage() {
  const t = useMessages(adminMessages);
  const format = useFormat();
  const bureau = useBureauSlug();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const queryKey = ['devices', bureau];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<{ devices: Device[] }>('/api/devices', { query: { bureau }, signal }),
  });
  const refresh = () => void queryClient.invalidateQueries({ queryKey });
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('devices')}</h2>
        <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
          {t('newDevice')}
        </Button>
      </div>
      <AdminTable
        query={query}
        rows={query.data?.devices}
        keyOf={(device) => device.id}
        empty={t('noDevices')}
        emptyDetail={t('noDevicesDetail')}
        columns={[
          {
            key: 'identifier',
            title: t('identifier'),
            cell: (device) => device.identifier,
            sortBy: (device) => device.identifier,
          },
          {
            key: 'unit',
            title: t('unit'),
            cell: ({ callSign }) => callSign ?? <span className={styles.muted}>{t('noUnit')}</span>,
            sortBy: ({ callSign }) => callSign ?? '',
          },
          {
            key: 'lastSeenAt',
            title: t('lastSeenAt'),
            cell: ({ lastSeenAt }) =>
              lastSeenAt ? <RelativeTime at={lastSeenAt} /> : <span className={styles.muted}>{t('never')}</span>,
            sortBy: ({ lastSeenAt }) => lastSeenAt ?? '',
          },
          {
            key: 'accepted',
            title: t('accepted'),
            numeric: true,
            cell: ({ accepted }) => format.number(accepted),
            sortBy: ({ accepted }) => accepted,
          },
          {
            key: 'refused',
            title: t('refused'),
            numeric: true,
            cell: ({ refused }) => format.number(refused),
            sortBy: ({ refused }) => refused,
          },
          {
            key: 'state',
            title: t('state'),
            cell: ({ revoked }) =>
              revoked ? <Tag>{t('revoked')}</Tag> : <span className={styles.muted}>{t('valid')}</span>,
          },
          {
            key: 'actions',
            title: '',
            numeric: true,
            cell: (device) =>
              device.revoked ? null : (
                <RevokeButton
                  path={`/api/devices/${device.id}`}
                  question={t('revokeDeviceTitle', { name: device.identifier })}
                  consequence={t('revokeDeviceDetail')}
                  said={t('deviceRevoked', { name: device.identifier })}
                  onRevoked={refresh}
                />
              ),
          },
        ]}
      />
      {adding ? (
        <NewDeviceForm
          onClose={() => setAdding(false)}
          onMade={(key) => {
            setAdding(false);
            setSecret(key);
            refresh();
          }}
        />
      ) : null}
      {secret ? (
        <SecretDialog
          secret={`${window.location.origin}/api/osmand/${secret}`}
          hint={t('deviceHint')}
          onClose={() => setSecret(null)}
        />
      ) : null}
    </>
  );
}

function NewDeviceForm({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const t = useMessages(adminMessages);
  const bureau = useBureauSlug();
  const [identifier, setIdentifier] = useState('');
  const [unitId, setUnitId] = useState('');
  const [checked, setChecked] = useState(false);
  const roster = useQuery({
    queryKey: ['roster', bureau],
    queryFn: ({ signal }) => api.get<Roster>('/api/units', { query: { bureau }, signal }),
  });
  const create = useMutation({
    mutationFn: () =>
      api.post<{ key: string }>(
        '/api/devices',
        { identifier: identifier.trim(), unitId: unitId ? Number(unitId) : null },
        { query: { bureau } },
      ),
    onSuccess: ({ key }) => onMade(key),
  });
  const submit = () => {
    setChecked(true);
    if (identifier.trim()) create.mutate();
  };
  return (
    <Dialog title={t('newDevice')} onClose={onClose}>
      <DialogForm submitLabel={t('create')} busy={create.isPending} onCancel={onClose} onSubmit={submit}>
        <Failure error={create.error} />
        <TextField
          label={t('identifier')}
          placeholder={t('identifierPlaceholder')}
          maxLength={64}
          autoComplete="off"
          value={identifier}
          error={checked && !identifier.trim() ? t('required') : undefined}
          onChange={(event) => setIdentifier(event.target.value)}
        />
        <SelectField label={t('unit')} value={unitId} onChange={(event) => setUnitId(event.target.value)}>
          <option value="">{t('noUnit')}</option>
          {roster.data?.units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.callSign}
            </option>
          ))}
        </SelectField>
      </DialogForm>
    </Dialog>
  );
}
