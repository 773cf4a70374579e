import type { ImportView } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';

/** The browser fetches it: a million lines never pass through the page. */
export function RejectionsLink({ view }: { view: ImportView }) {
  const t = useMessages(importMessages);
  return (
    <a className={styles.link} href={`/api/imports/${view.id}/rejections.csv`} download>
      <Icon name="download" /> {t('download')}
    </a>
  );
}
