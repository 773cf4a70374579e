import type { ReactNode } from 'react';
import styles from './figure.module.css';

interface FigureProps {
  label: ReactNode;
  /** Already formatted (`useFormat`). */
  value: ReactNode;
  unit?: ReactNode;
  /** What it is compared with, or what it is a share of. */
  base?: ReactNode;
  /** Colour is rationed: `act` only when someone must act now. */
  tone?: 'plain' | 'warn' | 'act';
  large?: boolean;
}

export function Figure({ label, value, unit, base, tone = 'plain', large = false }: FigureProps) {
  return (
    <div className={`${styles.figure} ${large ? styles.large : ''} ${tone === 'plain' ? '' : styles[tone]}`}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        {value}
        {unit ? <span className={styles.unit}>{unit}</span> : null}
      </span>
      {base ? <span className={styles.base}>{base}</span> : null}
    </div>
  );
}

/** Label and value on one line; values right-aligned with their unit. */
export function FigureRows({ rows }: { rows: readonly { label: ReactNode; value: ReactNode; unit?: ReactNode }[] }) {
  return (
    <dl className={styles.rows}>
      {rows.map((row, index) => (
        // Rows are a fixed list: the position is their identity.
        <div key={index} className={styles.row}>
          <dt>{row.label}</dt>
          <dd>
            {row.value}
            {row.unit ? <span className={styles.unit}>{row.unit}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
