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

/** What happened, what was kept, what to do, an id to quote. */
export function ErrorState({ error, onRetry, kept }: ErrorStateProps) {
  const t = useMessages(uiMessages);
  const fix = error instanceof ApiError ? error.fix : t('crashedFix');
  const id = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div className={`${styles.state} ${styles.error}`} role="alert">
      <span className={styles.title}>
        <Icon name="warning" />
        {error instanceof Error ? error.message : t('crashed')}
      </span>
      {kept ? <p>{kept}</p> : null}
      {fix ? <p>{fix}</p> : null}
      {id ? <span className={styles.id}>{t('requestId', { id })}</span> : null}
      {onRetry ? (
        <div className={styles.actions}>
          <Button icon="refresh" onClick={onRetry}>
            {t('retry')}
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
