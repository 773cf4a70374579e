import { type ReactNode, useMemo, useState } from 'react';
import styles from './data-table.module.css';

export interface TableColumn<Row> {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers are right-aligned. */
  numeric?: boolean;
  /** Makes the heading sort by this value. */
  sortBy?: (row: Row) => number | string;
}
interface DataTableProps<Row> {
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  selectedKey?: string | number | null;
  onSelect?: (row: Row) => void;
}

/** Up to a few hundred rows; longer ones belong into a `VirtualList`. */
export function DataTable<Row>({ columns, rows, keyOf, selectedKey, onSelect }: DataTableProps<Row>) {
  const [order, setOrder] = useState<{ key: string; descending: boolean } | null>(null);
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.key === order?.key)?.sortBy;
    if (!order || !sortBy) return rows;
    const sign = order.descending ? -1 : 1;
    return [...rows].sort((a, b) => sign * compare(sortBy(a), sortBy(b)));
  }, [columns, rows, order]);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => {
              const descending = order?.key === column.key ? order.descending : null;
              return (
                <th
                  key={column.key}
                  className={column.numeric ? styles.right : undefined}
                  aria-sort={descending === null ? undefined : descending ? 'descending' : 'ascending'}
                >
                  {column.sortBy ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => setOrder({ key: column.key, descending: descending === false })}
                    >
                      {column.title}
                      {descending === null ? '' : descending ? ' ↓' : ' ↑'}
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr
              key={keyOf(row)}
              className={`${onSelect ? styles.clickable : ''} ${String(keyOf(row)) === String(selectedKey) ? styles.chosen : ''}`}
              tabIndex={onSelect ? 0 : undefined}
              onClick={() => onSelect?.(row)}
              onKeyDown={(event) => event.key === 'Enter' && onSelect?.(row)}
            >
              {columns.map((column) => (
                <td key={column.key} className={column.numeric ? styles.right : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'string' && typeof b === 'string'
    ? a.localeCompare(b, 'zh-CN', { numeric: true })
    : Number(a) - Number(b);
}
