import { lazy, Suspense, useEffect } from 'react';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';
import { Button, SkeletonRows } from '../ui/index.ts';
import { trackMessages } from './messages.ts';
import { closeTimeline, openTimeline, useTimeline } from './timeline-store.ts';
import styles from './tracks.module.css';

const TimelinePanel = lazy(async () => ({ default: (await import('./timeline-panel.tsx')).TimelinePanel }));

/** The bottom strip of 指挥: closed it is one button, open it is the past of all units. */
export function TrackStrip() {
  const t = useMessages(trackMessages);
  const mayRead = useHasRole('dispatcher', 'supervisor', 'admin');
  const bureau = useBureauSlug();
  const open = useTimeline((state) => state.open);
  // Another bureau is another look, for a purpose of its own.
  useEffect(() => closeTimeline, [bureau]);
  if (!mayRead) return <p className={styles.strip}>{t('refused')}</p>;
  if (!open)
    return (
      <div className={styles.strip}>
        <Button icon="clock" onClick={openTimeline}>
          {t('open')}
        </Button>
        <span className={styles.note}>{t('openNote')}</span>
      </div>
    );
  return (
    <Suspense fallback={<SkeletonRows rows={3} />}>
      <TimelinePanel />
    </Suspense>
  );
}
