import type { Simulation } from '@xunfang/geo-data/contract';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { PanelSection } from '../../ui/index.ts';
import panels from '../panels/panels.module.css';
import { distributionOf } from './figures-of.ts';
import { simulateMessages } from './messages.ts';
import styles from './simulate.module.css';

const WIDTH = 320;
const HEIGHT = 120;
const AXIS = 18;
const MOST_TICKS = 7;

/** A filled, B as a line over it: told apart without colour. Dashes and dots mark where nine of ten calls are reached. */
export function ResponseChart({ result }: { result: Simulation }) {
  const t = useMessages(simulateMessages);
  const format = useFormat();
  const { a, b, top, classes, beyond } = distributionOf(result);
  const minutesWide = (classes * result.histogramSeconds) / 60;
  const xOf = (minutes: number) => (minutes / minutesWide) * WIDTH;
  const steps = (shares: readonly number[]) =>
    shares
      .map((share, i) => {
        const y = (HEIGHT * (1 - share / top)).toFixed(1);
        return `L${((i / classes) * WIDTH).toFixed(1)} ${y}L${(((i + 1) / classes) * WIDTH).toFixed(1)} ${y}`;
      })
      .join('');
  const every = [1, 2, 5, 10].find((minutes) => minutesWide / minutes <= MOST_TICKS) ?? 10;
  const ticks = Array.from({ length: Math.floor(minutesWide / every) + 1 }, (_, i) => i * every);
  const [p90a, p90b] = [result.a.p90Seconds / 60, result.b.p90Seconds / 60];
  const outline = (shares: readonly number[]) => `M0 ${HEIGHT}${steps(shares)}L${WIDTH} ${HEIGHT}`;
  return (
    <PanelSection title={t('chart')}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + AXIS}`}
        role="img"
        aria-label={t('chartLabel', { a: format.number(p90a, 1), b: format.number(p90b, 1) })}
      >
        <path className={styles.areaA} d={`${outline(a)}Z`} />
        <path className={styles.lineB} d={outline(b)} />
        <line className={styles.p90A} x1={xOf(p90a)} x2={xOf(p90a)} y1={0} y2={HEIGHT} />
        <line className={styles.p90B} x1={xOf(p90b)} x2={xOf(p90b)} y1={0} y2={HEIGHT} />
        <line className={styles.axis} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {ticks.map((minutes) => (
          <text
            key={minutes}
            className={styles.tick}
            x={xOf(minutes)}
            y={HEIGHT + 13}
            textAnchor={minutes === 0 ? 'start' : xOf(minutes) > WIDTH - 8 ? 'end' : 'middle'}
          >
            {minutes}
          </text>
        ))}
      </svg>
      <ul className={styles.legend}>
        <li>
          <svg viewBox="0 0 22 10" aria-hidden>
            <rect className={styles.areaA} width="12" height="10" />
            <line className={styles.p90A} x1="18" x2="18" y1="0" y2="10" />
          </svg>
          {t('legendA', { name: result.a.plan.name })} · P90 {format.number(p90a, 1)} {t('min')}
        </li>
        <li>
          <svg viewBox="0 0 22 10" aria-hidden>
            <path className={styles.lineB} d="M0 9V2H12V9" />
            <line className={styles.p90B} x1="18" x2="18" y1="0" y2="10" />
          </svg>
          {t('legendB', { name: result.b.plan.name })} · P90 {format.number(p90b, 1)} {t('min')}
        </li>
      </ul>
      <span className={panels.note}>
        {t('chartAxis', { seconds: result.histogramSeconds })}
        {beyond.a + beyond.b > 0
          ? ` · ${t('chartBeyond', { a: beyond.a, b: beyond.b, minutes: format.number(minutesWide, 1) })}`
          : null}
      </span>
    </PanelSection>
  );
}
