import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button, Dialog } from '../ui/index.ts';
import styles from './admin.module.css';
import { adminMessages } from './messages.ts';

interface SecretDialogProps {
  secret: string;
  /** Where and how it is used. */
  hint?: string;
  onClose: () => void;
}

/** A key in the clear, this once. */
export function SecretDialog({ secret, hint, onClose }: SecretDialogProps) {
  const t = useMessages(adminMessages);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={t('secretTitle')} onClose={onClose} wide>
      <p>{t('secretDetail')}</p>
      <code className={styles.secret}>{secret}</code>
      {hint ? <p className={styles.detail}>{hint}</p> : null}
      <div className={styles.buttons}>
        {navigator.clipboard ? (
          <Button icon="copy" onClick={() => void copy()}>
            {copied ? t('copied') : t('copy')}
          </Button>
        ) : null}
        <Button tone="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </Dialog>
  );
}
