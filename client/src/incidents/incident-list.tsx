import type { IncidentView } from '@xunfang/geo-data/contract';
import { useMemo } from 'react';
import { useNow } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { useBureau } from '../session/index.ts';
import {
  Age,
  DemonstrationTag,
  EmptyState,
  ErrorState,
  Panel,
  type SearchProvider,
  SkeletonRows,
  SymbolLegend,
  select,
  useSearchProvider,
  useSelectedId,
  VirtualList,
} from '../ui/index.ts';
import { useCategoryName } from './category-name.ts';
import styles from './incidents.module.css';
import { incidentMessages } from './messages.ts';
import { useOpenIncidents } from './open-incidents.ts';
import { PriorityMark } from './priority-mark.tsx';
import { isWaiting } from './urgency-order.ts';

/** Open incidents, most urgent first; what waits for a decision is brighter than what is being handled. */
export function IncidentList() {
  const t = useMessages(incidentMessages);
  const bureau = useBureau();
  const { data, error, isPending, refetch } = useOpenIncidents();
  const selectedId = useSelectedId('incident');
  const categoryName = useCategoryName();
  const search = useMemo(
    (): SearchProvider => ({
      title: () => t('openIncidents'),
      search: (text) =>
        (data ?? [])
          .filter((incident) =>
            `${categoryName(incident.categoryId)} ${incident.address ?? ''}`.toLowerCase().includes(text.toLowerCase()),
          )
          .slice(0, 20)
          .map((incident) => ({
            key: `incident-${incident.id}`,
            label: categoryName(incident.categoryId),
            detail: incident.address ?? undefined,
            run: () => showIncident(incident),
          })),
    }),
    [data, categoryName, t],
  );
  useSearchProvider('incidents', search);
  return (
    <Panel title={t('openIncidents')} count={data?.length} actions={bureau.demonstration ? <DemonstrationTag /> : null}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={8} />
      ) : data?.length === 0 ? (
        <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
      ) : (
        <VirtualList
          label={t('openIncidents')}
          items={data ?? []}
          keyOf={(incident) => incident.id}
          rowHeight={50}
          selectedKey={selectedId}
          onSelect={showIncident}
          renderRow={(incident) => <IncidentRow incident={incident} name={categoryName(incident.categoryId)} />}
        />
      )}
    </Panel>
  );
}

function IncidentRow({ incident, name }: { incident: IncidentView; name: string }) {
  const t = useMessages(incidentMessages);
  const now = useNow();
  const bilingual = useBilingual();
  const waits = isWaiting(incident);
  return (
    <div className={styles.row} data-waits={waits}>
      <PriorityMark priority={incident.priority} />
      <span className={styles.name}>{name}</span>
      <span className={styles.state} data-waits={waits}>
        {t(incident.state)}
      </span>
      <span className={styles.age}>
        <Age ms={now - Date.parse(incident.stateSince)} />
      </span>
      <span className={styles.address}>
        {incident.address ?? t('noAddress')}
        {incident.beat ? ` · ${bilingual(incident.beat)}` : ''}
      </span>
    </div>
  );
}

export function IncidentLegend() {
  const t = useMessages(incidentMessages);
  return (
    <SymbolLegend
      items={([1, 2, 3, 4] as const).map((priority) => ({
        mark: <PriorityMark priority={priority} />,
        label: t(`legendP${priority}`),
      }))}
    />
  );
}

export function showIncident(incident: IncidentView): void {
  select('incident', incident.id);
  mapCamera.flyTo({ lon: incident.lon, lat: incident.lat, zoom: Math.max(mapCamera.view()?.zoom ?? 0, 15) });
}
