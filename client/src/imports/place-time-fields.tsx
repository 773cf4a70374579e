import type { ImportMapping, ImportPreview } from '@xunfang/geo-data/contract';
import { useMemo, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureau } from '../session/index.ts';
import { PanelSection, SelectField, TextField } from '../ui/index.ts';
import { isNamedSystem, NAMED_SYSTEMS, useCoordinateSystemName } from './coordinate-system-name.ts';
import { DATE_FORMATS, NAMED_FORMATS } from './date-formats.ts';
import { changeMapping } from './import-store.ts';
import styles from './imports.module.css';
import { whatIsMissing } from './mapping-edits.ts';
import { importMessages } from './messages.ts';

const LONG_KEYS = { WGS84: 'wgs84', CGCS2000: 'cgcs2000', GCJ02: 'gcj02', BD09: 'bd09' } as const;
const OTHER = 'other';
const EPSG = 'EPSG:';

interface PlaceTimeFieldsProps {
  mapping: ImportMapping;
  advice: ImportPreview['advice'];
}

/** In which system the coordinates are given, in which zone and how the times are written, and whose rows they are. */
export function PlaceTimeFields({ mapping, advice }: PlaceTimeFieldsProps) {
  const t = useMessages(importMessages);
  return (
    <PanelSection title={t('where')}>
      <div className={styles.fields}>
        <CoordinateSystemFields mapping={mapping} advice={advice} />
        <DateFormatFields mapping={mapping} />
        <TimeZoneField mapping={mapping} />
        <TextField
          label={t('source')}
          hint={t('sourceHint')}
          error={mapping.source.trim() === '' ? t('columnMissing') : undefined}
          value={mapping.source}
          maxLength={64}
          required
          onChange={(event) => changeMapping({ ...mapping, source: event.target.value })}
        />
      </div>
    </PanelSection>
  );
}

function CoordinateSystemFields({ mapping, advice }: PlaceTimeFieldsProps) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const systemName = useCoordinateSystemName();
  const { coordinateSystem } = mapping;
  const named = isNamedSystem(coordinateSystem);
  const set = (system: string) => changeMapping({ ...mapping, coordinateSystem: system });
  const shares = advice.shares.map(
    ({ system, insideShare }) => `${systemName(system)} ${format.percent(insideShare, 1)}`,
  );
  return (
    <>
      <SelectField
        label={t('coordinateSystem')}
        value={named ? coordinateSystem : OTHER}
        hint={shares.length > 0 ? t('insideShares', { shares: shares.join(' · ') }) : undefined}
        onChange={(event) => set(event.target.value === OTHER ? EPSG : event.target.value)}
      >
        {NAMED_SYSTEMS.map((system) => (
          <option key={system} value={system}>
            {t(LONG_KEYS[system])}
          </option>
        ))}
        <option value={OTHER}>{t('epsgOther')}</option>
      </SelectField>
      {named ? null : (
        <TextField
          label={t('epsg')}
          inputMode="numeric"
          value={coordinateSystem.slice(EPSG.length)}
          error={whatIsMissing(mapping).includes('coordinateSystem') ? t('epsgInvalid') : undefined}
          onChange={(event) => set(`${EPSG}${event.target.value.replaceAll(/\D/g, '').slice(0, 6)}`)}
        />
      )}
    </>
  );
}

function DateFormatFields({ mapping }: { mapping: ImportMapping }) {
  const t = useMessages(importMessages);
  const { dateFormat } = mapping;
  const [own, setOwn] = useState(() => !DATE_FORMATS.some((format) => format === dateFormat));
  const set = (format: string) => changeMapping({ ...mapping, dateFormat: format });
  return (
    <>
      <SelectField
        label={t('dateFormat')}
        value={own ? OTHER : dateFormat}
        onChange={(event) => {
          setOwn(event.target.value === OTHER);
          set(event.target.value === OTHER ? 'yyyy-MM-dd HH:mm:ss' : event.target.value);
        }}
      >
        {DATE_FORMATS.map((format) => (
          <option key={format} value={format}>
            {format in NAMED_FORMATS ? t(NAMED_FORMATS[format as keyof typeof NAMED_FORMATS]) : format}
          </option>
        ))}
        <option value={OTHER}>{t('formatOwn')}</option>
      </SelectField>
      {own ? (
        <TextField
          label={t('formatPattern')}
          hint={t('formatHint')}
          error={dateFormat.trim() === '' ? t('columnMissing') : undefined}
          value={dateFormat}
          maxLength={40}
          onChange={(event) => set(event.target.value)}
        />
      ) : null}
    </>
  );
}

function TimeZoneField({ mapping }: { mapping: ImportMapping }) {
  const t = useMessages(importMessages);
  const { timeZone } = useBureau();
  const zones = useMemo(
    () => [...new Set(['UTC', mapping.timeZone, ...Intl.supportedValuesOf('timeZone')])],
    [mapping.timeZone],
  );
  return (
    <SelectField
      label={t('timeZone')}
      hint={t('timeZoneHint')}
      value={mapping.timeZone}
      onChange={(event) => changeMapping({ ...mapping, timeZone: event.target.value })}
    >
      <optgroup label={t('bureauZone')}>
        <option value={timeZone}>{timeZone}</option>
      </optgroup>
      <optgroup label={t('allZones')}>
        {zones
          .filter((zone) => zone !== timeZone)
          .map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
      </optgroup>
    </SelectField>
  );
}
