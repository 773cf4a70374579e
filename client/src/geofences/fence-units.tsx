import { type Geofence, UNIT_KINDS } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { CheckboxGroup } from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import styles from './geofences.module.css';
import { geofenceMessages } from './messages.ts';

interface FenceUnitsProps {
  kinds: Geofence['unitKinds'];
  unitIds: readonly number[];
  onChange: (change: { unitKinds?: Geofence['unitKinds']; unitIds?: number[] }) => void;
}

/** For whom a fence counts. */
export function FenceUnits({ kinds, unitIds, onChange }: FenceUnitsProps) {
  const t = useMessages(geofenceMessages);
  const { data } = useRoster();
  return (
    <>
      <CheckboxGroup
        label={t('unitKinds')}
        options={UNIT_KINDS.map((kind) => ({ value: kind, label: t(kind) }))}
        values={kinds}
        onChange={(unitKinds) => onChange({ unitKinds })}
      />
      <details className={styles.units}>
        <summary>
          {t('units')} · {unitIds.length === 0 ? '—' : t('unitsChosen', { count: unitIds.length })}
        </summary>
        <CheckboxGroup
          label=""
          options={(data?.units ?? []).map(({ id, callSign }) => ({ value: id, label: callSign }))}
          values={unitIds}
          onChange={(chosen) => onChange({ unitIds: chosen })}
        />
      </details>
    </>
  );
}
