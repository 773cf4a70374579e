import { useMessages } from '../i18n/index.ts';
import { Button, dismissToast, IconButton, uiMessages, useToasts } from '../ui/index.ts';
import styles from './toasts.module.css';

export function Toasts() {
  const t = useMessages(uiMessages);
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.toasts} aria-live="polite">
      {toasts.map((item) => (
        <div key={item.id} className={`${styles.toast} ${item.tone === 'plain' ? '' : styles[item.tone]}`}>
          <div>
            {item.text}
            {item.detail ? <div className={styles.detail}>{item.detail}</div> : null}
          </div>
          {item.undo ? (
            <Button
              small
              onClick={() => {
                dismissToast(item.id);
                item.undo?.();
              }}
            >
              {t('undo')}
            </Button>
          ) : null}
          <IconButton small icon="close" label={t('dismiss')} onClick={() => dismissToast(item.id)} />
        </div>
      ))}
    </div>
  );
}
