import { useEffect } from 'react';
import { useMessages } from '../../i18n/index.ts';
import { useBureau } from '../../session/index.ts';
import { Button, DemonstrationTag, EmptyState, ErrorState, PanelSection, Progress } from '../../ui/index.ts';
import styles from '../panels/panels.module.css';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { simulateMessages } from './messages.ts';
import { SimulationForm } from './simulation-form.tsx';
import { SimulationResult } from './simulation-result.tsx';
import { beginAnew, cancelSimulation, type RunState, useSimulation } from './simulation-store.ts';
import { useSimulationOrder } from './use-simulation-order.ts';

export function SimulationPane({ session }: { session: StudioSession }) {
  const t = useMessages(simulateMessages);
  const bureau = useBureau();
  const draftId = session.draft.plan.id;
  const known = useSimulation((state) => state.draftId);
  const run = useSimulation((state) => state.run);
  const result = useSimulation((state) => state.result);
  useEffect(() => {
    if (useSimulation.getState().draftId !== draftId) beginAnew(draftId);
  }, [draftId]);
  if (bureau.incidentCount === 0) return <EmptyState title={t('noIncidents')}>{t('noIncidentsHint')}</EmptyState>;
  if (known !== draftId) return null;
  return (
    <>
      {bureau.demonstration ? (
        <PanelSection>
          <DemonstrationTag />
        </PanelSection>
      ) : null}
      <SimulationForm session={session} />
      <RunStatus run={run} />
      {result ? (
        <Outcome session={session} />
      ) : run.kind === 'none' ? (
        <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
      ) : null}
    </>
  );
}

function RunStatus({ run }: { run: RunState }) {
  const t = useMessages(simulateMessages);
  switch (run.kind) {
    case 'none':
      return null;
    case 'running':
      return <Running run={run} />;
    case 'refused':
      return <ErrorState error={run.error} />;
    case 'cancelled':
      return (
        <PanelSection>
          <p className={styles.note} role="status">
            {t('cancelled')}
          </p>
        </PanelSection>
      );
    case 'broken':
      return (
        <PanelSection>
          <p className={styles.warn} role="alert">
            {run.id === null ? t('lost') : t('failed', { id: run.id })}
          </p>
        </PanelSection>
      );
  }
}

function Running({ run }: { run: Extract<RunState, { kind: 'running' }> }) {
  const t = useMessages(simulateMessages);
  const share = run.count > 0 ? run.done / run.count : 0;
  const elapsedMs = performance.now() - run.startedAtMs;
  const text = share > 0 ? t('running', { done: run.done, count: run.count }) : t('reading');
  return (
    <PanelSection>
      <div className={styles.form}>
        <span className={styles.note} role="status">
          {text}
          {share > 0 && share < 1
            ? ` · ${t('secondsLeft', { seconds: Math.ceil((elapsedMs * (1 - share)) / share / 1000) })}`
            : null}
        </span>
        <Progress share={share} label={text} />
        <div className={styles.actions}>
          <Button small onClick={cancelSimulation}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </PanelSection>
  );
}

/** The last result, marked where it is not of what stands on the screen. */
function Outcome({ session }: { session: StudioSession }) {
  const t = useMessages(simulateMessages);
  const result = useSimulation((state) => state.result);
  const asked = useSimulation((state) => state.order);
  const order = useSimulationOrder(session);
  // With every stroke, and once more when it is saved.
  const revision = useStudio(({ save }) => (save.kind === 'saved' ? session.replica.revision : null));
  if (!result) return null;
  const draftId = session.draft.plan.id;
  const isOther = ({ plan, revision: run }: typeof result.a) => plan.id === draftId && run !== revision;
  const stale =
    isOther(result.a) || isOther(result.b)
      ? t('stalePlan')
      : JSON.stringify(order) !== JSON.stringify(asked)
        ? t('staleOrder')
        : null;
  return (
    <>
      {stale ? (
        <PanelSection>
          <p className={styles.warn} role="status">
            {stale}
          </p>
        </PanelSection>
      ) : null}
      <SimulationResult result={result} stale={stale !== null} />
    </>
  );
}
