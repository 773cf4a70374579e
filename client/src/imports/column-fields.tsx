import { useMessages } from '../i18n/index.ts';
import { PanelSection, SelectField } from '../ui/index.ts';
import { changeMapping, type ImportDraft } from './import-store.ts';
import styles from './imports.module.css';
import { COLUMN_TARGETS, type ColumnTarget, REQUIRED_TARGETS, withColumn } from './mapping-edits.ts';
import { importMessages } from './messages.ts';

interface ColumnFieldsProps {
  draft: ImportDraft;
  columns: readonly string[];
  personalColumns: readonly string[];
}

/** Which column is what. Columns about persons cannot be chosen. */
export function ColumnFields({ draft, columns, personalColumns }: ColumnFieldsProps) {
  const t = useMessages(importMessages);
  const offered = columns.filter((column) => !personalColumns.includes(column));
  return (
    <PanelSection title={t('columns')}>
      <div className={styles.fields}>
        {COLUMN_TARGETS.map((target) => (
          <ColumnField key={target} target={target} draft={draft} columns={offered} />
        ))}
      </div>
      {personalColumns.length > 0 ? (
        <p className={styles.personal}>
          <strong>{t('personal')}</strong> {t('personalHint')} {personalColumns.join(' · ')}
        </p>
      ) : null}
    </PanelSection>
  );
}

function ColumnField({
  target,
  draft,
  columns,
}: {
  target: ColumnTarget;
  draft: ImportDraft;
  columns: readonly string[];
}) {
  const t = useMessages(importMessages);
  const { mapping, composedTime } = draft;
  const value = mapping.columns[target] ?? '';
  const required = REQUIRED_TARGETS.includes(target);
  const double = value !== '' && target === 'lat' && value === mapping.columns.lon;
  const template = target === 'occurredAt' ? (templateOf(value, columns) ?? composedTime) : null;
  return (
    <SelectField
      label={t(target)}
      value={value}
      required={required}
      aria-invalid={(required && value === '') || double ? true : undefined}
      hint={target === 'sourceId' && value === '' ? t('derivedIdHint') : undefined}
      error={required && value === '' ? t('columnMissing') : double ? t('sameColumn') : undefined}
      onChange={(event) => changeMapping(withColumn(mapping, target, event.target.value))}
    >
      <option value="" disabled={required}>
        {required ? t('pleaseChoose') : t(NONE_KEYS[target] ?? 'notImported')}
      </option>
      {template === null ? null : <option value={template}>{t('composed', { template })}</option>}
      {columns.map((column) => (
        <option key={column} value={column}>
          {column}
        </option>
      ))}
    </SelectField>
  );
}

const NONE_KEYS: Partial<Record<ColumnTarget, 'noTimeColumn' | 'derivedId'>> = {
  time: 'noTimeColumn',
  sourceId: 'derivedId',
};

function templateOf(value: string, columns: readonly string[]): string | null {
  return value.includes('{') && !columns.includes(value) ? value : null;
}
