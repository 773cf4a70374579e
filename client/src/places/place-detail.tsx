import { useBilingual, useMessages } from '../i18n/index.ts';
import { Button, EmptyState, ErrorState, FigureRows, Panel, PanelSection, SkeletonRows } from '../ui/index.ts';
import { placeMessages } from './messages.ts';
import { PlaceMark } from './place-mark.tsx';
import styles from './places.module.css';
import { showPlace, usePlaces } from './use-places.ts';

const TIER_MINUTES = [1, 3, 5];

export function PlaceDetail({ placeId }: { placeId: number }) {
  const t = useMessages(placeMessages);
  const bilingual = useBilingual();
  const { data, error, isPending, refetch } = usePlaces();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={4} />;
  const place = data.find((candidate) => candidate.id === placeId);
  if (!place) return <EmptyState title={t('notFound')}>{t('notFoundHint')}</EmptyState>;
  const tier = place.tier === null ? t('noTier') : t('tierMinutes', { minutes: TIER_MINUTES[place.tier - 1] ?? '—' });
  return (
    <Panel
      title={
        <span className={styles.title}>
          <PlaceMark kind={place.kind} /> {bilingual(place.name)}
        </span>
      }
    >
      <PanelSection>
        <FigureRows
          rows={[
            { label: t('kind'), value: t(place.kind) },
            { label: t('tier'), value: tier },
            { label: t('coordinates'), value: `${place.lon.toFixed(5)}, ${place.lat.toFixed(5)}` },
          ]}
        />
        <div className={styles.actions}>
          <Button icon="fit" onClick={() => showPlace(place)}>
            {t('zoomTo')}
          </Button>
        </div>
      </PanelSection>
    </Panel>
  );
}
