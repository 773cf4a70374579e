import { PLAN_FILE_FORMATS, type PlanSummary } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import styles from './beats.module.css';
import { planFileMessages } from './messages-files.ts';
import { PlanBookButton } from './plan-book-button.tsx';

/** A plan, a draft as it stands, for other programs, for the next import, and on paper. */
export function PlanDownloads({ plan }: { plan: Pick<PlanSummary, 'id' | 'name' | 'version'> }) {
  const t = useMessages(planFileMessages);
  return (
    <>
      <span className={styles.downloads}>
        <Icon name="download" />
        {PLAN_FILE_FORMATS.map((format) => (
          <a
            key={format}
            className={styles.link}
            href={`/api/plans/${plan.id}/file?format=${format}`}
            aria-label={t('download', { format: t(format) })}
            title={t('download', { format: t(format) })}
            download
          >
            {t(format)}
          </a>
        ))}
      </span>
      <PlanBookButton plan={plan} />
    </>
  );
}
