import type { ReactNode } from 'react';
import { useMessages } from '../i18n/index.ts';
import { uiMessages } from './messages.ts';
import styles from './tag.module.css';

interface TagProps {
  tone?: 'plain' | 'warn' | 'act';
  dashed?: boolean;
  title?: string;
  children: ReactNode;
}

export function Tag({ tone = 'plain', dashed = false, title, children }: TagProps) {
  const classes = [styles.tag, tone === 'plain' ? '' : styles[tone], dashed ? styles.dashed : ''];
  return (
    <span className={classes.join(' ')} title={title}>
      {children}
    </span>
  );
}

/** Stands wherever generated incidents show. Dashed, like everything that is not real. */
export function DemonstrationTag() {
  const t = useMessages(uiMessages);
  return (
    <Tag dashed title={t('demonstrationHint')}>
      {t('demonstration')}
    </Tag>
  );
}

/** Stands wherever simulated positions show. */
export function SimulationTag() {
  const t = useMessages(uiMessages);
  return (
    <Tag dashed title={t('simulationHint')}>
      {t('simulation')}
    </Tag>
  );
}
