import type { FenceWindow } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { Button, CheckboxGroup, TextField } from '../ui/index.ts';
import styles from './geofences.module.css';
import { geofenceMessages } from './messages.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const NEW_WINDOW: FenceWindow = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' };
const MOST_WINDOWS = 14;

interface FenceHoursProps {
  windows: readonly FenceWindow[];
  onChange: (windows: FenceWindow[]) => void;
}

/** When a fence counts; nothing here means always. */
export function FenceHours({ windows, onChange }: FenceHoursProps) {
  const t = useMessages(geofenceMessages);
  const change = (at: number, fields: Partial<FenceWindow>) =>
    onChange(windows.map((window, i) => (i === at ? { ...window, ...fields } : window)));
  return (
    <fieldset className={styles.hours}>
      <legend>
        {t('hours')}
        {windows.length === 0 ? ` · ${t('always')}` : ''}
      </legend>
      {windows.map(({ days, from, to }, i) => (
        // Windows have no other identity than their place in the list.
        <div key={i} className={styles.window}>
          <CheckboxGroup
            label={t('windowDays')}
            options={DAYS.map((day) => ({ value: day, label: t(`day${day}`) }))}
            values={days as (typeof DAYS)[number][]}
            onChange={(chosen) => chosen.length > 0 && change(i, { days: chosen })}
          />
          <div className={styles.times}>
            <TextField
              label={t('windowFrom')}
              type="time"
              required
              value={from}
              onChange={({ target }) => change(i, { from: target.value })}
            />
            <TextField
              label={t('windowTo')}
              type="time"
              required
              value={to}
              onChange={({ target }) => change(i, { to: target.value })}
            />
            <Button small icon="trash" onClick={() => onChange(windows.filter((_, at) => at !== i))}>
              {t('removeWindow')}
            </Button>
          </div>
        </div>
      ))}
      {windows.length > 0 ? <p className={styles.note}>{t('windowHint')}</p> : null}
      {windows.length < MOST_WINDOWS ? (
        <Button small icon="plus" onClick={() => onChange([...windows, NEW_WINDOW])}>
          {t('addWindow')}
        </Button>
      ) : null}
    </fieldset>
  );
}
