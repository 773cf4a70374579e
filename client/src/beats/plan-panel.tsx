import type { Plan } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useBureau, useHasRole } from '../session/index.ts';
import {
  Button,
  DataTable,
  DemonstrationTag,
  EmptyState,
  ErrorState,
  FigureRows,
  Panel,
  PanelSection,
  Segmented,
  SkeletonRows,
  Tag,
  useMedia,
  useSelectedId,
} from '../ui/index.ts';
import styles from './beats.module.css';
import { CloneDialog } from './clone-dialog.tsx';
import { DesignDialog } from './design-dialog.tsx';
import { beatMessages } from './messages.ts';
import { planFileMessages } from './messages-files.ts';
import { PlanFileDialog } from './plan-file-dialog.tsx';
import { useChoosePlan, usePlanShown } from './plan-queries.ts';
import { PlanVersions } from './plan-versions.tsx';
import { type AreaRow, showArea } from './show-area.ts';

/** The plan on screen, explained: what it was made from, and the figures of every zone and beat. */
export function PlanPanel() {
  const t = useMessages(beatMessages);
  const { data, error, isPending, refetch } = usePlanShown();
  const bureau = useBureau();
  const mayDesign = useHasRole('supervisor', 'admin');
  const [designing, setDesigning] = useState(false);
  const [revising, setRevising] = useState(false);
  const [importing, setImporting] = useState(false);
  const files = useMessages(planFileMessages);
  return (
    <>
      <Panel
        title={data ? `${t('plan')} ${data.summary.name}` : t('plan')}
        actions={bureau.demonstration ? <DemonstrationTag /> : null}
        footer={
          mayDesign ? (
            <>
              {data ? (
                <Button tone="primary" icon="brush" onClick={() => setRevising(true)}>
                  {t('adjust')}
                </Button>
              ) : null}
              <Button icon="plus" onClick={() => setDesigning(true)}>
                {t('design')}
              </Button>
            </>
          ) : null
        }
      >
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <SkeletonRows rows={12} />
        ) : data === null ? (
          <EmptyState
            title={t('noPlan')}
            action={
              mayDesign ? (
                <>
                  <Button tone="primary" onClick={() => setDesigning(true)}>
                    {t('design')}
                  </Button>
                  <Button icon="upload" onClick={() => setImporting(true)}>
                    {files('import')}
                  </Button>
                </>
              ) : null
            }
          >
            {t('noPlanHint')}
          </EmptyState>
        ) : (
          <PlanBody plan={data} />
        )}
        <PlanVersions onImport={() => setImporting(true)} />
      </Panel>
      {revising && data ? <CloneDialog plan={data.summary} onClose={() => setRevising(false)} /> : null}
      {importing ? <PlanFileDialog onClose={() => setImporting(false)} /> : null}
      {designing ? <DesignDialog onClose={() => setDesigning(false)} /> : null}
    </>
  );
}

function PlanBody({ plan }: { plan: Plan }) {
  const t = useMessages(beatMessages);
  const format = useFormat();
  const choose = useChoosePlan();
  const { summary, basis } = plan;
  return (
    <>
      <PanelSection>
        <div className={styles.headline}>
          <strong>{t('summary', { zones: summary.zones, beats: summary.beats })}</strong>
          <Tag tone={summary.inForce ? 'plain' : 'warn'} dashed={!summary.inForce}>
            {summary.inForce ? t('inForce') : t(summary.state)}
          </Tag>
        </div>
        {summary.inForce ? null : (
          <p className={styles.viewing}>
            {t('viewing')}{' '}
            <Button small onClick={() => choose(0)}>
              {t('backToInForce')}
            </Button>
          </p>
        )}
        <FigureRows
          rows={[
            { label: t('effectiveFrom'), value: summary.effectiveFrom ? format.instant(summary.effectiveFrom) : '—' },
            {
              label: t('effectiveTo'),
              value: summary.effectiveTo ? format.instant(summary.effectiveTo) : t('openEnd'),
            },
            { label: t('worst'), value: format.percent(basis.worstDeviation, 1) },
            { label: t('tolerance'), value: `±${format.percent(basis.tolerance, 0)}` },
            {
              label: t('period'),
              value: `${format.instant(basis.incidentsFrom, 'date')} – ${format.instant(basis.incidentsTo, 'date')}`,
            },
            { label: t('calls'), value: format.number(basis.incidentCount) },
            { label: t('resolution'), value: `H3 · ${summary.resolution}` },
            { label: t('seed'), value: basis.seed },
          ]}
        />
      </PanelSection>
      <AreaTable plan={plan} />
    </>
  );
}

function AreaTable({ plan }: { plan: Plan }) {
  const t = useMessages(beatMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const [level, setLevel] = useState<'beat' | 'zone'>('beat');
  const selectedKey = useSelectedId(level);
  // What a narrow panel leaves out stands in the detail.
  const roomy = useMedia('(min-width: 1500px)');
  const areas: readonly AreaRow[] = level === 'beat' ? plan.beats : plan.zones;
  return (
    <PanelSection
      actions={
        <Segmented
          label={t('layer')}
          value={level}
          options={[
            { value: 'beat', label: t('beats') },
            { value: 'zone', label: t('zones') },
          ]}
          onChange={setLevel}
        />
      }
    >
      <DataTable
        rows={areas}
        keyOf={(area) => area.number}
        selectedKey={selectedKey}
        onSelect={(area) => showArea(level, area)}
        columns={[
          {
            key: 'name',
            title: level === 'beat' ? t('beat') : t('zone'),
            cell: (area) => bilingual(area.name),
            sortBy: (area) => area.number,
          },
          ...(roomy
            ? [
                {
                  key: 'workload',
                  title: t('workload'),
                  numeric: true,
                  cell: (area: AreaRow) => format.number(area.figures.workload, 0),
                  sortBy: (area: AreaRow) => area.figures.workload,
                },
              ]
            : []),
          {
            key: 'deviation',
            title: t('deviation'),
            numeric: true,
            cell: (area) => format.percent(area.figures.deviation, 1, true),
            sortBy: (area) => area.figures.deviation,
          },
          {
            key: 'incidents',
            title: t('incidents'),
            numeric: true,
            cell: (area) => format.number(area.figures.incidents),
            sortBy: (area) => area.figures.incidents,
          },
          {
            key: 'area',
            title: t('km2'),
            numeric: true,
            cell: (area) => format.number(area.figures.areaKm2, 2),
            sortBy: (area) => area.figures.areaKm2,
          },
          {
            key: 'compactness',
            title: t('compactShort'),
            numeric: true,
            cell: (area) => format.number(area.figures.compactness, 2),
            sortBy: (area) => area.figures.compactness,
          },
        ]}
      />
      <p className={styles.note}>{t('compactnessHint')}</p>
    </PanelSection>
  );
}
