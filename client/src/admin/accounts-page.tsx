import { useMutation, useQuery } from '@tanstack/react-query';
import type { Account } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api, queryClient } from '../connection/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useHasRole, useRoleName, useSession } from '../session/index.ts';
import { Button, Tag, toast } from '../ui/index.ts';
import { AccountForm } from './account-form.tsx';
import styles from './admin.module.css';
import { AdminTable } from './admin-table.tsx';
import { adminMessages } from './messages.ts';

const KEY = ['accounts'];

export function AccountsPage() {
  const t = useMessages(adminMessages);
  const mayChange = useHasRole('admin');
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<{ accounts: Account[] }>('/api/accounts', { signal }),
  });
  const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY });
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('accounts')}</h2>
        {mayChange ? (
          <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>
            {t('newAccount')}
          </Button>
        ) : null}
      </div>
      <AdminTable
        query={query}
        rows={query.data?.accounts}
        keyOf={(account) => account.id}
        empty={t('noAccounts')}
        columns={[
          {
            key: 'username',
            title: t('username'),
            cell: (account) => account.username,
            sortBy: (account) => account.username,
          },
          {
            key: 'displayName',
            title: t('displayName'),
            cell: (account) => account.displayName,
            sortBy: (account) => account.displayName,
          },
          { key: 'roles', title: t('roles'), cell: (account) => <RoleTags account={account} /> },
          { key: 'state', title: t('state'), cell: (account) => <AccountState account={account} /> },
          {
            key: 'actions',
            title: '',
            numeric: true,
            cell: (account) =>
              mayChange ? <AccountActions account={account} edit={setEditing} refresh={refresh} /> : null,
          },
        ]}
      />
      {editing ? (
        <AccountForm
          account={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={({ username }) => {
            setEditing(null);
            refresh();
            toast(t('accountSaved', { username }), { tone: 'done' });
          }}
        />
      ) : null}
    </>
  );
}

interface AccountActionsProps {
  account: Account;
  edit: (account: Account) => void;
  refresh: () => void;
}

function AccountActions({ account, edit, refresh }: AccountActionsProps) {
  const t = useMessages(adminMessages);
  const { account: own } = useSession();
  const setDisabled = useMutation({
    mutationFn: (disabled: boolean) => api.patch<Account>(`/api/accounts/${account.id}`, { disabled }),
    onSuccess: ({ username, disabled }) => {
      refresh();
      toast(t(disabled ? 'accountDisabled' : 'accountEnabled', { username }), {
        undo: () => setDisabled.mutate(!disabled),
      });
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  return (
    <span className={styles.actions}>
      <Button small onClick={() => edit(account)}>
        {t('edit')}
      </Button>
      <Button small disabled={account.id === own.id} onClick={() => setDisabled.mutate(!account.disabled)}>
        {account.disabled ? t('enable') : t('disable')}
      </Button>
    </span>
  );
}

function AccountState({ account: { disabled, lockedUntil } }: { account: Account }) {
  const t = useMessages(adminMessages);
  const format = useFormat();
  if (disabled) return <Tag>{t('disabled')}</Tag>;
  if (lockedUntil && Date.parse(lockedUntil) > Date.now())
    return <Tag tone="warn">{t('lockedUntil', { time: format.instant(lockedUntil, 'dayTime') })}</Tag>;
  return <span className={styles.muted}>{t('active')}</span>;
}

function RoleTags({ account }: { account: Account }) {
  const t = useMessages(adminMessages);
  const roleName = useRoleName();
  const name = useBilingual();
  const { bureaus } = useSession();
  if (account.roles.length === 0) return <span className={styles.muted}>{t('noRoles')}</span>;
  const bureauName = (slug: string | null) => {
    const bureau = bureaus.find((option) => option.id === slug);
    return slug === null ? t('allBureaus') : bureau ? name(bureau.name) : slug;
  };
  return (
    <span className={styles.roles}>
      {account.roles.map(({ bureau, role }) => (
        <Tag key={`${bureau} ${role}`}>
          {roleName(role)} · {bureauName(bureau)}
        </Tag>
      ))}
    </span>
  );
}
