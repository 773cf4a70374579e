import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button } from '../ui/index.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}

/** Which part of a long list is in sight, and the way to the rest. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const from = page * pageSize + 1;
  const to = Math.min(total, from + pageSize - 1);
  return (
    <div className={styles.pager}>
      <span>{t('range', { from: format.number(from), to: format.number(to), total: format.number(total) })}</span>
      {total > pageSize ? (
        <>
          <Button small icon="chevronLeft" disabled={page === 0} onClick={() => onPage(page - 1)}>
            {t('previous')}
          </Button>
          <Button small icon="chevronRight" disabled={to >= total} onClick={() => onPage(page + 1)}>
            {t('next')}
          </Button>
        </>
      ) : null}
    </div>
  );
}
