import type { Device } from '@xunfang/geo-data/contract';
import { useFormat, useNow } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { AGE_CLASSES, ageClass, unitMessages, useRoster } from '../units/index.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

/** When a device was last heard: relative, absolute, and the age class of its unit's kind in words as well as in colour. */
export function LastSeen({ device }: { device: Pick<Device, 'lastSeenAt' | 'unitKind'> }) {
  const t = useMessages(deviceMessages);
  const units = useMessages(unitMessages);
  const format = useFormat();
  const { data } = useRoster();
  const nowMs = useNow();
  const { lastSeenAt, unitKind } = device;
  if (lastSeenAt === null) return <span className={styles.muted}>{t('never')}</span>;
  const seconds = (nowMs - Date.parse(lastSeenAt)) / 1000;
  const age = data ? ageClass(seconds, data.ageThresholdsSeconds[unitKind ?? 'car']) : 0;
  return (
    <span className={styles.lastSeen} data-age={age}>
      <span className={styles.absolute}>{format.instant(lastSeenAt, seconds < 86_400 ? 'seconds' : 'dayTime')}</span>
      <span>
        <RelativeTime at={lastSeenAt} /> · {units(AGE_CLASSES[age])}
      </span>
    </span>
  );
}
