import type { FormEvent } from 'react';
import { useMessages, useBilingual } from '../../i18n/index.ts';
import { hotspotMessages, PERIODS } from '../../hotspots/index.ts';
import { useBureau, useHasRole } from '../../session/index.ts';
import { Button, PanelSection, SelectField, TextField } from '../../ui/index.ts';
import styles from '../panels/panels.module.css';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { simulateMessages } from './messages.ts';
import { runSimulation, useSimulation } from './simulation-store.ts';
import own from './simulate.module.css';
import { isSceneTime, useCandidates, useChosenPlans, useSimulationOrder } from './use-simulation-order.ts';

/** Which plans, on which incidents. */
export function SimulationForm({ session }: { session: StudioSession }) {
  const t = useMessages(simulateMessages);
  const bureau = useBureau();
  const { sceneMinutes, run, result } = useSimulation();
  const { planA, planB } = useChosenPlans(session);
  const order = useSimulationOrder(session);
  const mayRun = useHasRole('supervisor', 'analyst', 'admin');
  const draftId = session.draft.plan.id;
  const saved = useStudio(({ save }) => save.kind === 'saved') || (planA !== draftId && planB !== draftId);
  const obstacle = !mayRun ? t('mayNot') : planA === planB ? t('samePlan') : saved ? null : t('unsaved');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (order && obstacle === null) void runSimulation(bureau.id, order);
  };
  return (
    <PanelSection>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={own.pair}>
          <PlanField session={session} label={t('planA')} value={planA} field="planA" />
          <PlanField session={session} label={t('planB')} value={planB} field="planB" />
        </div>
        <IncidentFields />
        <TextField
          label={t('sceneMinutes')}
          type="number"
          min={1}
          max={240}
          value={sceneMinutes}
          error={isSceneTime(Number(sceneMinutes)) ? undefined : t('sceneHint')}
          onChange={(event) => useSimulation.setState({ sceneMinutes: event.target.value })}
        />
        {obstacle ? <span className={styles.note}>{obstacle}</span> : null}
        <Button
          type="submit"
          tone={result ? 'plain' : 'primary'}
          disabled={order === null || obstacle !== null || run.kind === 'running'}
        >
          {result ? t('runAgain') : t('run')}
        </Button>
      </form>
    </PanelSection>
  );
}

interface PlanFieldProps {
  session: StudioSession;
  label: string;
  value: number | null;
  field: 'planA' | 'planB';
}

function PlanField({ session, label, value, field }: PlanFieldProps) {
  const t = useMessages(simulateMessages);
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={(event) => useSimulation.setState({ [field]: Number(event.target.value) })}
    >
      {useCandidates(session).map(({ id, name, inForce }) => (
        <option key={id} value={id}>
          {name}
          {inForce ? ` · ${t('inForce')}` : id === session.draft.plan.id ? ` · ${t('thisDraft')}` : ''}
        </option>
      ))}
    </SelectField>
  );
}

/** Periods and categories are those of the analysis, and named as there. */
function IncidentFields() {
  const words = useMessages(hotspotMessages);
  const bilingual = useBilingual();
  const { categories } = useBureau();
  const { period, from, to, category } = useSimulation();
  return (
    <>
      <div className={own.pair}>
        <SelectField
          label={words('period')}
          value={period}
          onChange={(event) => useSimulation.setState({ period: Number(event.target.value) })}
        >
          {PERIODS.map((days) => (
            <option key={days} value={days}>
              {days > 0 ? words('days', { days }) : days === 0 ? words('all') : words('custom')}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={words('categories')}
          value={category}
          onChange={(event) => useSimulation.setState({ category: Number(event.target.value) })}
        >
          <option value={0}>{words('allCategories')}</option>
          {categories
            .filter(({ parentId }) => parentId === null)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {bilingual(name)}
              </option>
            ))}
        </SelectField>
      </div>
      {period < 0 ? (
        <div className={own.pair}>
          <TextField
            label={words('from')}
            type="date"
            value={from}
            onChange={(event) => useSimulation.setState({ from: event.target.value })}
          />
          <TextField
            label={words('to')}
            type="date"
            value={to}
            onChange={(event) => useSimulation.setState({ to: event.target.value })}
          />
        </div>
      ) : null}
    </>
  );
}
