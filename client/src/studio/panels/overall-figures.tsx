import { RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { PanelSection } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import type { OverallScore } from '../score/score-plan.ts';
import type { StudioScore } from '../score/score-protocol.ts';
import styles from './panels.module.css';

export interface Line {
  label: string;
  value: number | null;
  /** Of the plan in force; null: not compared. */
  base: number | null;
  kind: 'share' | 'number';
  digits: number;
  unit?: string;
  /** Which way is good; none: a figure without a verdict. */
  good?: 'less' | 'more';
  /** Instead of the value. */
  written?: string;
}

/** Each figure with its difference to the plan in force: better or worse by shape and word, colour last. */
export function OverallFigures({ score, stale }: { score: StudioScore; stale: boolean }) {
  const t = useMessages(figureMessages);
  const { overall, response, base } = score;
  const share = { kind: 'share', digits: 1 } as const;
  const minutes = { kind: 'number', digits: 2, unit: t('min'), good: 'less' } as const;
  const of = base?.overall;
  const baseResponse = base?.response;
  const shape = (label: string, figure: (score: OverallScore) => number): Line => ({
    label,
    value: figure(overall),
    base: of ? figure(of) : null,
    kind: 'number',
    digits: 3,
    good: 'more',
  });
  const lines: Line[] = [
    { label: t('responseMean'), value: response.meanMinutes, base: baseResponse?.meanMinutes ?? null, ...minutes },
    { label: t('responseP90'), value: response.p90Minutes, base: baseResponse?.p90Minutes ?? null, ...minutes },
    ...response.tiers.map(
      (tier, i): Line => ({
        label: t('tier', { minutes: tier.minutes }),
        value: tier.reached,
        base: baseResponse?.tiers[i]?.reached ?? null,
        kind: 'number',
        digits: 0,
        good: 'more',
        written: t('of', { reached: tier.reached, places: tier.places }),
      }),
    ),
    {
      label: t('worstDeviation'),
      value: overall.worstDeviation,
      base: of?.worstDeviation ?? null,
      ...share,
      good: 'less',
    },
    { label: t('spread'), value: overall.spread, base: of?.spread ?? null, ...share, good: 'less' },
    { label: t('worstZoneDeviation'), value: overall.worstZoneDeviation, base: null, ...share },
    {
      label: t('utilisation'),
      value: response.utilisation,
      base: baseResponse?.utilisation ?? null,
      ...share,
    },
    {
      label: t('crossBeat'),
      value: response.crossBeatShare,
      base: baseResponse?.crossBeatShare ?? null,
      ...share,
      good: 'less',
    },
    shape(t('meanCompactness'), ({ meanCompactness }) => meanCompactness),
    shape(t('leastCompactness'), ({ leastCompactness }) => leastCompactness),
    shape(t('meanReock'), ({ meanReock }) => meanReock),
    shape(t('leastReock'), ({ leastReock }) => leastReock),
    shape(t('meanInertia'), ({ meanInertia }) => meanInertia),
    shape(t('leastInertia'), ({ leastInertia }) => leastInertia),
    {
      label: t('perimeterKm'),
      value: overall.perimeterKm,
      base: of?.perimeterKm ?? null,
      kind: 'number',
      digits: 1,
      unit: t('km'),
      good: 'less',
    },
    { label: t('changedWorkload'), value: overall.changedWorkload, base: null, ...share },
    { label: t('changedAtoms'), value: overall.changedAtoms, base: null, ...share },
  ];
  return (
    <PanelSection title={base ? t('against') : t('noBase')}>
      {response.overloaded ? <p className={styles.warn}>{t('overloaded')}</p> : null}
      <dl className={styles.scores} data-stale={stale} data-tag={score.tag} data-took-ms={Math.round(score.tookMs)}>
        {lines.map((line) => (
          <OverallLine key={line.label} line={line} />
        ))}
      </dl>
      <p className={styles.note}>
        {t('assumptions', {
          method: response.method === 'exact' ? t('exact') : t('approximate'),
          detour: RESPONSE_ASSUMPTIONS.detourFactor,
          speed: RESPONSE_ASSUMPTIONS.speedKmh,
        })}{' '}
        {t('shapes')}
      </p>
    </PanelSection>
  );
}

export function OverallLine({ line }: { line: Line }) {
  const format = useFormat();
  const { label, value, base } = line;
  const written = (number: number, signed = false) =>
    line.kind === 'share'
      ? format.percent(number, line.digits, signed)
      : `${signed && number > 0 ? '+' : ''}${format.number(number, line.digits)}`;
  return (
    <div>
      <dt title={label}>{label}</dt>
      <dd>
        <span className={styles.value}>
          {value === null || !Number.isFinite(value) ? '—' : (line.written ?? written(value))}
        </span>
        {line.unit ? <span className={styles.unit}>{line.unit}</span> : null}
      </dd>
      <dd>
        {value !== null && base !== null && Number.isFinite(value - base) ? (
          <Change line={line} change={value - base} written={written(value - base, true)} />
        ) : (
          // Keeps the line as high as the others.
          '\u00a0'
        )}
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
      <Verdict better={better} /> {written} {better ? t('better') : t('worse')}
    </span>
  );
}

/** A filled triangle up or a hollow one down. */
function Verdict({ better }: { better: boolean }) {
  return (
    <svg viewBox="0 0 10 10" width="0.7em" height="0.7em" aria-hidden>
      {better ? (
        <path d="M5 1l4.500 8h-9z" fill="currentColor" />
      ) : (
        <path d="M5 9L1 1.500h8z" fill="none" stroke="currentColor" strokeWidth="1.300" />
      )}
    </svg>
  );
}
