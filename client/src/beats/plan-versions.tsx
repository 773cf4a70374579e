import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, ErrorState, PanelSection, SkeletonRows, Tag } from '../ui/index.ts';
import styles from './beats.module.css';
import { beatMessages } from './messages.ts';
import { planFileMessages } from './messages-files.ts';
import { PlanDownloads } from './plan-downloads.tsx';
import { useChoosePlan, useOpenDraft, usePlans } from './plan-queries.ts';

/** All versions; supervisors open a draft in the studio and see there how far any plan has come. */
export function PlanVersions({ onImport }: { onImport: () => void }) {
  const t = useMessages(beatMessages);
  const files = useMessages(planFileMessages);
  const format = useFormat();
  const { data, error, isPending, refetch } = usePlans();
  const choose = useChoosePlan();
  const mayEdit = useHasRole('supervisor', 'admin');
  const openDraft = useOpenDraft();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  if (data.length === 0) return null;
  return (
    <PanelSection
      title={t('versions')}
      actions={
        mayEdit ? (
          <Button small icon="upload" onClick={onImport}>
            {files('import')}
          </Button>
        ) : null
      }
    >
      <ul className={styles.versions}>
        {data.map((plan) => (
          <li key={plan.id}>
            <div className={styles.headline}>
              <span>
                {plan.name} <span className={styles.note}>{t('version', { version: plan.version })}</span>
              </span>
              <Tag dashed={plan.state !== 'published'}>{plan.inForce ? t('inForce') : t(plan.state)}</Tag>
            </div>
            <span className={styles.note}>
              {t('summary', { zones: plan.zones, beats: plan.beats })}
              {plan.effectiveFrom
                ? ` · ${format.instant(plan.effectiveFrom)} – ${plan.effectiveTo ? format.instant(plan.effectiveTo) : t('openEnd')}`
                : ''}
            </span>
            <div className={styles.actions}>
              <Button small onClick={() => choose(plan.inForce ? 0 : plan.id)}>
                {t('showPlan')}
              </Button>
              <PlanDownloads plan={plan} />
              {mayEdit ? (
                <Button small tone={plan.state === 'draft' ? 'primary' : 'plain'} onClick={() => openDraft(plan.id)}>
                  {plan.state === 'draft' ? t('edit') : plan.state === 'submitted' ? t('review') : t('openPlan')}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
