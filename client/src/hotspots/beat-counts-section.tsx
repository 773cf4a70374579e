import type { BeatCounts } from '@xunfang/geo-data/contract';
import { beatMessages, useChoosePlan, usePlanShown, usePlans } from '../beats/index.ts';
import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import {
  Button,
  DataTable,
  ErrorState,
  numberCodec,
  PanelSection,
  SelectField,
  SkeletonRows,
  select,
  useSelectedId,
  useUrlFilter,
} from '../ui/index.ts';
import styles from './hotspots.module.css';
import { beatCountMessages } from './messages-beat-counts.ts';
import { useBeatCounts } from './use-hotspots.ts';

const OF_THEIR_TIME = 0;
const underCodec = numberCodec(OF_THEIR_TIME);

/** The incidents of the filters per beat, by the plan of their time; or, when somebody wants to know, by another one, and said so. */
export function BeatCountsSection() {
  const t = useMessages(beatCountMessages);
  const states = useMessages(beatMessages);
  const format = useFormat();
  const [under, setUnder] = useUrlFilter('under', underCodec);
  const showPlan = useChoosePlan();
  const { data: plans } = usePlans();
  const { data, error, isPlaceholderData, refetch } = useBeatCounts(under);
  const choose = (plan: number) => {
    setUnder(plan);
    // The map shows the beats that are counted.
    showPlan(plan);
  };
  return (
    <PanelSection title={t('title')}>
      <SelectField label={t('countUnder')} value={under} onChange={(event) => choose(Number(event.target.value))}>
        <option value={OF_THEIR_TIME}>{t('ofTheirTime')}</option>
        {plans?.map((plan) => (
          <option key={plan.id} value={plan.id}>
            {t('planOption', {
              name: plan.name,
              version: plan.version,
              state: plan.inForce ? states('inForce') : states(plan.state),
            })}
          </option>
        ))}
      </SelectField>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className={styles.counts} data-stale={isPlaceholderData}>
          {data.under ? (
            <div className={styles.recounted} role="status">
              <span>{t('recounted', { name: data.under.name })}</span>
              <Button small onClick={() => choose(OF_THEIR_TIME)}>
                {t('back')}
              </Button>
            </div>
          ) : null}
          {data.plans.length === 0 ? <p className={styles.note}>{t('none')}</p> : null}
          {data.plans.length > 1 ? <p className={styles.note}>{t('several')}</p> : null}
          {data.plans.map((plan) => (
            <CountTable key={plan.id} plan={plan} total={data.total} />
          ))}
          <p className={styles.note}>
            {t('total', { count: data.total })}
            {data.outside > 0 ? ` · ${t('outside', { count: data.outside })}` : ''}
            {` · ${format.instant(data.from, 'date')} – ${format.instant(Date.parse(data.to) - 1, 'date')}`}
          </p>
        </div>
      ) : (
        <SkeletonRows rows={6} />
      )}
    </PanelSection>
  );
}

function CountTable({ plan, total }: { plan: BeatCounts['plans'][number]; total: number }) {
  const t = useMessages(beatCountMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const shown = usePlanShown().data?.summary.id === plan.id;
  const selected = useSelectedId('beat');
  return (
    <>
      <p className={styles.note}>
        {plan.effectiveFrom
          ? t('since', { name: plan.name, from: format.instant(plan.effectiveFrom) })
          : t('draft', { name: plan.name })}
      </p>
      <DataTable
        rows={plan.beats}
        keyOf={({ number }) => number}
        selectedKey={shown ? selected : null}
        onSelect={shown ? ({ number }) => select('beat', number) : undefined}
        columns={[
          { key: 'beat', title: t('beat'), cell: ({ name }) => bilingual(name), sortBy: ({ number }) => number },
          {
            key: 'incidents',
            title: t('incidents'),
            numeric: true,
            cell: ({ incidents }) => format.number(incidents),
            sortBy: ({ incidents }) => incidents,
          },
          {
            key: 'share',
            title: t('share'),
            numeric: true,
            cell: ({ incidents }) => (total > 0 ? format.percent(incidents / total, 1) : '—'),
            sortBy: ({ incidents }) => incidents,
          },
        ]}
      />
    </>
  );
}
