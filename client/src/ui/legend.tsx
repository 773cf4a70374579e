import type { ReactNode } from 'react';
import styles from './legend.module.css';

interface ClassLegendProps {
  /** The measure. */
  title: ReactNode;
  unit?: ReactNode;
  /** Lower bound of each class, formatted, and how it is drawn (`#RRGGBB` and opacity). */
  classes: readonly { from: ReactNode; colour: string; opacity?: number }[];
  /** Window, n, classing rule, significance: whatever makes the picture readable as a number. */
  notes?: readonly ReactNode[];
}

/** For graduated maps: what is measured, in which unit, in which classes. */
export function ClassLegend({ title, unit, classes, notes }: ClassLegendProps) {
  return (
    <div className={styles.legend}>
      <div className={styles.title}>
        <span>{title}</span>
        {unit ? <span className={styles.unit}>{unit}</span> : null}
      </div>
      <div className={styles.classes}>
        {classes.map((item, index) => (
          // Classes are a fixed list: the position is their identity.
          <div key={index} className={styles.class}>
            <span className={styles.swatch} style={{ background: item.colour, opacity: item.opacity ?? 1 }} />
            <span className={styles.from}>{item.from}</span>
          </div>
        ))}
      </div>
      {notes?.map((note, index) => (
        <span key={index} className={styles.note}>
          {note}
        </span>
      ))}
    </div>
  );
}

/** For marks: the mark itself (an SVG) and its name. */
export function SymbolLegend({ items }: { items: readonly { mark: ReactNode; label: ReactNode }[] }) {
  return (
    <div className={styles.symbols}>
      {items.map((item, index) => (
        <span key={index} className={styles.symbol}>
          <span className={styles.mark}>{item.mark}</span>
          {item.label}
        </span>
      ))}
    </div>
  );
}
