import { clockMessages, splitAge, useFormat, useNow } from '../clock/index.ts';
import { useLinkState } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { shellMessages } from './messages.ts';
import styles from './top-bar.module.css';

/** Data older than this is ageing; the shape changes with the colour. */
const AGEING_MS = 5000;
const STALE_MS = 15_000;
const AGO = { seconds: 'secondsAgo', minutes: 'minutesAgo', hours: 'hoursAgo', days: 'daysAgo' } as const;

function useDataAge(): { ageMs: number | null; text: string } {
  const t = useMessages(shellMessages);
  const ago = useMessages(clockMessages);
  const lastMessageAtMs = useLinkState((state) => state.lastMessageAtMs);
  useNow();
  if (lastMessageAtMs === null) return { ageMs: null, text: t('noData') };
  const ageMs = Math.max(0, Date.now() - lastMessageAtMs);
  const { unit, count } = splitAge(ageMs);
  return {
    ageMs,
    text: t('dataAge', { age: count < 2 && unit === 'seconds' ? ago('now') : ago(AGO[unit], { count }) }),
  };
}

/** The link and the age of the newest word from the server. Grey when all is well. */
export function LinkStatus() {
  const t = useMessages(shellMessages);
  const link = useLinkState((state) => state.link);
  const { ageMs, text } = useDataAge();
  const tone =
    link === 'offline' || (ageMs ?? 0) > STALE_MS
      ? styles.act
      : link === 'connected' && (ageMs ?? 0) <= AGEING_MS
        ? ''
        : link === 'connecting'
          ? ''
          : styles.warn;
  return (
    <span className={`${styles.link} ${tone}`} role="status" data-link={link}>
      <LinkMark link={link} />
      <span>{link === 'connected' ? t('live') : t(link)}</span>
      <span className={styles.age}>{text}</span>
    </span>
  );
}

function LinkMark({ link }: { link: string }) {
  return (
    <svg viewBox="0 0 10 10" width="0.71em" height="0.71em" aria-hidden>
      {link === 'connected' ? (
        <circle cx="5" cy="5" r="4" fill="currentColor" />
      ) : link === 'offline' ? (
        <path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" strokeWidth="2" />
      ) : (
        <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="3 2" />
      )}
    </svg>
  );
}

/** Across the whole page: what is shown is no longer true by itself. */
export function OfflineBar() {
  const t = useMessages(shellMessages);
  const format = useFormat();
  const link = useLinkState((state) => state.link);
  const databaseOk = useLinkState((state) => state.databaseOk);
  const positionsPartial = useLinkState((state) => state.positionsPartial);
  const lastMessageAtMs = useLinkState((state) => state.lastMessageAtMs);
  const trouble =
    link === 'offline' ? 'offline' : !databaseOk ? 'databaseDown' : positionsPartial ? 'positionsPartial' : null;
  if (trouble === null) return null;
  return (
    <div className={`${styles.offline} ${trouble === 'positionsPartial' ? styles.partial : ''}`} role="alert">
      <Icon name="warning" />
      <strong>{t(trouble)}</strong>
      <span>{t(`${trouble}Detail`)}</span>
      {trouble === 'offline' && lastMessageAtMs !== null ? (
        <span className={styles.offlineTime}>
          {t('lastData', { time: format.instant(lastMessageAtMs, 'dateSeconds') })}
        </span>
      ) : null}
    </div>
  );
}
