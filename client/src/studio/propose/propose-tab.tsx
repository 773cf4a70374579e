import type { Proposal, ProposalOrder, ProposalRun } from '@xunfang/geo-data/contract';
import { useEffect, useState } from 'react';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { Button, EmptyState, ErrorState, PanelSection, Progress, SkeletonRows, toast } from '../../ui/index.ts';
import { figureMessages } from '../messages-figures.ts';
import { OverallLine } from '../panels/overall-figures.tsx';
import styles from '../panels/panels.module.css';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { proposeMessages } from './messages-propose.ts';
import { OrderForm } from './order-form.tsx';
import { ParetoChart } from './pareto-chart.tsx';
import { editOfProposal, planOfProposal } from './proposal-plan.ts';
import { useProposalOrder, useProposalRun, useProposedPlan } from './proposal-queries.ts';
import own from './propose.module.css';

const choose = (session: StudioSession, proposal: Proposal | null) =>
  proposal ? useStudio.setState({ trial: proposal }) : session.tryOn(null);

/** Plans of the machine that trade response, balance, compactness and change: asked for, walked through on chart and map. */
export function ProposeTab({ session }: { session: StudioSession }) {
  const { id: draft } = session.draft.plan;
  const { data, error, refetch } = useProposalRun(draft);
  const order = useProposalOrder(draft);
  const run = data?.run ?? null;
  const [asking, setAsking] = useState(false);
  const chosen = useStudio((state) => state.trial);
  const { data: proposed, error: gone } = useProposedPlan(draft, run?.id ?? null, chosen?.id ?? null);
  useEffect(() => {
    if (chosen && proposed?.proposal === chosen.id) session.tryOn(planOfProposal(session.view, proposed));
  }, [chosen, proposed, session]);
  // Others' proposals are no preview of this one.
  useEffect(() => () => session.tryOn(null), [session, run?.id]);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={4} />;
  const start = (next: ProposalOrder) => {
    session.tryOn(null);
    setAsking(false);
    order.mutate(next);
  };
  const isRunning = run?.state === 'running';
  const hasFound = run !== null && run.proposals.length > 0;
  const stopped = order.variables && 'stop' in order.variables && !order.isError ? order.variables.stop : null;
  return (
    <>
      {run && isRunning ? (
        <Running run={run} stopping={stopped === run.id} onStop={() => order.mutate({ stop: run.id })} />
      ) : null}
      {!isRunning && (asking || !hasFound) ? (
        <OrderForm session={session} again={hasFound} pending={order.isPending} onStart={start} />
      ) : null}
      {order.error ? <ErrorState error={order.error} /> : null}
      {run ? (
        <Found session={session} run={run} chosen={chosen} onAsk={asking ? undefined : () => setAsking(true)} />
      ) : (
        <Nothing />
      )}
      {gone ? <ErrorState error={gone} /> : null}
    </>
  );
}

function Nothing() {
  const t = useMessages(proposeMessages);
  return <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>;
}

function Running({ run, stopping, onStop }: { run: ProposalRun; stopping: boolean; onStop: () => void }) {
  const t = useMessages(proposeMessages);
  const format = useFormat();
  const { attempts, attemptsPlanned, elapsedMs, proposals } = run;
  const perMs = attempts / Math.max(1, elapsedMs);
  return (
    <PanelSection title={t('searching')}>
      <div className={own.running}>
        <Progress share={attempts / attemptsPlanned} label={t('searching')} />
        <div className={styles.line}>
          <span role="status">{proposals.length > 0 ? t('found', { count: proposals.length }) : t('noneYet')}</span>
          <Button small onClick={onStop} disabled={stopping}>
            {stopping ? t('stopping') : t('stop')}
          </Button>
        </div>
        <span className={styles.note}>
          {attempts > 0
            ? t('timeLeft', {
                seconds: format.number(Math.ceil((attemptsPlanned - attempts) / perMs / 1000)),
                rate: format.number(Math.round(perMs / 10)),
              })
            : '\u00a0'}
        </span>
      </div>
    </PanelSection>
  );
}

