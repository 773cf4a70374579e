import type { FocusEvent } from 'react';
import { useMessages } from '../../i18n/index.ts';
import { Button, IconButton, PanelSection, writePreference } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import { WEIGHTS_PREFERENCE } from '../open-studio.ts';
import { FACTOR_LABELS } from '../score/factor-labels.ts';
import { defaultWeights, type Factor, type FactorWeights } from '../score/factors.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import styles from './panels.module.css';

/** What makes work, in minutes a day for each unit: set and seen by the supervisor, each factor a layer. */
export function WeightsSection({ session }: { session: StudioSession }) {
  const t = useMessages(figureMessages);
  const factors = useStudio((state) => state.factors);
  const weights = useStudio((state) => state.weights);
  const shown = useStudio((state) => state.factorShown);
  if (!weights) return null;
  const use = (next: FactorWeights) => {
    useStudio.setState({ weights: next });
    session.changed();
  };
  const set = (factor: Factor, minutes: number) => {
    if (!Number.isFinite(minutes) || minutes < 0) return;
    const next = { ...weights, [factor]: minutes };
    writePreference(WEIGHTS_PREFERENCE, next);
    use(next);
  };
  const reset = () => {
    writePreference(WEIGHTS_PREFERENCE, {});
    if (session.factorColumns) use(defaultWeights(session.factorColumns));
  };
  return (
    <PanelSection
      title={t('weights')}
      actions={
        <Button small onClick={reset}>
          {t('resetWeights')}
        </Button>
      }
    >
      <div className={styles.weights}>
        {factors.map((factor) => (
          <WeightLine
            key={factor}
            label={t(FACTOR_LABELS[factor])}
            minutes={weights[factor]}
            shown={shown === factor}
            onMinutes={(minutes) => set(factor, minutes)}
            onShow={() => useStudio.setState({ factorShown: shown === factor ? null : factor })}
          />
        ))}
      </div>
      <p className={styles.note}>{t('weightsHint')}</p>
    </PanelSection>
  );
}

interface WeightLineProps {
  label: string;
  minutes: number;
  shown: boolean;
  onMinutes: (minutes: number) => void;
  onShow: () => void;
}

function WeightLine({ label, minutes, shown, onMinutes, onShow }: WeightLineProps) {
  const t = useMessages(figureMessages);
  const written = Number(minutes.toFixed(2));
  const commit = ({ target }: FocusEvent<HTMLInputElement>) => {
    if (target.value === '') target.value = String(written);
    else if (target.valueAsNumber !== written) onMinutes(target.valueAsNumber);
  };
  return (
    <>
      <span title={label}>{label}</span>
      <input
        // A reset shows here as well.
        key={minutes}
        type="number"
        min={0}
        step="any"
        defaultValue={written}
        aria-label={`${label} · ${t('minutes')}`}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <IconButton
        small
        icon="layers"
        label={shown ? t('hideFactor') : t('showFactor')}
        pressed={shown}
        onClick={onShow}
      />
    </>
  );
}
