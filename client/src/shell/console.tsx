import { useQuery } from '@tanstack/react-query';
import type { Bureau } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { setTimeZone } from '../clock/index.ts';
import { api, onResumed, onServerEvent, openConnection, refreshSoon, watchBureau } from '../connection/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { sessionMessages, signOut, useBureauStore, useSession } from '../session/index.ts';
import { Button, EmptyState, ErrorState, toast, updateUrl, useUrlState } from '../ui/index.ts';
import styles from './frame.module.css';
import { Frame } from './frame.tsx';
import { shellMessages } from './messages.ts';
import { restorePanels } from './panel-layout.ts';

/** The signed-in part: opens the connection, loads the bureau on screen, then shows the frame. */
export function Console() {
  const t = useMessages(shellMessages);
  const own = useMessages(sessionMessages);
  const name = useBilingual();
  const { bureaus } = useSession();
  const wanted = useUrlState((state) => state.bureau);
  const slug = (bureaus.find((option) => option.id === wanted) ?? bureaus[0])?.id;
  const { data, error, refetch } = useQuery({
    queryKey: ['bureau', slug],
    queryFn: ({ signal }) => api.get<Bureau>('/api/bureaus/current', { query: { bureau: slug }, signal }),
    enabled: slug !== undefined,
  });
  const bureau = useBureauStore((state) => state.bureau);

  useEffect(() => {
    restorePanels();
    return openConnection();
  }, []);
  useEffect(() => {
    if (!slug) return;
    if (slug !== wanted) updateUrl({ bureau: slug });
    watchBureau(slug);
    return () => watchBureau(null);
  }, [slug, wanted]);
  useEffect(() => {
    const stops = [
      onServerEvent('incidents:imported', () => refreshSoon(['bureau'])),
      onResumed((outcome) =>
        outcome === 'reloaded'
          ? toast(t('reloaded'), { tone: 'warn' })
          : toast(t('caughtUp', { count: outcome.missed })),
      ),
    ];
    return () => stops.forEach((stop) => stop());
  }, [t]);
  useEffect(() => {
    if (!data) return;
    setTimeZone(data.timeZone);
    useBureauStore.setState({ bureau: data });
    document.title = `${name(data.name)} · ${own('product')}`;
  }, [data, name, own]);

  if (!slug)
    return (
      <div className={styles.splash}>
        <EmptyState title={own('noBureau')} action={<Button onClick={() => void signOut()}>{own('signOut')}</Button>}>
          {own('noBureauFix')}
        </EmptyState>
      </div>
    );
  if (error && bureau?.id !== slug)
    return (
      <div className={styles.splash}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  // While another bureau is loading, the one before stays on screen.
  return bureau ? <Frame /> : <div className={styles.splash}>{t('loadingBureau')}</div>;
}
