import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { trackMessages } from './messages.ts';
import { useTimeline } from './timeline-store.ts';
import styles from './tracks.module.css';

/** Over the map for as long as its units are those of the past: nobody may take them for where units are. */
export function PastNote() {
  const t = useMessages(trackMessages);
  const format = useFormat();
  const lookingBack = useTimeline((state) => state.period !== null);
  const minute = useTimeline((state) => Math.floor(state.cursorSeconds / 60));
  if (!lookingBack) return null;
  return <p className={styles.past}>{t('mapNote', { time: format.instant(minute * 60_000, 'dateTime') })}</p>;
}
