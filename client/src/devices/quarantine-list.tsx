import type { Device, QuarantinedFix } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, CopyButton, DataTable, EmptyState, ErrorState, Icon, SkeletonRows, Tag } from '../ui/index.ts';
import { useQuarantine } from './device-queries.ts';
import { systemName, useReasonName } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';
import { placeOfRefused } from './place-of-refused.ts';
import { QuarantineMap } from './quarantine-map.tsx';
import { showRefused } from './refused-shown.ts';

/** What was not believed of a device: why, where and when it said it was, and how it said so. */
export function QuarantineList({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const query = useQuarantine(device.id);
  const [chosenId, setChosenId] = useState<number | null>(null);
  const fixes = query.data ?? [];
  const chosen = fixes.find((fix) => fix.id === chosenId) ?? null;
  return (
    <section className={styles.quarantine} aria-label={t('quarantine')}>
      <div className={styles.heading}>
        <h3>
          {t('quarantine')}{' '}
          {fixes.length > 0 ? (
            <span className={styles.muted}>{t('quarantineCount', { count: fixes.length })}</span>
          ) : null}
        </h3>
        {fixes.length > 0 ? (
          <a className={styles.download} href={`/api/devices/${device.id}/quarantine.csv`} download>
            <Icon name="download" /> {t('csv')}
          </a>
        ) : null}
      </div>
      {query.isPending ? (
        <SkeletonRows />
      ) : query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : fixes.length === 0 ? (
        <EmptyState title={t('quarantineNone')}>{t('quarantineNoneDetail')}</EmptyState>
      ) : (
        <div className={styles.refusals}>
          <FixTable fixes={fixes} chosenId={chosenId} onChoose={setChosenId} />
          <aside className={styles.aside}>
            <QuarantineMap fixes={fixes} chosenId={chosenId} onChoose={setChosenId} />
            <p className={styles.note}>{t('previewNote')}</p>
            {chosen === null ? (
              <p className={styles.note}>{t('pickOne')}</p>
            ) : (
              <>
                <ShowOnMap device={device} fix={chosen} />
                <h3>{t('raw')}</h3>
                {chosen.raw === null ? (
                  <p className={styles.note}>{t('noRaw')}</p>
                ) : (
                  <>
                    <pre className={styles.raw}>{chosen.raw}</pre>
                    <div className={styles.actions}>
                      <CopyButton small text={chosen.raw} />
                    </div>
                  </>
                )}
              </>
            )}
          </aside>
        </div>
      )}
    </section>
  );
}

/** The way to the map; or why there is nothing to see there. */
function ShowOnMap({ device, fix }: { device: Device; fix: QuarantinedFix }) {
  const t = useMessages(deviceMessages);
  const place = placeOfRefused(fix, device.coordinateSystem);
  if (typeof place === 'string') return <p className={styles.noPlace}>{t(place)}</p>;
  return (
    <Button icon="pin" onClick={() => showRefused({ deviceId: device.id, fixId: fix.id })}>
      {t('showOnMap')}
    </Button>
  );
}

interface FixTableProps {
  fixes: readonly QuarantinedFix[];
  chosenId: number | null;
  onChoose: (id: number) => void;
}

function FixTable({ fixes, chosenId, onChoose }: FixTableProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const reasonName = useReasonName();
  return (
    <div className={`${styles.table} ${styles.long}`}>
      <DataTable
        rows={fixes}
        keyOf={(fix) => fix.id}
        selectedKey={chosenId}
        onSelect={(fix) => onChoose(fix.id)}
        columns={[
          {
            key: 'receivedAt',
            title: t('receivedAt'),
            cell: (fix) => format.instant(fix.receivedAt, 'dateSeconds'),
            sortBy: (fix) => fix.id,
          },
          {
            key: 'reason',
            title: t('reason'),
            cell: (fix) => reasonName(fix.reason),
            sortBy: (fix) => reasonName(fix.reason),
          },
          {
            key: 'place',
            title: t('place'),
            cell: ({ lon, lat, fitsSystem }) => (
              <span className={styles.together}>
                {lon === null || lat === null ? t('noPlace') : `${lon.toFixed(5)}, ${lat.toFixed(5)}`}
                {fitsSystem === null ? null : <Tag tone="warn">{t('fits', { system: systemName(fitsSystem) })}</Tag>}
              </span>
            ),
          },
          {
            key: 'fixedAt',
            title: t('fixedAt'),
            cell: ({ fixedAt }) => (fixedAt === null ? t('noTime') : format.instant(fixedAt, 'dateSeconds')),
          },
          {
            key: 'speed',
            title: t('speed'),
            numeric: true,
            cell: ({ speedKmh }) => (speedKmh === null ? '—' : `${format.number(speedKmh)} km/h`),
          },
          {
            key: 'accuracy',
            title: t('accuracy'),
            numeric: true,
            cell: ({ accuracyMeters }) => (accuracyMeters === null ? '—' : `${format.number(accuracyMeters)} m`),
          },
        ]}
      />
    </div>
  );
}
