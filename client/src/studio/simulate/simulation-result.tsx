import type { Simulation } from '@xunfang/geo-data/contract';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { PanelSection } from '../../ui/index.ts';
import panels from '../panels/panels.module.css';
import { betterOf, rowsOf, type SimulationRow, sentenceOf } from './figures-of.ts';
import { simulateMessages } from './messages.ts';
import { ResponseChart } from './response-chart.tsx';
import styles from './simulate.module.css';

/** The sentence, the figures side by side, how response times are spread, and what all of it rests on. */
export function SimulationResult({ result, stale }: { result: Simulation; stale: boolean }) {
  const t = useMessages(simulateMessages);
  const format = useFormat();
  return (
    <div className={styles.result} data-stale={stale}>
      <PanelSection>
        <p className={styles.sentence} role="status" data-verdict={result.difference.p90Seconds.verdict}>
          {sentenceOf(result, t, format.number)}
        </p>
      </PanelSection>
      <PanelSection>
        <table className={styles.table} aria-label={t('table')}>
          <thead>
            <tr>
              <th>{t('figure')}</th>
              <th>A</th>
              <th>B</th>
              <th>{t('difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(result, t).map((row) => (
              <FigureRow key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </PanelSection>
      <ResponseChart result={result} />
      <PanelSection>
        <p className={panels.note}>
          {t('basis', {
            from: format.instant(result.from, 'date'),
            // The end is exclusive.
            to: format.instant(Date.parse(result.to) - 1, 'date'),
            calls: format.number(result.calls),
            days: result.days,
            travel: t(result.travel),
            scene: result.sceneMinutes,
            seed: result.seed,
          })}
          {result.outside > 0 ? ` ${t('outside', { count: result.outside })}` : null}
        </p>
      </PanelSection>
    </div>
  );
}

function FigureRow({ row }: { row: SimulationRow }) {
  const t = useMessages(simulateMessages);
  const format = useFormat();
  const { label, a, b, decimals, unit, difference } = row;
  const write = (value: number) => `${format.number(value, decimals)}${unit}`;
  const signed = (value: number) =>
    `${Math.round(value * 10 ** decimals) > 0 ? '+' : ''}${format.number(value, decimals)}`;
  const better = betterOf(row);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{write(a)}</td>
      <td>{write(b)}</td>
      <td>
        {difference === null ? (
          '—'
        ) : (
          <>
            <span className={styles.difference}>
              {signed(difference.estimate)}
              {difference.verdict === 'none' ? (
                <span className={styles.verdict}>{t('none')}</span>
              ) : better === null ? null : (
                <span className={styles.verdict} data-better={better}>
                  {better ? t('better') : t('worse')}
                </span>
              )}
            </span>
            <span className={styles.interval}>
              {t('interval', { low: signed(difference.low), high: signed(difference.high) })}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}
