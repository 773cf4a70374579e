import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useMessages } from '../i18n/index.ts';
import { Button, IconButton } from './button.tsx';
import styles from './dialog.module.css';
import { uiMessages } from './messages.ts';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** The browser's own modal dialog: focus stays inside, Escape closes. Only for what can't be undone, and for forms. */
export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const t = useMessages(uiMessages);
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`${styles.dialog} ${wide ? styles.wide : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === element.current && onClose()}
    >
      <header className={styles.header}>
        <h2>{title}</h2>
      </header>
      <div className={styles.body}>{children}</div>
      {/* Last, so that the first field has the focus. */}
      <span className={styles.close}>
        <IconButton icon="close" label={t('close')} onClick={onClose} small />
      </span>
    </dialog>
  );
}

interface DialogFormProps {
  onSubmit: () => void;
  onCancel: () => void;
  submitLabel: ReactNode;
  busy?: boolean;
  children: ReactNode;
}

/** Fields of a dialog with its two buttons below. */
export function DialogForm({ onSubmit, onCancel, submitLabel, busy = false, children }: DialogFormProps) {
  const t = useMessages(uiMessages);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      <div className={styles.actions}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" tone="primary" disabled={busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
