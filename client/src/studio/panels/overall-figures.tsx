import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { PanelSection } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import type { OverallScore } from '../score/score-plan.ts';
import type { StudioScore } from '../score/score-protocol.ts';
import styles from './panels.module.css';

interface Line {
  name: keyof OverallScore & keyof typeof figureMessages.zh;
  kind: 'share' | 'number' | 'minutes';
  digits: number;
  unit?: string;
  /** Which way is good; none: a figure without a verdict. */
  good?: 'less' | 'more';
  /** Compared with the plan in force. */
  compared: boolean;
}

const LINES: readonly Line[] = [
  { name: 'worstDeviation', kind: 'share', digits: 1, good: 'less', compared: true },
  { name: 'spread', kind: 'share', digits: 1, good: 'less', compared: true },
  { name: 'meanCompactness', kind: 'number', digits: 3, good: 'more', compared: true },
  { name: 'leastCompactness', kind: 'number', digits: 3, good: 'more', compared: true },
  { name: 'perimeterKm', kind: 'number', digits: 1, unit: 'km', good: 'less', compared: true },
  { name: 'worstZoneDeviation', kind: 'share', digits: 1, compared: false },
  { name: 'changedWorkload', kind: 'share', digits: 1, compared: false },
  { name: 'changedAtoms', kind: 'share', digits: 1, compared: false },
];

/** Each figure with its difference to the plan in force: better or worse by shape and word, colour last. */
export function OverallFigures({ score, stale }: { score: StudioScore; stale: boolean }) {
  const t = useMessages(figureMessages);
  const { overall, base } = score;
  return (
    <PanelSection title={base ? t('against') : t('noBase')}>
      <dl className={styles.scores} data-stale={stale} data-tag={score.tag}>
        {LINES.map((line) => (
          <OverallLine
            key={line.name}
            line={line}
            value={overall[line.name]}
            base={line.compared && base ? base[line.name] : null}
          />
        ))}
      </dl>
    </PanelSection>
  );
}

function OverallLine({ line, value, base }: { line: Line; value: number | null; base: number | null }) {
  const t = useMessages(figureMessages);
  const format = useFormat();
  const written = (number: number, signed = false) =>
    line.kind === 'share'
      ? format.percent(number, line.digits, signed)
      : `${signed && number > 0 ? '+' : ''}${format.number(number, line.digits)}`;
  return (
    <div>
      <dt title={t(line.name)}>{t(line.name)}</dt>
      <dd>
        <span className={styles.value}>{value === null || !Number.isFinite(value) ? '—' : written(value)}</span>
        {line.unit ? <span className={styles.unit}>{line.unit}</span> : null}
      </dd>
      <dd>
        {value !== null && base !== null && Number.isFinite(value - base) ? (
          <Change line={line} change={value - base} written={written(value - base, true)} />
        ) : null}
      </dd>
    </div>
  );
}

function Change({ line, change, written }: { line: Line; change: number; written: string }) {
  const t = useMessages(figureMessages);
  // What rounds to nothing is nothing.
  const rounded = Math.round(change * 10 ** (line.kind === 'share' ? line.digits + 2 : line.digits));
  if (rounded === 0) return <span className={styles.change}>= {t('same')}</span>;
  if (!line.good) return <span className={styles.change}>{written}</span>;
  const better = rounded > 0 === (line.good === 'more');
  return (
    <span className={styles.change} data-verdict={better ? 'better' : 'worse'}>
      {better ? '▲' : '▽'} {written} {better ? t('better') : t('worse')}
    </span>
  );
}
