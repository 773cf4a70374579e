import type { ImportMapping, ImportPreview } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { PanelSection } from '../ui/index.ts';
import styles from './imports.module.css';
import { type ColumnTarget, targetsByColumn } from './mapping-edits.ts';
import { importMessages } from './messages.ts';

const SHORT_KEYS = {
  occurredAt: 'occurredAt',
  time: 'timeShort',
  lon: 'lonShort',
  lat: 'latShort',
  category: 'category',
  address: 'address',
  sourceId: 'sourceId',
  priority: 'priorityShort',
} as const satisfies Record<ColumnTarget, string>;

/** The first rows as they stand in the file; above each column, what it is taken for. */
export function SampleTable({ mapping, preview }: { mapping: ImportMapping; preview: ImportPreview }) {
  const t = useMessages(importMessages);
  const { columns, personalColumns, sampleRows } = preview;
  const targets = targetsByColumn(mapping, columns);
  const useOf = (column: string) => {
    const target = targets.get(column);
    return target ? t(SHORT_KEYS[target]) : personalColumns.includes(column) ? t('personalShort') : '';
  };
  const marks = columns.map((column) =>
    targets.has(column) ? 'mapped' : personalColumns.includes(column) ? 'personal' : 'unused',
  );
  return (
    <PanelSection title={t('sampleRows', { count: sampleRows.length })}>
      <div
        className={styles.sample}
        tabIndex={0}
        role="region"
        aria-label={t('sampleRows', { count: sampleRows.length })}
      >
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} data-mark={marks[index]} scope="col">
                  <span className={styles.use}>{useOf(column)}</span>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sampleRows.map((row, rowIndex) => (
              // Rows of a file have no other identity than their place in it.
              <tr key={rowIndex}>
                {columns.map((column, index) => (
                  <td key={column} data-mark={marks[index]}>
                    {row[index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PanelSection>
  );
}
