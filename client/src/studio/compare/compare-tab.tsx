import type { PlanComparison } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { usePlan, usePlans } from '../../beats/index.ts';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { mapCamera } from '../../map/index.ts';
import { DataTable, ErrorState, FigureRows, PanelSection, SelectField, SkeletonRows, Switch } from '../../ui/index.ts';
import { studioMessages } from '../messages.ts';
import { reviewMessages } from '../messages-review.ts';
import styles from '../panels/panels.module.css';
import { useComparison } from '../review/lifecycle-queries.ts';
import { showAtoms } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { NO_COMPARISON, useCompare } from './compare-store.ts';
import { atomsOfMoved, otherPlan } from './other-plan.ts';

/** What changes for whom against another plan or draft: swiped over the map, marked on it, and as a list. */
export function CompareTab({ session }: { session: StudioSession }) {
  const t = useMessages(reviewMessages);
  const own = useMessages(studioMessages);
  const format = useFormat();
  const chosen = useCompare((state) => state.planId);
  const swiping = useCompare((state) => state.swipeLon !== null);
  const changeShown = useStudio((state) => state.changeShown);
  // A figure of the server's: it follows what is saved, and waits while something is being saved.
  const revision = useStudio((state) => (state.save.kind === 'saving' ? null : session.replica.revision));
  const { data: plans = [] } = usePlans();
  const candidates = plans.filter(
    ({ id, resolution }) => id !== session.draft.plan.id && resolution === session.ground.atoms.resolution,
  );
  const from = chosen ?? candidates.find(({ inForce }) => inForce)?.id ?? candidates[0]?.id ?? null;
  const { data, error, isPending, refetch } = useComparison(from, session.draft.plan.id, revision);
  const { data: plan } = usePlan(from);
  useEffect(() => {
    if (data && plan && data.from.id === plan.summary.id)
      useCompare.setState({ other: otherPlan(session, data, plan) });
  }, [data, plan, session]);
  useEffect(() => () => useCompare.setState(NO_COMPARISON), [session]);
  const swipe = (on: boolean) => useCompare.setState({ swipeLon: on ? (mapCamera.view()?.lon ?? null) : null });
  return (
    <>
      <PanelSection>
        <div className={styles.form}>
          <SelectField
            label={t('compareWith')}
            value={from ?? ''}
            onChange={(event) => useCompare.setState({ planId: Number(event.target.value), marked: new Set() })}
          >
            {candidates.map((candidate) => (
              <option key={candidate.id} value={candidate.id}>
                {candidate.name}
                {candidate.inForce ? ` · ${t('inForce')}` : ''}
              </option>
            ))}
          </SelectField>
          <Switch label={t('swipe')} checked={swiping} onChange={swipe} />
          {swiping ? <span className={styles.note}>{t('swipeHint')}</span> : null}
          <Switch
            label={own('showChange')}
            checked={changeShown}
            onChange={(on) => useStudio.setState({ changeShown: on })}
          />
        </div>
      </PanelSection>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {isPending && from !== null && !error ? <SkeletonRows rows={4} /> : null}
      {data ? (
        <>
          <Totals comparison={data} />
          <MovedTable session={session} comparison={data} />
          <PanelSection>
            <span className={styles.note}>
              {t('comparisonPeriod', {
                from: format.instant(data.incidentsFrom, 'date'),
                to: format.instant(data.incidentsTo, 'date'),
              })}
            </span>
          </PanelSection>
        </>
      ) : null}
    </>
  );
}

function Totals({ comparison }: { comparison: PlanComparison }) {
  const t = useMessages(reviewMessages);
  const format = useFormat();
  const { moved, total } = comparison;
  const sum = (name: 'atoms' | 'areaKm2' | 'incidents' | 'workload' | 'keyPlaces') =>
    moved.reduce((all, row) => all + row[name], 0);
  const line = (name: Parameters<typeof sum>[0], digits: number) => ({
    label: t(name),
    value: `${format.number(sum(name), digits)} / ${format.number(total[name], digits)}`,
    unit: total[name] > 0 ? format.percent(sum(name) / total[name], 1) : undefined,
  });
  return (
    <PanelSection title={`${t('moved')} / ${t('total')}`}>
      <FigureRows
        rows={[line('atoms', 0), line('areaKm2', 2), line('incidents', 0), line('workload', 0), line('keyPlaces', 0)]}
      />
    </PanelSection>
  );
}

function MovedTable({ session, comparison }: { session: StudioSession; comparison: PlanComparison }) {
  const t = useMessages(reviewMessages);
  const format = useFormat();
  if (comparison.moved.length === 0)
    return (
      <PanelSection title={t('moved')}>
        <span className={styles.note}>{t('movedNothing')}</span>
      </PanelSection>
    );
  type Row = PlanComparison['moved'][number];
  const name = (number: number) => (number === 0 ? t('none') : t('beatNumber', { number }));
  const show = ({ fromBeat, toBeat }: Row) => {
    const rows = comparison.atoms.filter((atom) => atom.fromBeat === fromBeat && atom.toBeat === toBeat);
    const atoms = [...atomsOfMoved(session, rows)].filter((atom) => atom < session.ground.atoms.count);
    useCompare.setState({ marked: new Set(atoms) });
    showAtoms(session, atoms);
  };
  return (
    <PanelSection title={t('moved')}>
      <div className={styles.table}>
        <DataTable<Row>
          rows={comparison.moved}
          keyOf={({ fromBeat, toBeat }) => `${fromBeat}-${toBeat}`}
          onSelect={show}
          columns={[
            {
              key: 'fromTo',
              title: t('moved'),
              cell: ({ fromBeat, toBeat }) => t('fromTo', { from: name(fromBeat), to: name(toBeat) }),
              sortBy: ({ fromBeat }) => fromBeat,
            },
            {
              key: 'atoms',
              title: t('atoms'),
              numeric: true,
              cell: ({ atoms }) => format.number(atoms),
              sortBy: ({ atoms }) => atoms,
            },
            {
              key: 'incidents',
              title: t('incidents'),
              numeric: true,
              cell: ({ incidents }) => format.number(incidents),
              sortBy: ({ incidents }) => incidents,
            },
            {
              key: 'workload',
              title: t('workload'),
              numeric: true,
              cell: ({ workload }) => format.number(workload, 0),
              sortBy: ({ workload }) => workload,
            },
            {
              key: 'keyPlaces',
              title: t('keyPlaces'),
              numeric: true,
              cell: ({ keyPlaces }) => format.number(keyPlaces),
              sortBy: ({ keyPlaces }) => keyPlaces,
            },
          ]}
        />
      </div>
    </PanelSection>
  );
}
