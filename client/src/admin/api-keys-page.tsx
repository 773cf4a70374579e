import { useMutation, useQuery } from '@tanstack/react-query';
import type { ApiKeyView, ApiScope } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';
import {
  Button,
  CheckboxGroup,
  Dialog,
  DialogForm,
  FormFailure,
  RelativeTime,
  SecretDialog,
  Tag,
  TextField,
} from '../ui/index.ts';
import styles from './admin.module.css';
import { AdminTable } from './admin-table.tsx';
import { adminMessages } from './messages.ts';
import { RevokeButton } from './revoke-button.tsx';

const SCOPES = {
  'incidents:write': 'scopeIncidentsWrite',
  'incidents:read': 'scopeIncidentsRead',
  'plans:read': 'scopePlansRead',
  'metrics:read': 'scopeMetricsRead',
  'positions:write': 'scopePositionsWrite',
} as const satisfies Record<ApiScope, string>;

export function ApiKeysPage() {
  const t = useMessages(adminMessages);
  const format = useFormat();
  const bureau = useBureauSlug();
  const mayChange = useHasRole('admin');
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const queryKey = ['api-keys', bureau];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<{ apiKeys: ApiKeyView[] }>('/api/api-keys', { query: { bureau }, signal }),
  });
  const refresh = () => void queryClient.invalidateQueries({ queryKey });
  const scopeName = (scope: string) => (scope in SCOPES ? t(SCOPES[scope as ApiScope]) : scope);
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('apiKeys')}</h2>
        {mayChange ? (
          <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('newKey')}
          </Button>
        ) : null}
      </div>
      <AdminTable
        query={query}
        rows={query.data?.apiKeys}
        keyOf={(key) => key.id}
        empty={t('noKeys')}
        emptyDetail={t('noKeysDetail')}
        columns={[
          { key: 'name', title: t('name'), cell: (key) => key.name, sortBy: (key) => key.name },
          {
            key: 'scopes',
            title: t('scopes'),
            cell: (key) => (
              <span className={styles.roles}>
                {key.scopes.map((scope) => (
                  <Tag key={scope}>{scopeName(scope)}</Tag>
                ))}
              </span>
            ),
          },
          {
            key: 'createdAt',
            title: t('createdAt'),
            cell: (key) => format.instant(key.createdAt),
            sortBy: (key) => key.createdAt,
          },
          {
            key: 'lastUsedAt',
            title: t('lastUsedAt'),
            cell: ({ lastUsedAt }) =>
              lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className={styles.muted}>{t('never')}</span>,
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
            cell: (key) =>
              mayChange && !key.revoked ? (
                <RevokeButton
                  path={`/api/api-keys/${key.id}`}
                  question={t('revokeKeyTitle', { name: key.name })}
                  consequence={t('revokeKeyDetail')}
                  said={t('keyRevoked', { name: key.name })}
                  onRevoked={refresh}
                />
              ) : null,
          },
        ]}
      />
      {adding ? (
        <NewKeyForm
          onClose={() => setAdding(false)}
          onMade={(key) => {
            setAdding(false);
            setSecret(key);
            refresh();
          }}
        />
      ) : null}
      {secret ? <SecretDialog secret={secret} onClose={() => setSecret(null)} /> : null}
    </>
  );
}

function NewKeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const t = useMessages(adminMessages);
  const bureau = useBureauSlug();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ApiScope[]>(['incidents:write']);
  const [checked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: () => api.post<{ key: string }>('/api/api-keys', { name: name.trim(), scopes }, { query: { bureau } }),
    onSuccess: ({ key }) => onMade(key),
  });
  const submit = () => {
    setChecked(true);
    if (name.trim() && scopes.length > 0) create.mutate();
  };
  return (
    <Dialog title={t('newKey')} onClose={onClose}>
      <DialogForm submitLabel={t('create')} busy={create.isPending} onCancel={onClose} onSubmit={submit}>
        <FormFailure error={create.error} />
        <TextField
          label={t('name')}
          placeholder={t('keyNamePlaceholder')}
          maxLength={64}
          value={name}
          error={checked && !name.trim() ? t('required') : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <CheckboxGroup
          label={t('scopes')}
          options={Object.entries(SCOPES).map(([value, key]) => ({ value: value as ApiScope, label: t(key) }))}
          values={scopes}
          onChange={setScopes}
          error={checked && scopes.length === 0 ? t('required') : undefined}
        />
      </DialogForm>
    </Dialog>
  );
}
