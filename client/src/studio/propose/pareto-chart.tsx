import type { Proposal, ProposalFigures, ProposalRun } from '@xunfang/geo-data/contract';
import { type KeyboardEvent, useId } from 'react';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { proposeMessages } from './messages-propose.ts';
import { decimalsOf, neighbour, paretoScales, rankOf, type Scale, shareOn } from './pareto.ts';
import styles from './propose.module.css';

const WIDTH = 320;
const HEIGHT = 220;
const FRAME = { left: 38, right: 8, top: 20, bottom: 36 };
const RADIUS = { least: 3, most: 7.5 };
const INK = { least: 0.12, most: 0.95 };

interface ParetoChartProps {
  run: ProposalRun;
  chosen: Proposal | null;
  onChoose: (proposal: Proposal | null) => void;
}

/** Response across, balance upwards, compactness by size, change by ink: one mark per plan, walked through by mouse or keys. */
export function ParetoChart({ run, chosen, onChoose }: ParetoChartProps) {
  const t = useMessages(proposeMessages);
  const format = useFormat();
  const id = useId();
  const { beginning, responseUnit } = run;
  // A better one may have come since: what one looks at stays.
  const points =
    chosen && !run.proposals.some((one) => one.id === chosen.id) ? [...run.proposals, chosen] : run.proposals;
  const scales = paretoScales(beginning ? [...points, beginning] : points);
  const x = (one: ProposalFigures) =>
    FRAME.left + shareOn(scales.response, one.response) * (WIDTH - FRAME.left - FRAME.right);
  const y = (one: ProposalFigures) =>
    HEIGHT - FRAME.bottom - shareOn(scales.balance, one.balance) * (HEIGHT - FRAME.top - FRAME.bottom);
  const between = ({ least, most }: typeof INK, rank: number) => least + rank * (most - least);
  const compactness = points.map((one) => one.compactness);
  const change = points.map((one) => one.change);
  const labelOf = (one: Proposal) =>
    t('point', {
      id: one.id,
      response: format.number(one.response, 2),
      balance: format.percent(one.balance),
      compactness: format.number(one.compactness, 3),
      change: format.percent(one.change),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chosen) onChoose(null);
    else {
      const next = neighbour(points, chosen?.id ?? null, event.key);
      if (!next) return;
      onChoose(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="listbox"
        tabIndex={0}
        aria-label={t('chart')}
        aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
        onKeyDown={onKeyDown}
      >
        <Axes scales={scales} x={x} y={y} responseTitle={t(responseUnit)} balanceTitle={t('balanceAxis')} />
        {chosen ? (
          <path
            className={styles.cross}
            d={`M${FRAME.left} ${y(chosen)}H${x(chosen)}V${HEIGHT - FRAME.bottom}`}
            fill="none"
          />
        ) : null}
        {points.map((one) => (
          <g
            key={one.id}
            id={`${id}-${one.id}`}
            className={styles.point}
            role="option"
            aria-selected={one.id === chosen?.id}
            aria-label={labelOf(one)}
            onClick={() => onChoose(one)}
          >
            <title>{labelOf(one)}</title>
            <circle className={styles.hit} cx={x(one)} cy={y(one)} r={10} />
            <circle
              className={styles.dot}
              cx={x(one)}
              cy={y(one)}
              r={between(RADIUS, rankOf(compactness, one.compactness))}
              fillOpacity={between(INK, rankOf(change, one.change))}
            />
            {one.id === chosen?.id ? <circle className={styles.ring} cx={x(one)} cy={y(one)} r={11} /> : null}
          </g>
        ))}
        {beginning ? <Diamond x={x(beginning)} y={y(beginning)} /> : null}
      </svg>
      <div className={styles.legend}>
        <span>{t('chartHint')}</span>
        <span>{t('legendCompact')}</span>
        {beginning ? (
          <>
            <span>{t('legendChange')}</span>
            <span>
              <svg viewBox="0 0 14 14" width="0.857rem" height="0.857rem" aria-hidden>
                <Diamond x={7} y={7} />
              </svg>
              {t('legendBeginning')}
            </span>
          </>
        ) : null}
      </div>
    </>
  );
}

const Diamond = ({ x, y }: { x: number; y: number }) => (
  <path className={styles.beginning} d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} />
);

interface AxesProps {
  scales: { response: Scale; balance: Scale };
  x: (one: ProposalFigures) => number;
  y: (one: ProposalFigures) => number;
  responseTitle: string;
  balanceTitle: string;
}

function Axes({ scales, x, y, responseTitle, balanceTitle }: AxesProps) {
  const format = useFormat();
  const at = { response: 0, balance: 0, compactness: 0, change: 0 };
  const percent: Scale = { ...scales.balance, ticks: scales.balance.ticks.map((tick) => 100 * tick) };
  const [bottom, right] = [HEIGHT - FRAME.bottom, WIDTH - FRAME.right];
  return (
    <g aria-hidden>
      {scales.balance.ticks.map((balance) => (
        <g key={balance}>
          <path className={styles.grid} d={`M${FRAME.left} ${y({ ...at, balance })}H${right}`} />
          <text x={FRAME.left - 5} y={y({ ...at, balance }) + 4} textAnchor="end">
            {format.number(100 * balance, decimalsOf(percent))}
          </text>
        </g>
      ))}
      {scales.response.ticks.map((response) => (
        <g key={response}>
          <path className={styles.grid} d={`M${x({ ...at, response })} ${FRAME.top}V${bottom}`} />
          <text x={x({ ...at, response })} y={bottom + 14} textAnchor="middle">
            {format.number(response, decimalsOf(scales.response))}
          </text>
        </g>
      ))}
      <text x={2} y={11}>
        {balanceTitle}
      </text>
      <text x={right} y={HEIGHT - 5} textAnchor="end">
        {responseTitle}
      </text>
    </g>
  );
}
