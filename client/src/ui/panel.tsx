import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  title: ReactNode;
  /** How many, beside the title. */
  count?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** Root of what stands in a side panel: heading, scrolling body, footer. */
export function Panel({ title, count, actions, footer, children }: PanelProps) {
  return (
    <section className={styles.panel}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span>{title}</span>
          {count === undefined ? null : <span className={styles.count}>{count}</span>}
        </h2>
        {actions}
      </header>
      <div className={styles.body}>{children}</div>
      {footer ? <footer className={styles.footer}>{footer}</footer> : null}
    </section>
  );
}

/** A part of a panel with a quiet heading. */
export function PanelSection({
  title,
  actions,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.section}>
      {title || actions ? (
        <h3 className={styles.sectionTitle}>
          <span>{title}</span>
          {actions}
        </h3>
      ) : null}
      {children}
    </div>
  );
}
