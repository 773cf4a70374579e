import type { ReactNode } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { Dialog } from './dialog.tsx';
import { uiMessages } from './messages.ts';

interface ConfirmDialogProps {
  /** The question. */
  title: ReactNode;
  /** What happens and that it can't be undone. */
  children: ReactNode;
  /** The verb of the question. */
  confirmLabel: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Only before what can't be undone; else act and offer undo. */
export function ConfirmDialog({ title, children, confirmLabel, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useMessages(uiMessages);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <div className={styles.actions}>
        <Button autoFocus onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          tone="danger"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
