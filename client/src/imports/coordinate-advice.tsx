import type { ImportMapping, ImportPreview } from '@xunfang/geo-data/contract';
import type { ReactNode } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { useCoordinateSystemName } from './coordinate-system-name.ts';
import { changeMapping } from './import-store.ts';
import styles from './imports.module.css';
import { withLonLatExchanged } from './mapping-edits.ts';
import { importMessages } from './messages.ts';

interface CoordinateAdviceProps {
  mapping: ImportMapping;
  advice: ImportPreview['advice'];
}

/** A shift that nobody declared is the commonest data error: said first, put right with one press. */
export function CoordinateAdvice({ mapping, advice }: CoordinateAdviceProps) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const systemName = useCoordinateSystemName();
  const shareOf = (system: string) => advice.shares.find((share) => share.system === system)?.insideShare ?? null;
  const own = format.percent(shareOf(mapping.coordinateSystem), 1);
  const { better } = advice;
  if (advice.swapped)
    return (
      <Notice
        title={t('swappedTitle')}
        text={t('swapped', { own })}
        action={<Button onClick={() => changeMapping(withLonLatExchanged(mapping))}>{t('swapApply')}</Button>}
      />
    );
  // The advice may still speak of the system chosen before.
  if (better === null || better === mapping.coordinateSystem) return null;
  return (
    <Notice
      title={t('adviceTitle')}
      text={t('advice', {
        declared: systemName(mapping.coordinateSystem),
        own,
        better: systemName(better),
        share: format.percent(shareOf(better), 1),
      })}
      action={
        <Button onClick={() => changeMapping({ ...mapping, coordinateSystem: better })}>
          {t('adviceApply', { better: systemName(better) })}
        </Button>
      }
    />
  );
}

function Notice({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <div className={styles.advice} role="alert">
      <span className={styles.adviceTitle}>
        <Icon name="warning" /> {title}
      </span>
      <p>{text}</p>
      {action}
    </div>
  );
}
