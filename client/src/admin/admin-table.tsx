import type { ReactNode } from 'react';
import { DataTable, EmptyState, ErrorState, SkeletonRows, type TableColumn } from '../ui/index.ts';
import styles from './admin.module.css';

interface AdminTableProps<Row> {
  query: { error: unknown; isPending: boolean; refetch: () => unknown };
  rows: readonly Row[] | undefined;
  columns: readonly TableColumn<Row>[];
  keyOf: (row: Row) => number;
  /** What is missing, and what it would be for. */
  empty: ReactNode;
  emptyDetail?: ReactNode;
}

/** A table of administration with its loading, error and empty states. */
export function AdminTable<Row>({ query, rows, columns, keyOf, empty, emptyDetail }: AdminTableProps<Row>) {
  if (query.isPending) return <SkeletonRows />;
  if (query.error || !rows) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <EmptyState title={empty}>{emptyDetail}</EmptyState>;
  return (
    <div className={styles.table}>
      <DataTable columns={columns} rows={rows} keyOf={keyOf} />
    </div>
  );
}
