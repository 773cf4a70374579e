import type { GeofenceKind } from '@xunfang/geo-data/contract';
import styles from './geofences.module.css';

const DASH: Record<GeofenceKind, string | undefined> = { restricted: undefined, keep_in: '5 2', watch: '1.2 2' };

/** The line with which a kind of fence is drawn on the map. */
export function FenceMark({ kind, alarmed = false }: { kind: GeofenceKind; alarmed?: boolean }) {
  return (
    <svg viewBox="0 0 20 20" className={styles.mark} data-alarmed={alarmed} aria-hidden>
      <path
        d="M3 4.500l13-1.500 1.500 11-9 3-6-4z"
        strokeWidth={kind === 'restricted' ? 2.6 : 1.8}
        strokeDasharray={DASH[kind]}
      />
    </svg>
  );
}
