import type { PlanSummary } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { instantOf, useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureau, useHasRole } from '../session/index.ts';
import { Button, Dialog, ErrorState, PanelSection, SkeletonRows, Tag, TextField, toast } from '../ui/index.ts';
import styles from './beats.module.css';
import { beatMessages } from './messages.ts';
import { useChoosePlan, usePlans, usePublishPlan, useWithdrawPlan } from './plan-queries.ts';

/** All versions; drafts can be published by supervisors, history stays as it was. */
export function PlanVersions() {
  const t = useMessages(beatMessages);
  const format = useFormat();
  const { data, error, isPending, refetch } = usePlans();
  const choose = useChoosePlan();
  const mayPublish = useHasRole('supervisor', 'admin');
  const [publishing, setPublishing] = useState<PlanSummary | null>(null);
  const withdraw = useWithdrawPlan();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  if (data.length === 0) return null;
  return (
    <PanelSection title={t('versions')}>
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
              <a
                className={styles.link}
                href={`/api/plans/${plan.id}.geojson`}
                download={`plan-${plan.version}.geojson`}
              >
                {t('geojson')}
              </a>
              {mayPublish && plan.state === 'draft' ? (
                <>
                  <Button small tone="primary" onClick={() => setPublishing(plan)}>
                    {t('publish')}
                  </Button>
                  <Button
                    small
                    onClick={() =>
                      withdraw.mutate(plan.id, {
                        onSuccess: () => toast(t('withdrawnToast', { name: plan.name })),
                        onError: (problem) => toast(problem.message, { tone: 'error' }),
                      })
                    }
                  >
                    {t('withdraw')}
                  </Button>
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {publishing ? <PublishDialog plan={publishing} onClose={() => setPublishing(null)} /> : null}
    </PanelSection>
  );
}

/** Ends the plan in force, so it asks. */
function PublishDialog({ plan, onClose }: { plan: PlanSummary; onClose: () => void }) {
  const t = useMessages(beatMessages);
  const bureau = useBureau();
  const publish = usePublishPlan();
  const [localTime, setLocalTime] = useState('');
  const send = () =>
    publish.mutate(
      { id: plan.id, effectiveFrom: localTime ? instantOf(localTime, bureau.timeZone) : new Date().toISOString() },
      {
        onSuccess: () => {
          toast(t('publishedToast', { name: plan.name }), { tone: 'done' });
          onClose();
        },
      },
    );
  return (
    <Dialog title={t('publishTitle')} onClose={onClose}>
      <p>{t('publishText', { name: plan.name })}</p>
      <TextField
        label={t('effectiveAt')}
        hint={`${bureau.timeZone} · ${t('publishNow')}: —`}
        type="datetime-local"
        value={localTime}
        onChange={(event) => setLocalTime(event.target.value)}
      />
      {publish.error ? <ErrorState error={publish.error} /> : null}
      <div className={styles.actions}>
        <Button tone="primary" disabled={publish.isPending} onClick={send}>
          {localTime ? t('publish') : t('publishNow')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Dialog>
  );
}