interface FoundProps {
  session: StudioSession;
  run: ProposalRun;
  chosen: Proposal | null;
  /** Opens what the next search is asked with. */
  onAsk: (() => void) | undefined;
}

function Found({ session, run, chosen, onAsk }: FoundProps) {
  const t = useMessages(proposeMessages);
  const format = useFormat();
  const { state, proposals, failure } = run;
  const revision = useStudio(({ save }) => (save.kind === 'saving' ? run.revision : session.replica.revision));
  if (failure) return <EmptyState title={failure.message}>{failure.fix}</EmptyState>;
  if (proposals.length === 0)
    return state === 'running' ? null : <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <>
      <PanelSection
        title={state === 'running' ? undefined : t(state === 'failed' ? 'stopped' : state, { count: proposals.length })}
        actions={
          onAsk && state !== 'running' ? (
            <Button small onClick={onAsk}>
              {t('settings')}
            </Button>
          ) : null
        }
      >
        <ParetoChart run={run} chosen={chosen} onChoose={(proposal) => choose(session, proposal)} />
      </PanelSection>
      {chosen ? <Chosen run={run} chosen={chosen} /> : null}
      <PanelSection>
        <div className={own.running}>
          <span className={styles.note}>
            {t('startedBy', { name: run.startedBy, time: format.instant(run.startedAt, 'seconds'), seed: run.seed })}
          </span>
          {revision !== run.revision ? (
            <span className={styles.note}>{t('moved', { revision: run.revision })}</span>
          ) : null}
          <span className={styles.note}>{run.responseUnit === 'km' ? t('assumptionsKm') : t('assumptions')}</span>
        </div>
      </PanelSection>
    </>
  );
}

function Chosen({ run, chosen }: { run: ProposalRun; chosen: Proposal }) {
  const t = useMessages(proposeMessages);
  const figures = useMessages(figureMessages);
  const { beginning, responseUnit } = run;
  const share = { kind: 'share', digits: 1, good: 'less' } as const;
  return (
    <PanelSection title={t(beginning ? 'chosen' : 'chosenScratch', { id: chosen.id })}>
      <dl className={styles.scores}>
        <OverallLine
          line={{
            label: t(responseUnit === 'minutes' ? 'response' : 'distance'),
            value: chosen.response,
            base: beginning?.response ?? null,
            kind: 'number',
            digits: 2,
            unit: figures(responseUnit === 'minutes' ? 'min' : 'km'),
            good: 'less',
          }}
        />
        <OverallLine
          line={{ label: t('balance'), value: chosen.balance, base: beginning?.balance ?? null, ...share }}
        />
        <OverallLine
          line={{
            label: t('compactness'),
            value: chosen.compactness,
            base: beginning?.compactness ?? null,
            kind: 'number',
            digits: 3,
            good: 'more',
          }}
        />
        {beginning ? <OverallLine line={{ label: t('change'), value: chosen.change, base: null, ...share }} /> : null}
      </dl>
      <p className={styles.note}>{t('inForceHint')}</p>
    </PanelSection>
  );
}

/** Takes the proposal on the map over into the draft: one step, merged by atom like any other, undone as one. */
export function ProposeFooter({ session }: { session: StudioSession }) {
  const t = useMessages(proposeMessages);
  const chosen = useStudio((state) => state.trial);
  const { id: draft } = session.draft.plan;
  const { data } = useProposalRun(draft);
  const { data: proposed } = useProposedPlan(draft, data?.run?.id ?? null, chosen?.id ?? null);
  const takeOver = () => {
    if (!chosen || proposed?.proposal !== chosen.id) return;
    const { id } = chosen;
    const made = session.edit('proposal', editOfProposal(session.view, proposed));
    if (made) toast(t('taken', { id }), { tone: 'done' });
    else toast(t('takenNothing', { id }));
  };
  return (
    <div className={own.footer}>
      <Button tone="primary" disabled={!chosen || proposed?.proposal !== chosen.id} onClick={takeOver}>
        {t('takeOver')}
      </Button>
      <Button disabled={!chosen} onClick={() => session.tryOn(null)}>
        {t('dropTrial')}
      </Button>
    </div>
  );
}
