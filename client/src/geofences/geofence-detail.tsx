import { polygonAreaSquareMeters } from '@xunfang/geo-data/geometry';
import type { Geofence } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import {
  Button,
  clearSelection,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  FigureRows,
  Panel,
  PanelSection,
  SkeletonRows,
  select,
  Tag,
  toast,
} from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { startEditing } from './draft-store.ts';
import { useGeofenceEvents, useGeofences, useMayDraw, useRemoveGeofence } from './geofence-queries.ts';
import styles from './geofences.module.css';
import { geofenceMessages } from './messages.ts';
import { zoomToFence } from './show-fence.ts';

interface GeofenceDetailProps {
  geofenceId: number;
  /** Whether it can be changed here: where the drawing tools are. */
  changeable?: boolean;
}

/** The selected fence: its rule, who is inside, and who came and went. */
export function GeofenceDetail({ geofenceId, changeable = false }: GeofenceDetailProps) {
  const t = useMessages(geofenceMessages);
  const name = useBilingual();
  const { data, error, isPending, refetch } = useGeofences();
  const mayDraw = useMayDraw() && changeable;
  const remove = useRemoveGeofence();
  const [asking, setAsking] = useState(false);
  const fence = data?.find(({ id }) => id === geofenceId);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={8} />;
  if (!fence) return <EmptyState title={t('unknown')} />;
  return (
    <Panel
      title={name(fence.name)}
      actions={fence.active ? null : <Tag dashed>{t('inactive')}</Tag>}
      footer={
        <div className={styles.actions}>
          <Button icon="fit" onClick={() => zoomToFence(fence)}>
            {t('zoomTo')}
          </Button>
          {mayDraw ? (
            <>
              <Button onClick={() => startEditing(fence)}>{t('edit')}</Button>
              <Button icon="trash" onClick={() => setAsking(true)}>
                {t('remove')}
              </Button>
            </>
          ) : null}
        </div>
      }
    >
      <Rule fence={fence} />
      <PanelSection title={t('inside')}>
        <Inside fence={fence} />
      </PanelSection>
      <PanelSection title={t('events')}>
        <Events geofenceId={geofenceId} />
      </PanelSection>
      {remove.error ? <ErrorState error={remove.error} /> : null}
      {asking ? (
        <ConfirmDialog
          title={t('removeTitle', { name: name(fence.name) })}
          confirmLabel={t('remove')}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            remove.mutate(fence.id, {
              onSuccess: () => {
                clearSelection();
                toast(t('removed', { name: name(fence.name) }));
              },
            })
          }
        >
          {t('removeText')}
        </ConfirmDialog>
      ) : null}
    </Panel>
  );
}

function Rule({ fence }: { fence: Geofence }) {
  const t = useMessages(geofenceMessages);
  const format = useFormat();
  const { data: roster } = useRoster();
  const callSigns = fence.unitIds.map((id) => roster?.units.find((unit) => unit.id === id)?.callSign ?? String(id));
  const applies = [...fence.unitKinds.map((kind) => t(kind)), ...callSigns];
  const polygons = fence.area.type === 'Polygon' ? [fence.area.coordinates] : fence.area.coordinates;
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length - 1, 0);
  const hours = fence.windows.map(
    ({ days, from, to }) => `${days.map((day) => t(`day${day as 1}`)).join(' ')} ${from}–${to}`,
  );
  return (
    <PanelSection>
      <FigureRows
        rows={[
          { label: t('kind'), value: `${t(fence.kind)} · ${t(`${fence.kind}Hint`)}` },
          { label: t('appliesTo'), value: applies.length === 0 ? t('everybody') : applies.join(' ') },
          { label: t('hours'), value: hours.length === 0 ? t('always') : hours.join(' · ') },
          { label: t('margin'), value: format.number(fence.marginMeters), unit: t('marginUnit') },
          { label: t('confirm'), value: format.number(fence.confirmSeconds), unit: t('confirmUnit') },
          {
            label: t('area'),
            value: format.number(polygonAreaSquareMeters(fence.area) / 1e6, 3),
            unit: t('areaUnit'),
          },
          { label: t('corners'), value: format.number(corners) },
          { label: t('changed'), value: `${fence.changedBy} ${format.instant(fence.changedAt)}` },
        ]}
      />
    </PanelSection>
  );
}

function Inside({ fence }: { fence: Geofence }) {
  const t = useMessages(geofenceMessages);
  const format = useFormat();
  if (fence.inside.length === 0) return <p className={styles.note}>{t('insideNone')}</p>;
  return (
    <ul className={styles.lines}>
      {fence.inside.map(({ unitId, callSign, since }) => (
        <li key={unitId}>
          <button type="button" className={styles.unit} onClick={() => select('unit', unitId)}>
            {callSign}
          </button>
          <span className={styles.note}>{t('since', { time: format.instant(since, 'dayTime') })}</span>
        </li>
      ))}
    </ul>
  );
}

function Events({ geofenceId }: { geofenceId: number }) {
  const t = useMessages(geofenceMessages);
  const format = useFormat();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useGeofenceEvents(geofenceId);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  const events = data.pages.flatMap((page) => page.events);
  if (events.length === 0) return <p className={styles.note}>{t('eventsNone')}</p>;
  return (
    <>
      <ul className={styles.lines} aria-label={t('events')}>
        {events.map((event) => (
          <li key={event.id}>
            <span>
              <span aria-hidden>{event.crossing === 'enter' ? '→ ' : '← '}</span>
              {event.callSign} {t(event.crossing)}
            </span>
            <span className={styles.note}>{format.instant(event.at, 'daySeconds')}</span>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <Button small disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('olderEvents')}
        </Button>
      ) : null}
    </>
  );
}
