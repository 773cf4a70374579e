import { useQuery } from '@tanstack/react-query';
import type { UnitRefusals as Refusals } from '@xunfang/geo-data/contract';
import { api } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, PanelSection, RelativeTime } from '../ui/index.ts';
import { openDevice, useReasonCounts } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

const REFRESH_MS = 10_000;

/** Why a unit may stand still on the map: its positions of late were not believed. Nothing when all were. */
export function UnitRefusals({ unitId }: { unitId: number }) {
  const t = useMessages(deviceMessages);
  const reasonCounts = useReasonCounts();
  const mayOpen = useHasRole('admin');
  const { data } = useQuery({
    queryKey: ['unit-refusals', unitId],
    queryFn: ({ signal }) => api.get<Refusals>(`/api/units/${unitId}/refusals`, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (!data || data.refusals.length === 0) return null;
  const total = data.refusals.reduce((sum, { count }) => sum + count, 0);
  const byReason = new Map<string, number>();
  for (const { reason, count } of data.refusals) byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  const devices = [...new Set(data.refusals.map(({ deviceId }) => deviceId))];
  return (
    <PanelSection title={t('refusedOfUnit', { minutes: data.minutes })}>
      <div className={styles.refusedBox}>
        <p className={styles.warning}>
          {t('refusedCount', { count: total })}
          {reasonCounts(byReason).join(t('separator'))}
        </p>
        <p className={styles.note}>
          {t('lastRefused')} <RelativeTime at={data.refusals[0].lastAt} />
        </p>
        {mayOpen ? (
          <div className={styles.actions}>
            {devices.map((deviceId) => (
              <Button key={deviceId} small onClick={() => openDevice(deviceId)}>
                {t('viewDevice')}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
    </PanelSection>
  );
}
