import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, ConfirmDialog, toast } from '../ui/index.ts';
import { adminMessages } from './messages.ts';

interface RevokeButtonProps {
  /** What is deleted. */
  path: string;
  question: string;
  consequence: string;
  /** Said when it is done. */
  said: string;
  onRevoked: () => void;
}

/** A key is gone for good, so this asks first. */
export function RevokeButton({ path, question, consequence, said, onRevoked }: RevokeButtonProps) {
  const t = useMessages(adminMessages);
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: () => {
      onRevoked();
      toast(said);
    },
    onError: (failure) => toast(failure.message, { tone: 'error' }),
  });
  return (
    <>
      <Button small tone="danger" disabled={revoke.isPending} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={question}
          confirmLabel={t('revoke')}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        >
          {consequence}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
