import { type ReactNode, useMemo, useState } from 'react';
import { compareNames } from './compare-names.ts';
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
  /** What selecting a row does, for who hears the table. */
  nameOf?: (row: Row) => string;
  /** More columns than fit: the first stays in sight while the others scroll under it. */
  pinned?: boolean;
  /** Where someone else sorts (the server, page by page): the order the rows have, and what a click on a heading wants. */
  order?: Order | null;
  onOrder?: (key: string) => void;
  isOrdered?: (key: string) => boolean;
}
interface Order {
  key: string;
  descending: boolean;
}

/** Up to a few hundred rows; longer ones belong into a `VirtualList`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, keyOf, selectedKey, onSelect, nameOf, pinned, onOrder } = props;
  const [ownOrder, setOrder] = useState<Order | null>(null);
  const order = onOrder ? (props.order ?? null) : ownOrder;
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.key === order?.key)?.sortBy;
    if (!order || !sortBy || onOrder) return rows;
    const sign = order.descending ? -1 : 1;
    return [...rows].sort((a, b) => sign * compare(sortBy(a), sortBy(b)));
  }, [columns, rows, order, onOrder]);
  return (
    <div className={styles.frame} data-pinned={pinned} tabIndex={pinned ? 0 : undefined}>
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
                  {(onOrder ? props.isOrdered?.(column.key) : column.sortBy) ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => {
                        if (onOrder) onOrder(column.key);
                        else setOrder({ key: column.key, descending: descending === false });
                      }}
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
              aria-label={nameOf?.(row)}
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
  return typeof a === 'string' && typeof b === 'string' ? compareNames(a, b) : Number(a) - Number(b);
}
