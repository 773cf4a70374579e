import type { PlanSummary } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { beatMessages, CloneDialog, PlanDownloads } from '../../beats/index.ts';
import { useFormat } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { useSession as useSignedIn } from '../../session/index.ts';
import { Button, ConfirmDialog, ErrorState, PanelSection, Tag, TextAreaField, toast } from '../../ui/index.ts';
import { reviewMessages } from '../messages-review.ts';
import styles from '../panels/panels.module.css';
import type { StudioSession } from '../studio-session.ts';
import { useScoreStale, useStudio } from '../studio-store.ts';
import { useLifecycleStep } from './lifecycle-queries.ts';
import { softCheckMessages } from './messages-soft-checks.ts';
import { PublishDialog } from './publish-dialog.tsx';

const STEPS = ['draft', 'submitted', 'approved', 'published'] as const;

/** Where the plan stands and what this person may do about it; what they may not, and why, is said. */
export function LifecycleSection({ session, plan }: { session: StudioSession; plan: PlanSummary }) {
  const t = useMessages(reviewMessages);
  const states = useMessages(beatMessages);
  const format = useFormat();
  const at = STEPS.findIndex((step) => step === plan.state);
  return (
    <PanelSection title={t('progress')}>
      <ol className={styles.steps}>
        {STEPS.map((step, index) => (
          <li key={step} data-reached={index <= at} aria-current={index === at ? 'step' : undefined}>
            {states(step)}
          </li>
        ))}
      </ol>
      {at < 0 ? <Tag dashed>{states(plan.state)}</Tag> : null}
      <p className={styles.note}>
        {[
          plan.submittedBy ? t('submittedBy', { name: plan.submittedBy }) : null,
          plan.approvedBy ? t('approvedBy', { name: plan.approvedBy }) : null,
          plan.effectiveFrom ? format.instant(plan.effectiveFrom) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {plan.reviewNote ? (
        <blockquote className={styles.quote}>{t('noteGiven', { note: plan.reviewNote })}</blockquote>
      ) : null}
      <Steps session={session} plan={plan} />
    </PanelSection>
  );
}

function Steps({ session, plan }: { session: StudioSession; plan: PlanSummary }) {
  const t = useMessages(reviewMessages);
  const [open, setOpen] = useState<'publish' | 'withdraw' | 'clone' | null>(null);
  const step = useLifecycleStep(plan.id);
  const close = () => setOpen(null);
  return (
    <div className={styles.form}>
      {plan.state === 'draft' ? <SubmitButton session={session} plan={plan} /> : null}
      {plan.state === 'submitted' ? <ReviewForm session={session} plan={plan} /> : null}
      <div className={styles.actions}>
        {plan.state === 'approved' ? (
          <Button tone="primary" onClick={() => setOpen('publish')}>
            {t('publish')}
          </Button>
        ) : null}
        <Button icon="copy" onClick={() => setOpen('clone')}>
          {t('clone')}
        </Button>
        {plan.state !== 'withdrawn' && plan.state !== 'superseded' && !plan.inForce ? (
          <Button onClick={() => setOpen('withdraw')}>{t('withdraw')}</Button>
        ) : null}
      </div>
      <PlanDownloads plan={plan} />
      {step.error ? <ErrorState error={step.error} /> : null}
      {open === 'publish' ? <PublishDialog plan={plan} onClose={close} /> : null}
      {open === 'clone' ? <CloneDialog plan={plan} onClose={close} /> : null}
      {open === 'withdraw' ? (
        <ConfirmDialog
          title={t('withdrawTitle')}
          confirmLabel={t('withdraw')}
          onClose={close}
          onConfirm={() =>
            step.mutate(
              { kind: 'withdraw' },
              { onSuccess: () => toast(t('withdrawnToast', { name: plan.name }), { tone: 'done' }) },
            )
          }
        >
          {t('withdrawText', { name: plan.name })}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

interface SubmitButtonProps {
  session: StudioSession;
  plan: PlanSummary;
  /** Where the soft checks are not in sight: leads there. */
  onSoftChecks?: () => void;
}

/** Only a sound and saved draft is handed in. */
export function SubmitButton({ session, plan, onSoftChecks }: SubmitButtonProps) {
  const t = useMessages(reviewMessages);
  const soft = useMessages(softCheckMessages);
  const problems = useStudio((state) => state.score?.problems.length ?? null);
  const saved = useStudio((state) => state.save.kind === 'saved');
  const stale = useScoreStale();
  const submit = useLifecycleStep(plan.id);
  const why =
    problems !== null && problems > 0 ? t('submitBlocked', { count: problems }) : saved ? null : t('submitUnsaved');
  return (
    <>
      <Button
        tone="primary"
        icon="send"
        title={why ?? t('submitHint')}
        disabled={why !== null || problems === null || stale || submit.isPending}
        onClick={() =>
          submit.mutate(
            { kind: 'submit', revision: session.replica.revision },
            { onSuccess: () => toast(t('submittedToast', { name: plan.name }), { tone: 'done' }) },
          )
        }
      >
        {t('submit')}
      </Button>
      <span className={styles.note}>{why ?? t('submitHint')}</span>
      {onSoftChecks ? (
        <div className={styles.actions}>
          <Button small onClick={onSoftChecks}>
            {soft('show')}
          </Button>
        </div>
      ) : null}
      {submit.error ? <ErrorState error={submit.error} /> : null}
    </>
  );
}

function ReviewForm({ session, plan }: { session: StudioSession; plan: PlanSummary }) {
  const t = useMessages(reviewMessages);
  const { account } = useSignedIn();
  const [note, setNote] = useState('');
  const review = useLifecycleStep(plan.id);
  const own =
    plan.submittedBy === account.username ||
    plan.createdBy === account.username ||
    session.draft.authors.includes(account.username) ||
    [...session.stored.values()].some(({ author }) => author === account.username);
  if (own) return <p className={styles.warn}>{t('ownDraft')}</p>;
  const decide = (decision: 'approve' | 'send-back') =>
    review.mutate(
      { kind: 'review', review: { decision, ...(note.trim() ? { note: note.trim() } : {}) } },
      {
        onSuccess: () =>
          toast(t(decision === 'approve' ? 'approvedToast' : 'sentBackToast', { name: plan.name }), { tone: 'done' }),
      },
    );
  return (
    <>
      <TextAreaField
        label={t('note')}
        rows={3}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.actions}>
        <Button tone="primary" icon="check" disabled={review.isPending} onClick={() => decide('approve')}>
          {t('approve')}
        </Button>
        <Button disabled={review.isPending} onClick={() => decide('send-back')}>
          {t('sendBack')}
        </Button>
      </div>
      {review.error ? <ErrorState error={review.error} /> : null}
    </>
  );
}
