import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { ClassLegend, SEQUENTIAL_RAMP, SymbolLegend } from '../../ui/index.ts';
import { studioMessages } from '../messages.ts';
import { figureMessages } from '../messages-figures.ts';
import { factorClasses, rampStep } from '../score/factor-classes.ts';
import { FACTOR_LABELS } from '../score/factor-labels.ts';
import { useStudio } from '../studio-store.ts';

/** What the marks of the draft mean, and the classes of the factor that is shown. */
export function StudioLegend() {
  const t = useMessages(studioMessages);
  return (
    <>
      <SymbolLegend
        items={[
          { mark: <Hatch token="--act" rising outlined />, label: t('legendTorn') },
          { mark: <Hatch token="--text-2" />, label: t('legendLocked') },
          { mark: <Dot />, label: t('legendChanged') },
          { mark: <Fill />, label: t('legendUnassigned') },
        ]}
      />
      <FactorLegend />
    </>
  );
}

function FactorLegend() {
  const t = useMessages(figureMessages);
  const format = useFormat();
  const factor = useStudio((state) => state.factorShown);
  const session = useStudio((state) => state.session);
  const column = factor && session?.factorColumns?.[factor];
  if (!factor || !column || !session) return null;
  const { from } = factorClasses(column, session.ground.atoms.areaKm2);
  return (
    <ClassLegend
      title={t(FACTOR_LABELS[factor])}
      unit="/km²"
      classes={from.map((bound, index) => {
        const step = rampStep(index, from.length);
        return { from: format.number(bound, 2), colour: SEQUENTIAL_RAMP[step], opacity: step === 0 ? 0.25 : 0.75 };
      })}
      notes={[t('densityLegend')]}
    />
  );
}

function Hatch({ token, rising = false, outlined = false }: { token: string; rising?: boolean; outlined?: boolean }) {
  const lines = rising ? 'M2 8L8 2M2 14L14 2M8 14l6-6' : 'M2 8l6 6M2 2l12 12M8 2l6 6';
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      <path d={lines} stroke={`var(${token})`} strokeWidth="1.200" />
      {outlined ? <path d="M2 2h12v12H2z" fill="none" stroke={`var(${token})`} strokeWidth="2" /> : null}
    </svg>
  );
}

function Dot() {
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      <circle cx="8" cy="8" r="2.500" fill="var(--text-1)" />
    </svg>
  );
}

function Fill() {
  return (
    <svg viewBox="0 0 16 16" width="1.1em" height="1.1em" aria-hidden>
      <path d="M2 2h12v12H2z" fill="var(--act)" fillOpacity="0.300" />
    </svg>
  );
}
