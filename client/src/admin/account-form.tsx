import { useMutation } from '@tanstack/react-query';
import type { Account, Role } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { api } from '../connection/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useRoleName, useSession } from '../session/index.ts';
import { CheckboxGroup, Dialog, DialogForm, FormFailure, TextField } from '../ui/index.ts';
import { adminMessages } from './messages.ts';

const EVERY_BUREAU = '*';
const ROLE_ORDER: readonly Role[] = ['dispatcher', 'supervisor', 'analyst', 'admin', 'auditor', 'display'];
const USERNAME = /^[a-z0-9._-]{2,64}$/;
const SHORTEST_PASSWORD = 12;

/** Per bureau slug, `*` for all of them. */
type RolesByPlace = Record<string, Role[]>;
interface AccountFormProps {
  /** null: a new one. */
  account: Account | null;
  onClose: () => void;
  onSaved: (account: Account) => void;
}

export function AccountForm({ account, onClose, onSaved }: AccountFormProps) {
  const t = useMessages(adminMessages);
  const name = useBilingual();
  const roleName = useRoleName();
  const { bureaus } = useSession();
  const [username, setUsername] = useState(account?.username ?? '');
  const [displayName, setDisplayName] = useState(account?.displayName ?? '');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<RolesByPlace>(() => fromGrants(account));
  const [checked, setChecked] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const change = { displayName: displayName.trim(), roles: toGrants(roles), ...(password ? { password } : {}) };
      return account
        ? api.patch<Account>(`/api/accounts/${account.id}`, change)
        : api.post<Account>('/api/accounts', { username, ...change });
    },
    onSuccess: onSaved,
  });
  const faults = {
    username: account || USERNAME.test(username) ? undefined : t('usernameBad'),
    displayName: displayName.trim() ? undefined : t('required'),
    password: (account && !password) || password.length >= SHORTEST_PASSWORD ? undefined : t('passwordShort'),
  };
  const submit = () => {
    setChecked(true);
    if (!Object.values(faults).some(Boolean)) save.mutate();
  };
  const places = [
    { id: EVERY_BUREAU, label: t('allBureaus') },
    ...bureaus.map((bureau) => ({ id: bureau.id, label: name(bureau.name) })),
  ];
  return (
    <Dialog title={account ? t('editAccount', { username: account.username }) : t('newAccount')} onClose={onClose} wide>
      <DialogForm submitLabel={t('save')} busy={save.isPending} onCancel={onClose} onSubmit={submit}>
        <FormFailure error={save.error} />
        <TextField
          label={t('username')}
          hint={account ? undefined : t('usernameHint')}
          error={checked ? faults.username : undefined}
          disabled={account !== null}
          autoComplete="off"
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <TextField
          label={t('displayName')}
          error={checked ? faults.displayName : undefined}
          maxLength={64}
          autoComplete="off"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
        <TextField
          label={account ? t('newPassword') : t('password')}
          hint={t('passwordHint')}
          error={checked ? faults.password : undefined}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {places.map((place) => (
          <CheckboxGroup
            key={place.id}
            label={`${t('roles')} · ${place.label}`}
            options={ROLE_ORDER.map((role) => ({ value: role, label: roleName(role) }))}
            values={roles[place.id] ?? []}
            onChange={(held) => setRoles({ ...roles, [place.id]: held })}
          />
        ))}
      </DialogForm>
    </Dialog>
  );
}

function fromGrants(account: Account | null): RolesByPlace {
  const roles: RolesByPlace = {};
  for (const { bureau, role } of account?.roles ?? []) (roles[bureau ?? EVERY_BUREAU] ??= []).push(role);
  return roles;
}

function toGrants(roles: RolesByPlace): Account['roles'] {
  return Object.entries(roles).flatMap(([place, held]) =>
    held.map((role) => ({ bureau: place === EVERY_BUREAU ? null : place, role })),
  );
}
