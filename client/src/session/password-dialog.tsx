import { useState } from 'react';
import { ApiError, api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Dialog, DialogForm, TextField, toast } from '../ui/index.ts';
import { sessionMessages } from './messages.ts';

const SHORTEST = 12;

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages(sessionMessages);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [checked, setChecked] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const tooShort = next.length < SHORTEST;
  const differ = next !== repeated;
  const submit = async () => {
    setChecked(true);
    if (!current || tooShort || differ) return;
    try {
      await api.post('/api/session/password', { currentPassword: current, newPassword: next });
      toast(t('passwordChanged'), { tone: 'done' });
      onClose();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  return (
    <Dialog title={t('changePassword')} onClose={onClose}>
      <DialogForm submitLabel={t('save')} onCancel={onClose} onSubmit={() => void submit()}>
        <TextField
          label={t('currentPassword')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={error ? [error.message, error.fix].filter(Boolean).join(' ') : undefined}
        />
        <TextField
          label={t('newPassword')}
          type="password"
          autoComplete="new-password"
          value={next}
          hint={t('newPasswordHint')}
          error={checked && tooShort ? t('passwordShort', { count: next.length }) : undefined}
          onChange={(event) => setNext(event.target.value)}
        />
        <TextField
          label={t('repeatPassword')}
          type="password"
          autoComplete="new-password"
          value={repeated}
          error={checked && differ ? t('passwordsDiffer') : undefined}
          onChange={(event) => setRepeated(event.target.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
