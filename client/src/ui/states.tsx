import type { ReactNode } from 'react';
import { ApiError } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { uiMessages } from './messages.ts';
import styles from './states.module.css';

/** What this would show, and the one action that fills it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <span className={styles.title}>{title}</span>
      {children ? <p>{children}</p> : null}
      {action ? <div className={styles.actions}>{action}</div> : null}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** What was kept: the last data still shown, the draft ... */
  kept?: ReactNode;
}

/** What happened, what was kept, what to do, an id to quote. A fault of the page itself is told as such. */
export function ErrorState({ error, onRetry, kept }: ErrorStateProps) {
  const t = useMessages(uiMessages);
  const refusal = error instanceof ApiError ? error : null;
  const fix = refusal ? refusal.fix : t('crashedFix');
  return (
    <div className={`${styles.state} ${styles.error}`} role="alert">
      <span className={styles.title}>
        <Icon name="warning" />
        {refusal ? refusal.message : t('crashed')}
      </span>
      {kept ? <p>{kept}</p> : null}
      {fix ? <p>{fix}</p> : null}
      {refusal?.requestId ? <span className={styles.id}>{t('requestId', { id: refusal.requestId })}</span> : null}
      {error instanceof Error && !refusal ? <code className={styles.id}>{error.message}</code> : null}
      {onRetry ? (
        <div className={styles.actions}>
          <Button icon="refresh" onClick={onRetry}>
            {refusal ? t('retry') : t('reopen')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** A grey shape of what is coming. Sizes in rem or %. */
export function Skeleton({ width = '100%', height = '1rem' }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}

/** A list that is coming. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const t = useMessages(uiMessages);
  return (
    <div className={styles.rows} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
