import { useState } from 'react';
import { useFormat } from '../../clock/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { DataTable, Panel, PanelSection, Segmented, SkeletonRows, type TableColumn, Tag } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import type { AreaScore } from '../score/score-plan.ts';
import { showBeat } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useScoreStale, useStudio } from '../studio-store.ts';
import { OverallFigures } from './overall-figures.tsx';
import styles from './panels.module.css';
import { ProblemList } from './problem-list.tsx';

/** Figures of the plan on the map, as a whole and beat by beat; grey while they are of an earlier stroke. */
export function ScorePanel({ session, editable }: { session: StudioSession; editable: boolean }) {
  const t = useMessages(figureMessages);
  const format = useFormat();
  const score = useStudio((state) => state.score);
  const failure = useStudio((state) => state.scoreFailure);
  const stale = useScoreStale();
  const { meta } = session.ground;
  return (
    <Panel title={t('figures')} actions={stale ? <Tag dashed>{t('stale')}</Tag> : null}>
      {failure ? <p className={styles.note}>{t('failed', { reason: failure })}</p> : null}
      {score ? (
        <>
          <OverallFigures score={score} stale={stale} />
          <ProblemList session={session} score={score} stale={stale} editable={editable} />
          <AreaScores session={session} beats={score.beats} zones={score.zones} stale={stale} />
          <PanelSection>
            <span className={styles.note}>
              {t('period', {
                from: format.instant(meta.incidentsFrom, 'date'),
                to: format.instant(meta.incidentsTo, 'date'),
              })}
            </span>
          </PanelSection>
        </>
      ) : (
        <SkeletonRows />
      )}
    </Panel>
  );
}

interface AreaScoresProps {
  session: StudioSession;
  beats: readonly AreaScore[];
  zones: readonly AreaScore[];
  stale: boolean;
}

function AreaScores({ session, beats, zones, stale }: AreaScoresProps) {
  const t = useMessages(figureMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const [level, setLevel] = useState<'beat' | 'zone'>('beat');
  const chosen = useStudio((state) => state.beat);
  const areas = useStudio((state) => (level === 'beat' ? state.beats : state.zones));
  const rows = (level === 'beat' ? beats : zones).filter(({ key }) => areas[key] && !areas[key].removed);
  const number = (
    key: string,
    title: string,
    value: (row: AreaScore) => number | null,
    written: (value: number) => string,
  ): TableColumn<AreaScore> => ({
    key,
    title,
    numeric: true,
    cell: (row) => {
      const one = value(row);
      return one === null || !Number.isFinite(one) ? '—' : written(one);
    },
    sortBy: (row) => value(row) ?? Number.NEGATIVE_INFINITY,
  });
  const columns: TableColumn<AreaScore>[] = [
    {
      key: 'name',
      title: level === 'beat' ? t('beats') : t('zones'),
      cell: ({ key }) => bilingual(areas[key].name),
      sortBy: ({ key }) => areas[key].number,
    },
    number(
      'hours',
      t('hours'),
      (row) => row.workloadHours,
      (value) => format.number(value, 1),
    ),
    number(
      'deviation',
      t('deviation'),
      (row) => row.deviation,
      (value) => format.percent(value, 1, true),
    ),
    ...(level === 'beat'
      ? [
          number(
            'p90',
            t('p90Short'),
            (row) => row.response?.p90Minutes ?? null,
            (value) => format.number(value, 1),
          ),
          number(
            'response',
            t('responseShort'),
            (row) => row.response?.meanMinutes ?? null,
            (value) => format.number(value, 1),
          ),
          number(
            'utilisation',
            t('utilisationShort'),
            (row) => row.response?.utilisation ?? null,
            (value) => format.percent(value, 0),
          ),
        ]
      : []),
    ...(['compactness', 'reock', 'inertia'] as const).map((shape) =>
      number(
        shape,
        t(shape),
        (row) => row[shape],
        (value) => format.number(value, 2),
      ),
    ),
    number(
      'calls',
      t('callsPerDay'),
      (row) => row.callsPerDay,
      (value) => format.number(value, 1),
    ),
    number(
      'perimeter',
      t('perimeter'),
      (row) => row.perimeterKm,
      (value) => format.number(value, 1),
    ),
    number(
      'keyPlaces',
      t('keyPlaces'),
      (row) => row.keyPlaces,
      (value) => format.number(value),
    ),
  ];
  return (
    <PanelSection
      title={level === 'beat' ? t('perBeat') : t('perZone')}
      actions={
        <Segmented
          label={t('perBeat')}
          value={level}
          options={[
            { value: 'beat', label: t('beats') },
            { value: 'zone', label: t('zones') },
          ]}
          onChange={setLevel}
        />
      }
    >
      <div className={styles.table} data-stale={stale}>
        <DataTable
          pinned
          rows={rows}
          keyOf={({ key }) => key}
          selectedKey={level === 'beat' ? chosen : null}
          onSelect={level === 'beat' ? ({ key }) => showBeat(session, key) : undefined}
          columns={columns}
        />
      </div>
    </PanelSection>
  );
}
