import { type ReactNode, useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';
import { uiMessages } from './messages.ts';
import styles from './secret-dialog.module.css';

interface SecretDialogProps {
  /** What is to be kept: a key, or an address that holds one. */
  secret: string;
  /** Where and how it is used. */
  children?: ReactNode;
  onClose: () => void;
}

/** A key in the clear, this once. */
export function SecretDialog({ secret, children, onClose }: SecretDialogProps) {
  const t = useMessages(uiMessages);
  const [warned, setWarned] = useState(false);
  return (
    <Dialog title={t('secretTitle')} onClose={() => (warned ? onClose() : setWarned(true))} wide>
      <p>{t('secretDetail')}</p>
      <code className={styles.secret} data-secret>
        {secret}
      </code>
      {children ? <div className={styles.use}>{children}</div> : null}
      {warned ? <p role="alert">{t('secretClosing')}</p> : null}
      <div className={styles.buttons}>
        <CopyButton text={secret} />
        <Button tone="primary" onClick={onClose}>
          {t('secretSaved')}
        </Button>
      </div>
    </Dialog>
  );
}
